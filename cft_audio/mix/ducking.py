"""The gain of a sound while it makes room for the voice."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import interpolate, rise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cft_audio.mix.dips import Dip

_STEP = 100
"""Samples between two points of the gain curve; it moves less than 0.1 dB between them."""


def ducking_gain(dips: Iterable[Dip], start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of ``length`` samples from ``start`` on, or None where it is 1.

    Where several dips meet, the deepest counts.
    """
    # From point to point, not from sample to sample: a block's outermost points are shared
    # with its neighbours, and must see the same lines.
    points = np.arange(start // _STEP, (start + length) // _STEP + 2) * _STEP
    depths = [depth for dip in dips if (depth := _depth_db(dip, points)) is not None]
    if not depths:
        return None
    curve = db_to_gain(np.minimum.reduce(depths)).astype(np.float32)
    if (curve == curve[0]).all():  # all down, as it mostly is
        return np.full(length, curve[0])
    left = int(points[0])
    return interpolate(curve, _STEP)[start - left : start - left + length]


def _depth_db(dip: Dip, points: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Return how far down a dip is at each of ``points``, in decibels, or None where nowhere."""
    left, right = int(points[0]), int(points[-1])
    first = max(0, bisect_left(dip.spans, left - dip.release, key=itemgetter(0)) - 1)
    last = bisect_left(dip.spans, right + dip.attack, key=itemgetter(0))
    near = [span for span in dip.spans[first:last] if span[1] + dip.release > left]
    if not near:
        return None
    way = np.zeros(len(points))
    for begin, end in near:
        coming = np.clip((points - (begin - dip.attack)) / dip.attack, 0.0, 1.0)
        going = np.clip((end + dip.release - points) / dip.release, 0.0, 1.0)
        way = np.maximum(way, rise(np.minimum(coming, going)))
    return np.asarray(dip.depth_db * way)
