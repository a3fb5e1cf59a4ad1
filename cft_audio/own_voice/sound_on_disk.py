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
"""Endings of the files that phones and recorders write, in small letters."""

_BYTES = 4
_BLOCK = 20 * SAMPLE_RATE
"""Samples that are worked on at a time."""


@dataclass(frozen=True)
class SoundOnDisk:
    """Mono samples on disk.

    Attributes:
        pcm: The file: 32-bit floating point, at ``SAMPLE_RATE``.
        length: How many samples there are.
    """

    pcm: IO[bytes]
    length: int

    def read(self, start: int, stop: int) -> Mono:
        """Read the samples from ``start`` to ``stop``, with silence before and after the sound."""
        first, last = max(0, start), min(self.length, stop)
        self.pcm.seek(first * _BYTES)
        audio = np.frombuffer(self.pcm.read(max(0, last - first) * _BYTES), "<f4")
        return np.pad(audio, (first - start, stop - start - len(audio) - (first - start)))

    def blocks(self) -> Iterator[Mono]:
        """Yield all samples in order, 20 s at a time; the last block may be shorter."""
        for start in range(0, self.length, _BLOCK):
            yield self.read(start, min(self.length, start + _BLOCK))


@contextlib.contextmanager
def store_on_disk(blocks: Iterator[Mono]) -> Iterator[SoundOnDisk]:
    """Store ``blocks`` on disk until the context ends."""
    with tempfile.TemporaryFile() as pcm:
        for block in blocks:
            pcm.write(np.asarray(block, "<f4").tobytes())
        yield SoundOnDisk(pcm, pcm.tell() // _BYTES)


@contextlib.contextmanager
def decode_to_disk(path: Path) -> Iterator[SoundOnDisk]:
    """Decode the recording ``path``, its channels mixed to one, until the context ends.

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
        yield SoundOnDisk(pcm, length)
