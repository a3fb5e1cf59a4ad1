"""Audio cut into frames of one fixed length, whatever blocks it comes in.

Every part of the master stage works on these frames, so nothing it does can depend on how the
mix stage cuts its blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cft_audio.signal.audio import Stereo

HOP = 4_410
"""Samples of 100 ms, the step between the measuring blocks of ITU-R BS.1770-4."""

ROW = 3 * HOP
"""Samples that are filtered, limited or left alone together: short enough that work is spent
only where it is needed, long enough to be filtered by one transform of 15,120 points."""

FRAME = 10 * ROW
"""Samples of a frame, 3 s: 1 MB as float32, which the allocator hands out again and again. Frames
of 30 s cost twice as much CPU, in page faults."""


@dataclass(frozen=True)
class Block:
    """A stretch of a mixed session.

    Attributes:
        audio: All that is heard, shape (samples, 2).
        voice: Its voice alone, before any stepping down, likewise; None where nobody speaks.
    """

    audio: Stereo
    voice: Stereo | None = None

    def __len__(self) -> int:
        return len(self.audio)

    def part(self, start: int, stop: int) -> Block:
        """Return its samples from ``start`` to before ``stop``."""
        voice = None if self.voice is None else self.voice[start:stop]
        return Block(self.audio[start:stop], voice)


def cut_into_frames(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks`` joined and cut anew, ``FRAME`` samples each; the last may be shorter.

    A block that is a whole frame already is passed on without a copy.
    """
    waiting: list[Block] = []
    count = 0
    for block in blocks:
        rest = block
        while count + len(rest) >= FRAME:
            head, rest = rest.part(0, FRAME - count), rest.part(FRAME - count, len(rest))
            yield _join([*waiting, head]) if waiting else head
            waiting, count = [], 0
        if len(rest):
            waiting.append(rest)
            count += len(rest)
    if waiting:
        yield _join(waiting)


def _join(blocks: Sequence[Block]) -> Block:
    audio = np.concatenate([block.audio for block in blocks])
    if all(block.voice is None for block in blocks):
        return Block(audio)
    voices = (np.zeros_like(b.audio) if b.voice is None else b.voice for b in blocks)
    return Block(audio, np.concatenate([*voices]))
