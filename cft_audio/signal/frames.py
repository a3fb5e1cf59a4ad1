"""Audio cut into frames of one fixed length, whatever blocks it comes in.

Every part of the master stage works on these frames, so nothing it does can depend on how the
mix stage cuts its blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

HOP = 4_410
"""Samples of 100 ms, the step between the measuring blocks of ITU-R BS.1770-4."""

ROW = 3 * HOP
"""Samples that are filtered, limited or left alone together: short enough that work is spent
only where it is needed, long enough to be filtered by one transform of 15,120 points."""

FRAME = 10 * ROW
"""Samples of a frame, 3 s: 1 MB as float32, which the allocator hands out again and again. Frames
of 30 s cost twice as much CPU, in page faults."""

# glibc keeps memory for the next array only up to twice the largest block that it has given back
# to the system (mallopt(3), M_MMAP_THRESHOLD). This one, never touched, is given back at once.
# Without it a cold build of ten minutes takes 100,000 page faults more, 0.25 s of CPU.
np.empty(30_000_000, np.uint8)


def amplified(audio: Stereo, gain: NDArray[np.float32]) -> Stereo:
    """Return ``audio`` with each sample of its channels times that sample's gain.

    Args:
        audio: Shape (samples, channels), one or two channels.
        gain: Shape (samples,).
    """
    if audio.shape[1] == 1:
        return audio * gain[:, np.newaxis]
    # Two channels as real and imaginary part: an eighth of the CPU of ``audio * gain[:, None]``.
    return (np.ascontiguousarray(audio).view(np.complex64) * gain[:, np.newaxis]).view(np.float32)


def lines_between(points: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """Return the straight lines between ``points``, shape ((points - 1) * step,).

    Args:
        points: Values ``step`` samples apart, shape (points,).
        step: Samples from one to the next.
    """
    ramp = np.arange(step, dtype=np.float32) / np.float32(step)
    return (points[:-1, None] + np.diff(points)[:, None] * ramp).reshape(-1)


def framed(blocks: Iterable[Stereo]) -> Iterator[Stereo]:
    """Yield ``blocks`` joined and cut anew, ``FRAME`` samples each; the last may be shorter.

    A block that is a whole frame already is passed on without a copy.
    """
    waiting: list[Stereo] = []
    count = 0
    for block in blocks:
        rest = block
        while count + len(rest) >= FRAME:
            head, rest = rest[: FRAME - count], rest[FRAME - count :]
            yield np.concatenate([*waiting, head]) if waiting else head
            waiting, count = [], 0
        if len(rest):
            waiting.append(rest)
            count += len(rest)
    if waiting:
        yield np.concatenate(waiting)
