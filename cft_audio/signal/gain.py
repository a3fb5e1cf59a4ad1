"""Gain that changes from sample to sample: fades, curves, and how they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo

    _Way = TypeVar("_Way", bound=np.floating[Any])


def apply_gain(audio: Stereo, gain: NDArray[np.float32]) -> Stereo:
    """Return ``audio`` with each sample of its channels times that sample's gain.

    Args:
        audio: Shape (samples, channels), one or two channels.
        gain: Shape (samples,).
    """
    if audio.shape[1] == 1:
        return audio * gain[:, np.newaxis]
    # Two channels as real and imaginary part: an eighth of the CPU of ``audio * gain[:, None]``.
    return (np.ascontiguousarray(audio).view(np.complex64) * gain[:, np.newaxis]).view(np.float32)


def interpolate(points: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """Return the straight lines between ``points``, shape ((points - 1) * step,).

    Args:
        points: Values ``step`` samples apart, shape (points,).
        step: Samples from one to the next.
    """
    ramp = np.arange(step, dtype=np.float32) / np.float32(step)
    return (points[:-1, None] + np.diff(points)[:, None] * ramp).reshape(-1)


def rise(way: NDArray[_Way]) -> NDArray[_Way]:
    """Return half a cosine that rises from 0 to 1 while ``way`` does, in its precision."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * way), way.dtype)


def fall(way: NDArray[_Way]) -> NDArray[_Way]:
    """Return half a cosine that falls from 1 to 0 while ``way`` rises, in its precision."""
    return np.asarray(0.5 + 0.5 * np.cos(np.pi * way), way.dtype)


def fade_in(length: int) -> Mono:
    """Return a gain of ``length`` samples that begins with 0 and rises towards 1."""
    return rise(np.arange(length) / length).astype(np.float32)


def fade_out(length: int) -> Mono:
    """Return a gain of ``length`` samples that falls from near 1 and ends with 0."""
    return fade_in(length)[::-1]
