"""Sound files played aloud, by whatever the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from cft_audio.files.decoding import open_as_wav
from cft_audio.files.processes import start_program

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class _Player:
    """A program that plays a file, opens no window and ends when the file does.

    Attributes:
        command: The program and its options; the file's path follows them.
        wav_only: Whether it knows nothing but WAV; it then takes that on its standard input too.
    """

    command: tuple[str, ...]
    wav_only: bool = False


_PLAYERS = (
    _Player(("afplay",)),
    _Player(("mpv", "--no-config", "--no-video", "--really-quiet")),
    _Player(("ffplay", "-nodisp", "-autoexit", "-loglevel", "error")),
    _Player(("pw-play",)),
    _Player(("paplay",)),
    _Player(("aplay", "-q"), wav_only=True),
)
"""In the order they are tried: what macOS brings, players of any format, and what the sound
systems of Linux bring, of which ALSA's own, aplay, knows nothing but WAV."""


def play(file: Path) -> bool:
    """Play ``file`` to its end and return whether that worked.

    Every player that is installed gets its turn, until one ends without an error: one may need a
    sound server that doesn't run. Ctrl-C ends the playing and nothing else. Windows opens what is
    not WAV in the program that the person chose for it, and doesn't wait for its end.
    """
    if sys.platform == "win32":
        return _played_by_windows(file)
    # No name of a file, made absolute, can be taken for an option.
    return any(_played(player, file.absolute()) for player in _installed())


def why_silent() -> str:
    """Return why ``play`` gave False, as a sentence without its full stop."""
    if sys.platform != "win32" and not _installed():
        names = ", ".join(player.command[0] for player in _PLAYERS)
        return f"no program that plays sound is installed (looked for {names})"
    return "it could not be played, perhaps for want of a sound device"


def _installed() -> list[_Player]:
    return [player for player in _PLAYERS if shutil.which(player.command[0])]


def _played(player: _Player, path: Path) -> bool:
    if not player.wav_only or path.suffix.lower() == ".wav":
        return _ended_well([*player.command, str(path)])
    try:
        with open_as_wav(path) as wav:
            return _ended_well([*player.command, "-"], wav)
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


def _played_by_windows(file: Path) -> bool:
    if sys.platform != "win32":
        return False
    if file.suffix.lower() == ".wav":
        import winsound

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True
    try:
        os.startfile(file.absolute())  # noqa: S606 -- a sound file, in the person's own player
    except OSError:
        return False
    return True
