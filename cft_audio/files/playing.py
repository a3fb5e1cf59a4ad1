"""Sound files played aloud, by whatever the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from cft_audio.files.decoding import open_as_wav
from cft_audio.files.processes import start_program

if TYPE_CHECKING:
    from pathlib import Path


_WAV_ONLY = ("aplay", "-q")
"""ALSA's own player, which knows nothing but WAV and takes that on its standard input too."""

_PLAYERS = (
    ("afplay",),
    ("mpv", "--no-config", "--no-video", "--really-quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("pw-play",),
    ("paplay",),
    _WAV_ONLY,
)
"""Programs that play the file whose path follows, open no window and end when the file does, in the
order they are tried: what macOS brings, players of any format, what Linux's sound systems bring."""


def play(file: Path) -> bool:
    """Play ``file`` to its end and return whether that worked.

    Every player that is installed gets its turn, until one ends without an error: one may need a
    sound server that doesn't run. Ctrl-C ends the playing and nothing else. Windows opens what is
    not WAV in the program that the person chose for it, and doesn't wait for its end.
    """
    if sys.platform == "win32":
        try:
            if file.suffix.lower() == ".wav":
                import winsound

                winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
            else:  # in the person's own player
                os.startfile(file.absolute())  # noqa: S606 -- a sound file
        except (OSError, RuntimeError):
            return False
        return True
    # No name of a file, made absolute, can be taken for an option.
    return any(_played(player, file.absolute()) for player in _installed())


def why_silent() -> str:
    """Return why ``play`` gave False, as a sentence without its full stop."""
    if sys.platform != "win32" and not _installed():
        names = ", ".join(program for program, *_ in _PLAYERS)
        return f"no program that plays sound is installed (looked for {names})"
    return "it could not be played, perhaps for want of a sound device"


def _installed() -> list[tuple[str, ...]]:
    return [player for player in _PLAYERS if shutil.which(player[0])]


def _played(player: tuple[str, ...], path: Path) -> bool:
    if player != _WAV_ONLY or path.suffix.lower() == ".wav":
        return _ended_well([*player, str(path)])
    try:
        with open_as_wav(path) as wav:
            return _ended_well([*player, "-"], wav)
    except (OSError, RuntimeError):
        return False


def _ended_well(command: list[str], stdin: IO[bytes] | int = subprocess.DEVNULL) -> bool:
    try:
        process = start_program(command, apart=False, stdin=stdin)
    except OSError:
        return False
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return True
