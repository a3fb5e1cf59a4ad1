"""Fixtures of recordings made by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose clip cache the tests share."""
    return tmp_path_factory.mktemp("recordings-home")
