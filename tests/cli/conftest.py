"""Fixtures of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from program_runs import Machine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose clip cache is shared by the tests, as a person's own would be."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def machine(tmp_path: Path, warm_home: Path) -> Machine:
    return Machine(tmp_path, warm_home)
