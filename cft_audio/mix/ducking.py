"""Ducking: bed and tone make room for the voice, before it comes and until it has gone."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples
from cft_audio.signal.frames import lines_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.timeline.events import Placed

DEPTH_DB = -7.0
"""Level of bed and tone under the voice. Both lie far below it already; this much more frees
the band of consonants without the ear noticing that something left."""

ATTACK, RELEASE = samples(0.35), samples(1.2)
"""Samples in which they give way before a line and come back after it."""

_STEP = 100
"""Samples between two points of the gain curve; it moves less than 0.1 dB between them."""


class Ducking:
    """The gain of everything but the voice, at every sample of a session.

    Args:
        speech: Every clip at its place, in order.
    """

    def __init__(self, speech: Sequence[Placed]) -> None:
        self._spans: list[tuple[int, int]] = []
        for placed in speech:
            start, end = placed.start, placed.start + placed.length
            # Lines so near to each other that the level would only begin to come back are one.
            if self._spans and start - ATTACK < self._spans[-1][1] + RELEASE // 2:
                start, end = self._spans[-1][0], max(end, self._spans[-1][1])
                self._spans.pop()
            self._spans.append((start, end))
        self._starts = [start for start, _ in self._spans]

    def gain(self, start: int, length: int) -> NDArray[np.float32] | None:
        """Return the gain of ``length`` samples from ``start`` on, or None where it is 1."""
        # From point to point, not from sample to sample: a block's outermost points are shared
        # with its neighbours, and must see the same lines.
        points = np.arange(start // _STEP, (start + length) // _STEP + 2) * _STEP
        left, right = int(points[0]), int(points[-1])
        first = max(0, bisect_left(self._starts, left - RELEASE) - 1)
        last = bisect_left(self._starts, right + ATTACK)
        near = [span for span in self._spans[first:last] if span[1] + RELEASE > left]
        if not near:
            return None
        depth = np.zeros(len(points))
        for begin, end in near:
            coming = np.clip((points - (begin - ATTACK)) / ATTACK, 0.0, 1.0)
            going = np.clip((end + RELEASE - points) / RELEASE, 0.0, 1.0)
            depth = np.maximum(depth, 0.5 - 0.5 * np.cos(np.pi * np.minimum(coming, going)))
        curve = 10 ** (DEPTH_DB / 20 * depth)
        lines = lines_between(curve.astype(np.float32), _STEP)
        return lines[start - left : start - left + length]
