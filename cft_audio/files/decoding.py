"""Sound files decoded by ffmpeg, to which the network is closed; the original is only ever read."""

from __future__ import annotations

import re
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal, TypeAlias

from cft_audio.files.processes import run_program, start_program
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SampleFormat: TypeAlias = Literal["s16le", "f32le"]
"""16-bit integers or 32-bit floating point, little-endian."""

_PROBED_S = 5.0
"""Seconds that are decoded to see whether a file is sound: of any length, in some 50 ms."""

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")

_REASONS = {
    "does not contain any stream": "there is no sound in it",
    "Invalid data found": "it is no sound file, or it is damaged",
    "moov atom not found": "it is not whole: its end is missing",
    "Decoder not found": "it is of a kind that cannot be decoded here",
    "Unknown decoder": "it is of a kind that cannot be decoded here",
    "Protocol not found": "it is a list of sounds elsewhere, and no sound itself",
    "not on whitelist": "it is a list of sounds elsewhere, and no sound itself",
    "No space left": "there is no room on the disk for what it decodes to",
    "Permission denied": "you may not read it",
    "Is a directory": "it is a folder",
    "No such file": "it is not there",
}
"""What ffmpeg complains of, each in words for a person; the first that fits counts."""


@dataclass(frozen=True)
class Probed:
    """What a look at a sound file showed.

    Attributes:
        length_s: Its length in seconds; None where the file does not say.
        problem: Why it is no sound, in words for a person; empty where it is.
    """

    length_s: float | None
    problem: str = ""


def probe(path: Path) -> Probed:
    """Decode the beginning of ``path`` and return whether it is sound, and how long.

    Raises:
        OSError: If the decoder does not start.
        RuntimeError: If there is none.
    """
    command = _command(f"file:{path}", "s16le", 1, most_s=_PROBED_S, told="info")
    done = run_program(command)
    said = done.stderr.decode(errors="replace")
    decoded_s = len(done.stdout) / 2 / SAMPLE_RATE
    if not decoded_s:
        return Probed(None, _reason(said) if done.returncode else "there is no sound in it")
    if decoded_s < _PROBED_S - 0.1:
        return Probed(decoded_s)
    written = _DURATION.search(said)
    hours, minutes, seconds = written.groups() if written else ("0", "0", "0")
    return Probed(int(hours) * 3600 + int(minutes) * 60 + float(seconds) or None)


def decode(
    path: Path, into: IO[bytes], form: SampleFormat, channels: int, most_s: float | None = None
) -> str:
    """Write the sound of ``path`` into a file, at ``SAMPLE_RATE``.

    Args:
        path: Any file that ffmpeg reads.
        into: Where the samples go to, its channels interleaved.
        form: The form of a sample.
        channels: 1 or 2.
        most_s: Seconds after which no more is decoded; None for all of it.

    Returns:
        Why it could not be decoded to its end, in words for a person; empty if it could.
    """
    done = run_program(_command(f"file:{path}", form, channels, most_s=most_s), into=into)
    return _reason(done.stderr.decode(errors="replace")) if done.returncode else ""


def _reason(complaint: str) -> str:
    """Return what ffmpeg complained of, in words for a person."""
    known = (words for said, words in _REASONS.items() if said.lower() in complaint.lower())
    return next(known, "it cannot be decoded")


def decode_bytes(content: bytes, kind: str, form: SampleFormat, channels: int) -> bytes:
    """Return the samples of a sound file that is held in memory, at ``SAMPLE_RATE``.

    Args:
        content: The file.
        kind: What it is, as ffmpeg names it: ``mp3``.
        form: The form of a sample.
        channels: 1 or 2; they are interleaved.

    Returns:
        The samples; none if it could not be decoded to its end.
    """
    done = run_program(_command("pipe:0", form, channels, kind=kind), given=content)
    return b"" if done.returncode else done.stdout


@contextmanager
def open_as_wav(path: Path) -> Iterator[IO[bytes]]:
    """Give the sound of ``path`` as a stream of 16-bit stereo WAV, decoded while it is read.

    Raises:
        OSError: If the decoder does not start.
        RuntimeError: If there is none.
    """
    command = _command(f"file:{path}", "wav", 2)
    with start_program(command, apart=False, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 -- it was asked for
        try:
            yield process.stdout
        finally:
            process.kill()


@contextmanager
def open_as_samples(path: Path, *, mono: bool) -> Iterator[IO[bytes]]:
    """Give the sound of ``path`` as a stream of 32-bit stereo samples, decoded while it is read.

    Args:
        path: Any file that ffmpeg reads.
        mono: Whether it has one channel, which two speakers play as loud as it is.

    Raises:
        OSError: If the decoder does not start.
        RuntimeError: If there is none.
    """
    command = _command(f"file:{path}", "f32le", 2)
    if mono:  # of itself ffmpeg would make it 3 dB softer
        command[-1:-1] = ["-af", "pan=stereo|c0=c0|c1=c0"]
    with start_program(command, apart=True, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 -- it was asked for
        try:
            yield process.stdout
        finally:
            process.kill()


def _command(  # noqa: PLR0913 -- ffmpeg has one command line for everything
    source: str,
    form: str,
    channels: int,
    *,
    kind: str = "",
    most_s: float | None = None,
    told: str = "error",
) -> list[str]:
    """Return the command that decodes ``source`` to standard output.

    Args:
        source: ``file:`` and a path, or ``pipe:0``; what precedes the colon is the only protocol
            that ffmpeg may use to read. Without it, a name with a colon would be an address.
        form: What it becomes, as ffmpeg names it.
        channels: How many it gets.
        kind: What the source is; empty to let ffmpeg find out.
        most_s: Seconds of it that are decoded; None for all.
        told: How much ffmpeg says of it, by the name of its log level.
    """
    from imageio_ffmpeg import get_ffmpeg_exe

    return [
        *(get_ffmpeg_exe(), "-v", told, "-nostats", "-nostdin"),
        *("-protocol_whitelist", source.partition(":")[0], *(("-f", kind) if kind else ())),
        *("-i", source, "-vn", *(() if most_s is None else ("-t", f"{most_s:.6f}"))),
        *("-f", form, "-ac", str(channels), "-ar", str(SAMPLE_RATE), "pipe:1"),
    ]
