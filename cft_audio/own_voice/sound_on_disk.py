"""A recording as samples on disk, read in stretches: memory does not grow with its length."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import numpy as np

from cft_audio.errors import SoundError
from cft_audio.files.decoding import decode
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.signal.audio import Mono

ENDINGS = (".wav", ".mp3", ".m4a", ".flac", ".aac", ".mp4", ".ogg", ".opus", ".aif", ".aiff")
"""What phones and recorders write, in small letters."""

_BYTES = 4
BLOCK = 20 * SAMPLE_RATE
"""Samples that are worked on at a time: memory does not grow with a recording's length."""


@dataclass(frozen=True)
class Sound:
    """Mono samples on disk.

    Attributes:
        pcm: 32-bit floating point, at ``SAMPLE_RATE``.
        length: How many there are.
    """

    pcm: IO[bytes]
    length: int

    def read(self, start: int, stop: int) -> Mono:
        """Return the samples from ``start`` to ``stop``, silence where there are none."""
        first, last = max(0, start), min(self.length, stop)
        self.pcm.seek(first * _BYTES)
        found = np.frombuffer(self.pcm.read(max(0, last - first) * _BYTES), "<f4")
        return np.pad(found, (first - start, stop - start - len(found) - (first - start)))

    def blocks(self) -> Iterator[Mono]:
        """Yield all samples in order, ``BLOCK`` at a time; the last block may be shorter."""
        for start in range(0, self.length, BLOCK):
            yield self.read(start, min(self.length, start + BLOCK))


@contextlib.contextmanager
def written(blocks: Iterator[Mono]) -> Iterator[Sound]:
    """Give ``blocks`` as a sound for as long as it is used."""
    with tempfile.TemporaryFile() as pcm:
        length = 0
        for block in blocks:
            pcm.write(np.asarray(block, "<f4").tobytes())
            length += len(block)
        yield Sound(pcm, length)


@contextlib.contextmanager
def decoded(path: Path) -> Iterator[Sound]:
    """Give the sound of ``path``, all its channels as one, for as long as it is used.

    Raises:
        SoundError: If it cannot be read as sound to its end.
    """
    with tempfile.TemporaryFile() as pcm:
        reason = decode(path, pcm, "f32le", 1)
        length = pcm.seek(0, 2) // _BYTES
        if reason or not length:
            raise SoundError(
                f"it cannot be read as sound{': ' + reason if reason else ''}",
                remedy="Save it again as WAV, MP3, M4A or FLAC, or take it out of the folder",
                where=str(path),
            )
        yield Sound(pcm, length)
