"""Sound files decoded by ffmpeg, to which the network is closed; the original is only ever read."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal, TypeAlias

from cft_audio.files.processes import run_program, start_program
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SampleFormat: TypeAlias = Literal["s16le", "f32le"]
"""16-bit integers or 32-bit floating point, little-endian."""

_REASONS = {
    "does not contain any stream": "there is no sound in it, perhaps only pictures",
    "moov atom not found": "its end is missing",
    "Invalid data found": "it is damaged, or of no kind of sound that is known here",
}
"""What ffmpeg says of a file that it cannot decode, and that in plain words."""


def decode(path: Path, into: IO[bytes], form: SampleFormat, channels: int) -> str:
    """Write the sound of ``path`` into a file, at ``SAMPLE_RATE``.

    Args:
        path: Any file that ffmpeg reads.
        into: Where the samples go to, its channels interleaved.
        form: The form of a sample.
        channels: 1 or 2.

    Returns:
        Why it could not be decoded to its end; empty if it could.
    """
    done = run_program(_command(f"file:{path}", form, channels), into=into)
    if not done.returncode:
        return ""
    complaint = done.stderr.decode(errors="replace").strip()
    known = (reason for words, reason in _REASONS.items() if words in complaint)
    last = complaint.split("\n")[-1] or f"ffmpeg ended with status {done.returncode}"
    return next(known, last)


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


def _command(source: str, form: str, channels: int, kind: str = "") -> list[str]:
    """Return the command that decodes ``source`` to standard output.

    Args:
        source: ``file:`` and a path, or ``pipe:0``; what precedes the colon is the only protocol
            that ffmpeg may use to read. Without it, a name with a colon would be an address.
        form: What it becomes, as ffmpeg names it.
        channels: How many it gets.
        kind: What the source is; empty to let ffmpeg find out.
    """
    from imageio_ffmpeg import get_ffmpeg_exe

    return [
        *(get_ffmpeg_exe(), "-v", "error", "-nostdin"),
        *("-protocol_whitelist", source.partition(":")[0], *(("-f", kind) if kind else ())),
        *("-i", source, "-vn", "-f", form, "-ac", str(channels), "-ar", str(SAMPLE_RATE), "pipe:1"),
    ]
