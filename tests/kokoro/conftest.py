"""Kokoro's real files, as the packages that carry them are fetched, and installed once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from leaving_out import leave_out
from program_runs import Machine

from cft_audio.files.folders import default_folders
from cft_audio.speech.voices.kokoro.installing import (
    install_kokoro,
    is_installed,
    offer_kokoro,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLE = "CFT_AUDIO_TEST_KOKORO"
"""Names the folder with the packages; see .ci/run for how they are fetched."""


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder with the packages that carry the model in parts, and the voices."""
    folder = Path(os.environ.get(VARIABLE, ""))
    if not os.environ.get(VARIABLE) or not folder.is_dir():
        leave_out(f"{VARIABLE} names no folder with Kokoro's packages")
    return folder


@pytest.fixture(scope="session")
def installed(packages: Path, shared: Path) -> Path:
    """A folder of voices in which Kokoro is installed."""
    folder = shared / "kokoro-home" / ".local" / "share" / "cft-audio" / "voices"
    with FileLock(shared / "kokoro.lock"):
        if not is_installed(folder):
            downloads = shared / "kokoro-downloads"
            offer = offer_kokoro(folder, downloads, packages)
            install_kokoro(offer, folder, downloads, lambda _: None)
    return folder


@pytest.fixture(scope="session")
def voices(installed: Path) -> Sequence[Path]:
    """Where profiles are looked for: the installed ones, and those that ship."""
    return installed, default_folders().voices[-1]


@pytest.fixture
def machine(installed: Path, tmp_path: Path) -> Machine:
    """A machine on which Kokoro is installed."""
    return Machine(tmp_path, installed.parents[3])
