"""Recordings that are made once for all tests of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from listening_here import EVENING
from program_runs import Machine

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("mp3", "m4a", "m4b", "opus", "flac", "wav")
NAME = "Quillabeth"


def make_evenings(folder: Path, home: Path, *kinds: str) -> Path:
    """Return a folder with a recording in each of these formats, made if they are not there yet."""
    with FileLock(folder.with_suffix(".lock")):
        (folder / "scripts").mkdir(parents=True, exist_ok=True)
        (folder / "scripts" / "evening.md").write_text(EVENING, encoding="utf-8")
        machine = Machine(folder, home)
        for kind in kinds:
            if (folder / "out" / f"evening.{kind}").exists():
                continue
            beside = ("--with-text", "vtt", "--with-handout", "html") * (kind == "mp3")
            asked = ("--name", NAME, "--format", kind, "--bed", "rain", "--tone-level", "soft")
            machine.run("build", "evening", *asked, *beside, "-o", f"out/evening.{kind}", "-q")
    return folder


@pytest.fixture(scope="session")
def evening(shared: Path, warm_home: Path) -> Path:
    """A folder with one recording, an MP3; it is only ever read."""
    return make_evenings(shared / "evening", warm_home, "mp3")


@pytest.fixture(scope="session")
def evenings(shared: Path, warm_home: Path) -> Path:
    """A folder with one recording in each format; it is only ever read."""
    return make_evenings(shared / "evenings", warm_home, *FORMATS)
