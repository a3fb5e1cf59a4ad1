"""Fixtures of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from program_runs import Machine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path, warm_home: Path) -> Machine:
    return Machine(tmp_path, warm_home)


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """A machine with an empty home, which nobody else uses, and an empty folder to work in."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    return Machine(tmp_path / "work", tmp_path / "home")
