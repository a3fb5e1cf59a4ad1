"""The ends of a session: bed and tone come up gently, and what still sounds dies away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples
from cft_audio.signal.gain import rise

if TYPE_CHECKING:
    from numpy.typing import NDArray

FADE_IN, FADE_OUT = samples(3.0), samples(6.0)
"""Samples over which a session comes up and dies away: long enough to have no moment at which
either is noticed."""


def opening_gain(start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of ``length`` samples from ``start`` on, or None where it is 1."""
    if start >= FADE_IN:
        return None
    return _ramp(np.arange(start, start + length) / FADE_IN)


def closing_gain(start: int, length: int, end: int) -> NDArray[np.float32] | None:
    """Return the gain before the ``end`` of a session, likewise; beyond it, it is 0."""
    if start + length <= end - FADE_OUT:
        return None
    return _ramp((end - np.arange(start, start + length)) / FADE_OUT)


def _ramp(way: NDArray[np.float64]) -> NDArray[np.float32]:
    return rise(np.clip(way, 0.0, 1.0)).astype(np.float32)
