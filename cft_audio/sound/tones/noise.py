"""Noise without a seam, of which each breath has a piece of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.gain import fall

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

    Shape: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.floating[Any]]]
    """Gives the level at each frequency in Hz."""

LENGTH = 2**19
"""Samples of a noise: 12 s, longer than most breaths; a power of two, which the transform likes."""

_CLOSES_HZ, _CLOSED_HZ = 10_000.0, 14_500.0
"""Between them any noise fades to nothing: what lies above is hiss, on which an MP3 spends bits."""


def make_noise(shape: Shape, seed: int) -> Stereo:
    """Return periodic noise, its two channels independent, each with an RMS of 1.

    Args:
        shape: Of its spectrum.
        seed: Decides the phases.
    """
    draw = np.random.Generator(np.random.PCG64(seed))
    count = LENGTH // 2 + 1
    hertz = np.arange(count, dtype=np.float32) * np.float32(SAMPLE_RATE / LENGTH)
    closing = np.clip((hertz - _CLOSES_HZ) / (_CLOSED_HZ - _CLOSES_HZ), 0, 1)
    levels = shape(hertz) * fall(closing)
    levels[0] = 0.0
    noise = np.empty((LENGTH, 2), np.float32)
    for channel in range(2):
        angles = draw.random(count, dtype=np.float32) * np.float32(2 * np.pi)
        spectrum = np.empty(count, np.complex64)
        spectrum.real, spectrum.imag = levels * np.cos(angles), levels * np.sin(angles)
        noise[:, channel] = np.fft.irfft(spectrum, LENGTH)
    # By Parseval: the RMS follows from the spectrum.
    noise *= np.float32(LENGTH / np.sqrt(2 * np.sum(np.square(levels, dtype=np.float64))))
    noise.flags.writeable = False
    return noise


def cut(noise: Stereo, draw: np.random.Generator, length: int) -> Stereo:
    """Return ``length`` samples of ``noise`` from anywhere on."""
    at = int(draw.integers(LENGTH))
    if at + length <= LENGTH:
        return noise[at : at + length]
    return noise.take(np.arange(at, at + length), axis=0, mode="wrap")


def band(low: float, high: float, tilt: float) -> Shape:
    """Return a shape that passes ``low`` to ``high`` Hz, with soft edges and a tilt.

    Args:
        low: Lower edge in Hz; below it the level falls by 24 dB an octave.
        high: Upper edge likewise.
        tilt: Exponent of frequency: −1 for brown noise's 6 dB an octave, −0.5 for pink.
    """

    def shape(hertz: NDArray[np.float32]) -> NDArray[np.float32]:
        # Single precision, and a power of 8 by squaring, take a tenth of the CPU.
        safe = np.maximum(hertz, 1.0).astype(np.float32)
        edges = (1 + _eighth_power(low / safe)) * (1 + _eighth_power(safe / high))
        return np.asarray(safe**tilt / np.sqrt(edges), np.float32)

    return shape


def bell(width: float) -> Shape:
    """Return a shape that falls from 0 Hz on, by 4.3 dB at ``width``, and ever steeper."""
    return lambda hertz: np.asarray(np.exp(-0.5 * np.square(hertz / width)))


def _eighth_power(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    return np.asarray(np.square(np.square(np.square(values))))
