"""Fixtures of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from google_server import Google, google_here
from program_runs import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def google(bare: Machine) -> Iterator[Google]:
    """Google's service, played here: the bare machine finds it in the place of the real one."""
    with google_here() as service:
        bare.environment |= service.environment(bare.home.parent)
        yield service
