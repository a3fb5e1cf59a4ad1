"""Sound files of a person's own, decoded beside the original, which is only ever read."""

from __future__ import annotations

import subprocess
from typing import IO, TYPE_CHECKING, Literal

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path


def decode(path: Path, into: IO[bytes], form: Literal["s16le", "f32le"], channels: int) -> str:
    """Write the sound of ``path`` into a file, at ``SAMPLE_RATE``.

    Args:
        path: Any file that ffmpeg reads; the network is closed to it.
        into: Where the samples go to, its channels interleaved.
        form: 16-bit integers or 32-bit floating point, little-endian.
        channels: 1 or 2.

    Returns:
        Why it could not be decoded to its end; empty if it could.
    """
    from imageio_ffmpeg import get_ffmpeg_exe

    done = subprocess.run(  # noqa: S603 -- the program the package ships, no shell
        [
            get_ffmpeg_exe(),
            # "file:", or a name with a colon would be taken for an address.
            *("-v", "error", "-nostdin", "-protocol_whitelist", "file", "-i", f"file:{path}"),
            *("-vn", "-f", form, "-ac", str(channels), "-ar", str(SAMPLE_RATE), "-"),
        ],
        stdout=into,
        stderr=subprocess.PIPE,
        check=False,
    )
    if not done.returncode:
        return ""
    said = done.stderr.decode(errors="replace").strip()
    return said.split("\n")[-1] or f"ffmpeg ended with status {done.returncode}"
