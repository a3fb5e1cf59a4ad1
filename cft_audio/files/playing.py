"""Sound files played aloud by whatever the system has for it, and whether they were heard.

Players have ways of their own to stay silent: some end well without a sound device, some within a
moment. So nobody's word is taken for it: a file is looked at first, and a player is judged by its
status, by what it says, and by how long it ran.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext, suppress
from typing import IO, TYPE_CHECKING

from cft_audio.files.decoding import open_as_wav, probe
from cft_audio.files.processes import start_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


_WAV_ONLY = ("aplay", "-q")
"""ALSA's own player, which knows nothing but WAV and takes that on its standard input too."""

_POWERSHELL = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
_SCRIPT = (
    "Add-Type -AssemblyName PresentationCore; $p = New-Object System.Windows.Media.MediaPlayer; "
    "$p.Open([uri]'{path}'); for ($n = 0; $n -lt 50 -and -not $p.NaturalDuration.HasTimeSpan; $n++)"
    " {{ Start-Sleep -Milliseconds 100 }}; if (-not $p.NaturalDuration.HasTimeSpan) {{ exit 1 }}; "
    "$p.Play(); Start-Sleep -Milliseconds ($p.NaturalDuration.TimeSpan.TotalMilliseconds + 300)"
)
"""Windows' own player, which has no program of its own: it gives a length once it can play."""

_QUOTE = re.compile("['\u2018-\u201b]")
"""What ends a text in single quotes there, typographic ones as well, and stands for itself if it is
doubled: without that, what follows it in a file's name would be run."""

_ON_WINDOWS = (_POWERSHELL,) if sys.platform == "win32" else ()

_PLAYERS = (
    ("afplay",),
    ("mpv", "--no-config", "--no-video", "--no-input-terminal", "--msg-level=all=error"),
    ("pw-play",),
    ("paplay",),
    _WAV_ONLY,
    *_ON_WINDOWS,
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
)
"""Programs that play the file whose path follows, open no window and end when the file does, in the
order they are tried: what macOS brings, a player of any format, what Linux's sound systems bring,
and last the one that ends with status 0 though it found no sound device."""

_NO_DEVICE = re.compile(
    r"audio open (failed|error)|could not open/initiali[sz]e|no sound ?card|no such device"
    r"|(failed to|could not|cannot) (open|init|initiali[sz]e) (the )?audio|connection refused"
    r"|connection failure|cannot find card|host is down|no default (sink|device)|\w+Start failed",
    re.IGNORECASE,
)
"""What players say where there is no sound device, or no sound server that runs; some of them then
end as if all were well."""

_SHARE, _LAST_S, _SURELY_S = 0.8, 0.5, 30.0
"""A player that played a file ran for most of its length: for this share of it, less the seconds of
it that may still lie in the sound device's memory. One that ran for ``_SURELY_S`` played it, even
where a file is shorter than it says."""

_READ = 4096
"""Bytes of what a player says that are looked at."""


def play(file: Path) -> str:
    """Play ``file`` to its end, and return why it was not heard; empty if it was.

    Every player that is installed gets its turn until one is heard: one may need a sound server
    that does not run. Ctrl-C ends the playing and nothing else; what was heard up to then counts.
    """
    # No name of a file, made absolute, can be taken for an option.
    path = file.absolute()
    try:
        probed = probe(path)
    except (OSError, RuntimeError):
        return "what it holds cannot be seen, because the program ffmpeg does not run"
    if probed.problem:
        return f"it cannot be played: {probed.problem}"
    if sys.platform == "win32" and path.suffix.lower() == ".wav":
        import winsound

        with suppress(RuntimeError):
            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
            return ""
    players = list(installed_players())
    if any(_is_heard(player, path, probed.length_s) for player in players):
        return ""
    if not players and sys.platform != "win32":
        names = ", ".join(program for program, *_ in _PLAYERS)
        return f"no program that plays sound is installed (looked for {names})"
    return "it could not be played, perhaps for want of a sound device"


def installed_players() -> Iterator[tuple[str, ...]]:
    """Yield the command of every player that is installed, in the order they are tried."""
    yield from (player for player in _PLAYERS if shutil.which(player[0]))


def _is_heard(player: tuple[str, ...], path: Path, length_s: float | None) -> bool:
    """Play ``path`` and return whether it was heard, as far as that can be known."""
    source: AbstractContextManager[IO[bytes] | int] = nullcontext(subprocess.DEVNULL)
    command = [*player, str(path)]
    if player == _POWERSHELL:
        command = [*player, _SCRIPT.format(path=_QUOTE.sub(r"\g<0>\g<0>", str(path)))]
    elif player == _WAV_ONLY and path.suffix.lower() != ".wav":
        source, command = open_as_wav(path), [*player, "-"]
    try:
        with source as stdin, tempfile.TemporaryFile() as said:
            begun = time.monotonic()
            process = start_program(command, apart=False, stdin=stdin, stdout=said, stderr=said)
            try:
                status, is_whole = process.wait(), True
            except KeyboardInterrupt:
                process.terminate()
                process.wait()
                status, is_whole = 0, False
            ran_s = time.monotonic() - begun
            said.seek(0)
            text = said.read(_READ).decode(errors="replace")
    except (OSError, RuntimeError):
        return False
    is_long_enough = ran_s >= min(_SHARE * (length_s or 0.0) - _LAST_S, _SURELY_S)
    return not status and not _NO_DEVICE.search(text) and (is_long_enough or not is_whole)
