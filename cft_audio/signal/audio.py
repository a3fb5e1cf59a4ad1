"""The one sample rate, and what a buffer of audio is.

Every position and length in a session is a whole number of samples at ``SAMPLE_RATE``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono: TypeAlias = NDArray[np.float32]
    """Shape (samples,), float32, full scale ±1."""

    Stereo: TypeAlias = NDArray[np.float32]
    """Shape (samples, 2), left then right, float32, full scale ±1."""

SAMPLE_RATE = 44_100
"""Samples per second of every clip, stem and recording: the rate every MP3 player takes."""


def samples(seconds: float) -> int:
    """Return the whole number of samples nearest to ``seconds``."""
    return round(seconds * SAMPLE_RATE)


def seconds(count: int) -> float:
    """Return how long ``count`` samples last, in seconds."""
    return count / SAMPLE_RATE
