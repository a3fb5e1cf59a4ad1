"""Playing what was made, and saying why where that is not possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.cli.face import complain

if TYPE_CHECKING:
    from pathlib import Path


def play_or_say_why(file: Path, *, quiet: bool) -> bool:
    """Play ``file`` and return whether that worked; say why not unless ``quiet``."""
    from cft_audio.files.playing import play, why_silent

    played = play(file)
    if not (played or quiet):
        complain(f"It was not played: {why_silent()}.")
    return played
