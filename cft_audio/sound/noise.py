"""Seamless noise: shaped in the frequency domain, so that a loop's end is its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.gain import fall

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

    Shape = Callable[[NDArray[np.float32]], NDArray[np.float32]]


_CLOSES_HZ, _CLOSED_HZ = 12_000.0, 15_000.0
"""Between them any noise fades to nothing: an MP3 of 128 kb/s keeps nothing above 16 kHz, and
spends bits on what lies just below that nobody would miss."""

_UNHEARD = 1e-5
"""Level, against a noise's loudest band, below which it is left out: −100 dB."""


def noise_loop(length: int, shape: Shape, seed: int) -> Stereo:
    """Return periodic stereo noise, its channels independent, with an RMS of 1.

    Args:
        length: Samples of the loop; quick where it has small factors only.
        shape: Gives the level at each frequency in Hz.
        seed: Decides the phases.
    """
    draw = np.random.Generator(np.random.PCG64(seed))
    frequencies = np.arange(length // 2 + 1, dtype=np.float32) * np.float32(SAMPLE_RATE / length)
    levels = shape(frequencies)
    levels[0] = 0.0
    channels = []
    audible = np.flatnonzero(levels > levels.max() * _UNHEARD)
    heard = slice(int(audible[0]), int(audible[-1]) + 1)
    for _ in range(2):
        phase = draw.random(len(levels[heard]), dtype=np.float32) * np.float32(2 * np.pi)
        spectrum = np.zeros(len(levels), np.complex64)
        spectrum.real[heard] = levels[heard] * np.cos(phase)
        spectrum.imag[heard] = levels[heard] * np.sin(phase)
        channels.append(np.asarray(np.fft.irfft(spectrum, length), np.float32))
    # By Parseval: a loop's RMS follows from its spectrum.
    rms = np.sqrt(2 * np.sum(levels[heard].astype(np.float64) ** 2)) / length
    return np.stack(channels, axis=1) * np.float32(1 / rms)


def band(low: float, high: float, tilt: float = 0.0) -> Shape:
    """Return a shape that passes ``low`` to ``high`` Hz, with soft edges and a tilt.

    Args:
        low: Lower edge in Hz; below it the level falls by 24 dB an octave.
        high: Upper edge likewise.
        tilt: Exponent of frequency: −1 for brown noise's 6 dB an octave, −0.5 for pink.
    """

    def shape(frequencies: NDArray[np.float32]) -> NDArray[np.float32]:
        # Single precision, and a power of 8 by squaring, take a tenth of the CPU.
        safe = np.asarray(np.maximum(frequencies, 1.0), np.float32)
        edges = (1 + _eighth_power(low / safe)) * (1 + _eighth_power(safe / high))
        closing = np.clip((safe - _CLOSES_HZ) / (_CLOSED_HZ - _CLOSES_HZ), 0.0, 1.0)
        passed = safe**tilt / np.sqrt(edges) * fall(closing)
        return np.asarray(passed, np.float32)

    return shape


def _eighth_power(values: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.square(np.square(np.square(values))))


def read_loop(loop: Stereo, start: int, length: int) -> Stereo:
    """Return ``length`` samples of the endless repetition of ``loop`` from ``start`` on."""
    at = start % len(loop)
    if at + length <= len(loop):
        return loop[at : at + length]
    return np.take(loop, np.arange(start, start + length), axis=0, mode="wrap")
