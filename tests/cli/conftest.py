"""Fixtures of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from google_server import Google, google_here
from program_runs import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def plans_are_made_here(own_scripts_here: None) -> None:
    """Render scripts of ``Machine.run`` in this process."""


@pytest.fixture
def cold(tmp_path: Path) -> Machine:
    """A machine with an empty home, which nobody else uses, and an empty folder to work in."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    return Machine(tmp_path / "work", tmp_path / "home")


@pytest.fixture
def bare(cold: Machine, warm_home: Path) -> Machine:
    """A machine as empty, but for the clips that all tests share: what was spoken is not again."""
    cold.environment["XDG_CACHE_HOME"] = str(warm_home / ".cache")
    return cold


@pytest.fixture
def google(cold: Machine) -> Iterator[Google]:
    """Google's service, played here: the cold machine finds it in the place of the real one."""
    with google_here() as service:
        cold.environment |= service.environment(cold.home.parent)
        yield service
