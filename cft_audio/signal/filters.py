"""Filters known by their frequency response, applied to audio of any length block by block.

A response is evaluated exactly, on the unit circle; its impulse response, once it has died away, is
applied by Fourier transforms (overlap-save). ``scipy.signal`` would do the same: it is 140 MB to
install and takes 0.8 s of CPU to import.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono

    Response: TypeAlias = NDArray[np.complex128]
    """A filter's gain and phase from 0 Hz to half of ``SAMPLE_RATE``, shape (points // 2 + 1,)."""

_TRANSFORM = 4
"""Points of a transform for each tap of the filter: three quarters of each are new samples. From
1,000 to 65,000 taps this takes the least CPU, or little more."""


def high_pass(frequency: float, order: int, points: int) -> Response:
    """Compute the response of a Butterworth high-pass filter.

    Args:
        frequency: Where it lowers by 3 dB, in Hz.
        order: It falls by ``order`` times 6 dB per octave below.
        points: As many points around the unit circle, an even number.
    """
    z = _unit_circle(points)
    return _butterworth(_warp(frequency) * (1 + z), 1 - z, order)


def band_pass(low: float, high: float, order: int, points: int) -> Response:
    """Compute the response of a Butterworth band-pass filter.

    Args:
        low: The lower frequency at which it lowers by 3 dB, in Hz.
        high: The higher one.
        order: It falls by ``order`` times 6 dB per octave on either side.
        points: As many points around the unit circle, an even number.
    """
    z = _unit_circle(points)
    first, last = _warp(low), _warp(high)
    above = (1 - z) ** 2 + first * last * (1 + z) ** 2
    return _butterworth(above, (last - first) * (1 - z**2), order)


def notch(frequency: float, width: float, points: int) -> Response:
    """Compute the response of a second-order notch, which takes out one frequency.

    Its impulse response falls by 60 dB in ``2.2 / width`` seconds.

    Args:
        frequency: What it takes out, in Hz.
        width: Hz between the two frequencies at which it lowers by 3 dB.
        points: As many points around the unit circle, an even number.
    """
    z = _unit_circle(points)
    gain = 1 / (1 + _warp(width))
    turn = 2 * math.cos(2 * math.pi * frequency / SAMPLE_RATE) * z
    return np.asarray(gain * (1 - turn + z**2) / (1 - gain * turn + (2 * gain - 1) * z**2))


def _butterworth(above: Response, below: Response, order: int) -> Response:
    """Compute the response of a Butterworth low-pass filter whose variable s is replaced.

    Args:
        above: Numerator of what replaces s.
        below: Denominator of what replaces s.
        order: The order of the low-pass filter.
    """
    poles = np.exp(1j * np.pi * (2 * np.arange(order) + order + 1) / (2 * order))
    return np.asarray(np.prod([below / (above - pole * below) for pole in poles], axis=0))


def _unit_circle(points: int) -> Response:
    """Compute the response of a delay by one sample."""
    return np.asarray(np.exp(-2j * np.pi * np.arange(points // 2 + 1) / points))


def _warp(frequency: float) -> float:
    """Compute the analogue frequency that the bilinear transform brings to ``frequency``, in Hz."""
    return math.tan(math.pi * frequency / SAMPLE_RATE)


class FirFilter:
    """Filters a stream of mono audio; keeps as much of it as the impulse response is long.

    Args:
        response: The filter's response at ``points`` frequencies around the unit circle. The first
            ``points // 2`` samples of its impulse response are used: it has to die away in these.
    """

    def __init__(self, response: Response) -> None:
        taps = len(response) - 1
        self._points = _TRANSFORM * taps
        impulse = np.fft.irfft(response)[:taps].astype(np.float32)
        self._kernel = np.fft.rfft(impulse, self._points)
        self._history = np.zeros(taps - 1, np.float32)

    def apply(self, audio: Mono) -> Mono:
        """Filter the next samples, any number of them; as many are returned."""
        history = len(self._history)
        hop = self._points - history
        rows = -(-len(audio) // hop)
        padded = np.zeros(history + rows * hop, np.float32)
        padded[:history] = self._history
        padded[history : history + len(audio)] = audio
        self._history = padded[len(audio) : len(audio) + history].copy()
        out = np.empty((rows, hop), np.float32)
        for row in range(rows):
            spectrum = np.fft.rfft(padded[row * hop : row * hop + self._points])
            spectrum *= self._kernel
            out[row] = np.fft.irfft(spectrum)[history:]
        return out.reshape(-1)[: len(audio)]
