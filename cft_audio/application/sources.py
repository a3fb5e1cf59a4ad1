"""Telling a sound file from a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.library.practices import ENDING

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = {ENDING, ".txt", ".markdown"}


def is_sound_file(path: Path) -> bool:
    """Return whether a path is meant as a sound: any file that is not written as a script."""
    return path.suffix.lower() not in _TEXTS
