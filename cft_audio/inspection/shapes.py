"""What the levels of a sound do slowly: between the words, and without their drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.inspection.bands import PER_SECOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    """Levels in dB, shape (tenths of a second, bands)."""

_FLOOR_S, _TREND_S = 1.6, 30.0
"""Seconds over which a level is taken as it is between the words, and over which it drifts."""

_LOW_PERCENT = 25
_DEEPEST_DB = 8.0


def shapes_of(levels: Levels) -> Levels:
    """Return the levels between the words, without their slow drift."""
    if not len(levels):
        return levels
    width = int(_FLOOR_S * PER_SECOND)
    smooth = moving_mean(_low(levels, width), width)
    drift = moving_mean(smooth, int(_TREND_S * PER_SECOND))
    shapes: Levels = np.clip(smooth - drift, -_DEEPEST_DB, _DEEPEST_DB)
    return shapes


def _low(levels: Levels, width: int) -> Levels:
    """Return the level that is passed for three quarters of each ``width``."""
    windows = np.lib.stride_tricks.sliding_window_view(_padded(levels, width), width, axis=0)
    place = width * _LOW_PERCENT // 100
    low: Levels = np.partition(windows, place, axis=2)[:, :, place]
    return low


def moving_mean(levels: Levels, width: int) -> Levels:
    """Return the mean of the levels around each, over so many of them."""
    sums = np.cumsum(_padded(levels, width), axis=0, dtype=np.float64)
    sums = np.concatenate([np.zeros((1, sums.shape[1])), sums])
    mean: Levels = ((sums[width:] - sums[:-width]) / width).astype(np.float32)
    return mean


def _padded(levels: Levels, width: int) -> Levels:
    padded: Levels = np.pad(levels, ((width // 2, width - 1 - width // 2), (0, 0)), mode="edge")
    return padded
