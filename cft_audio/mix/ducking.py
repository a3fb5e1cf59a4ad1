"""The gain of bed and tone while they make room for the voice."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import interpolate, rise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.mix.plan import Ducking

_STEP = 100
"""Samples between two points of the gain curve; it moves less than 0.1 dB between them."""


def ducking_gain(ducking: Ducking, start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of ``length`` samples from ``start`` on, or None where it is 1."""
    # From point to point, not from sample to sample: a block's outermost points are shared
    # with its neighbours, and must see the same lines.
    points = np.arange(start // _STEP, (start + length) // _STEP + 2) * _STEP
    left, right = int(points[0]), int(points[-1])
    attack, release, spans = ducking.attack, ducking.release, ducking.spans
    first = max(0, bisect_left(spans, left - release, key=itemgetter(0)) - 1)
    last = bisect_left(spans, right + attack, key=itemgetter(0))
    near = [span for span in spans[first:last] if span[1] + release > left]
    if not near:
        return None
    depth = np.zeros(len(points))
    for begin, end in near:
        coming = np.clip((points - (begin - attack)) / attack, 0.0, 1.0)
        going = np.clip((end + release - points) / release, 0.0, 1.0)
        depth = np.maximum(depth, rise(np.minimum(coming, going)))
    curve = db_to_gain(ducking.depth_db * depth)
    lines = interpolate(curve.astype(np.float32), _STEP)
    return lines[start - left : start - left + length]
