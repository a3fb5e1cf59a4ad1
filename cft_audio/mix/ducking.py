"""The gain of bed and tone while they make room for the voice."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.mix.plan import ATTACK, RELEASE
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import interpolate, rise
from cft_audio.signal.reference_levels import DUCKING_DB

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.mix.plan import Spans

_STEP = 100
"""Samples between two points of the gain curve; it moves less than 0.1 dB between them."""


def ducking_gain(spans: Spans, start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of ``length`` samples from ``start`` on, or None where it is 1."""
    # From point to point, not from sample to sample: a block's outermost points are shared
    # with its neighbours, and must see the same lines.
    points = np.arange(start // _STEP, (start + length) // _STEP + 2) * _STEP
    left, right = int(points[0]), int(points[-1])
    first = max(0, bisect_left(spans, left - RELEASE, key=itemgetter(0)) - 1)
    last = bisect_left(spans, right + ATTACK, key=itemgetter(0))
    near = [span for span in spans[first:last] if span[1] + RELEASE > left]
    if not near:
        return None
    depth = np.zeros(len(points))
    for begin, end in near:
        coming = np.clip((points - (begin - ATTACK)) / ATTACK, 0.0, 1.0)
        going = np.clip((end + RELEASE - points) / RELEASE, 0.0, 1.0)
        depth = np.maximum(depth, rise(np.minimum(coming, going)))
    curve = db_to_gain(DUCKING_DB * depth)
    lines = interpolate(curve.astype(np.float32), _STEP)
    return lines[start - left : start - left + length]
