"""True peak by ITU-R BS.1770-4, Annex 2: the peak of the audio oversampled four-fold.

A steady tone rises between its samples at most 3 dB above them (the worst case is a quarter of
the sample rate), so only samples that come this near to what matters are oversampled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain, gain_to_db
from cft_audio.signal.frames import ROW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

NEAR = db_to_gain(-3.0103)
"""Share of a level from which a sample peak may hide a true peak above that level."""

REACH = 12
"""Samples on either side that the interpolation between two samples needs."""

_KAISER_BETA = 7.0
"""Holds the interpolation within 0.1 dB up to 19 kHz."""


def _interpolator() -> NDArray[np.float32]:
    """Return the taps for 1/4, 1/2 and 3/4 of the way from one sample to the next."""
    taps = np.arange(1 - REACH, REACH + 1)
    phases = []
    for way in (0.25, 0.5, 0.75):
        at = way - taps
        window = np.i0(_KAISER_BETA * np.sqrt(np.maximum(0, 1 - (at / REACH) ** 2)))
        phase = np.sinc(at) * window
        phases.append(phase / phase.sum())
    return np.array(phases, np.float32)


_INTERPOLATOR = _interpolator()


def row_peaks(audio: Stereo) -> NDArray[np.float32]:
    """Return the sample peak of each row of ``audio``, shape (rows,), over all channels."""
    rows = np.arange(0, audio.size, audio.shape[1] * ROW)
    flat = audio.reshape(-1)
    return np.maximum(np.maximum.reduceat(flat, rows), -np.minimum.reduceat(flat, rows))


def places_near(audio: Stereo, level: float) -> NDArray[np.intp]:
    """Return where ``audio`` may reach ``level``: samples after which a peak may rise to it."""
    hot_samples = [
        np.flatnonzero(np.abs(audio[row * ROW : (row + 1) * ROW].reshape(-1)) > level * NEAR)
        // audio.shape[1]
        + row * ROW
        for row in np.flatnonzero(row_peaks(audio) > level * NEAR)
    ]
    if not hot_samples:
        return np.empty(0, np.intp)
    hot = np.zeros(len(audio) + 1, np.bool_)
    places = np.concatenate(hot_samples)
    hot[places] = hot[places - 1] = True
    return np.flatnonzero(hot[:-1])


def peaks_at(audio: Stereo, places: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the true peak from each place up to the next sample, over all channels.

    Args:
        audio: The audio.
        places: Indices into ``audio``, ``REACH`` or more from either end, shape (places,).
    """
    # Added tap by tap, not as a matrix product, whose rounding depends on how many places
    # are asked for together.
    between = np.zeros((len(_INTERPOLATOR), len(places), audio.shape[1]), np.float32)
    for tap, weights in enumerate(_INTERPOLATOR.T, start=1 - REACH):
        between += weights[:, np.newaxis, np.newaxis] * audio.take(places + tap, axis=0)
    peaks = np.maximum(np.abs(between).max(axis=0), np.abs(audio.take(places, axis=0)))
    # ``peaks.max(axis=1)`` takes eight times as long.
    return np.asarray(np.maximum(peaks[:, 0], peaks[:, -1]))


class TruePeakMeter:
    """Measures a stream of stereo audio."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._last = np.zeros((2 * REACH, 2), np.float32)

    def feed(self, audio: Stereo) -> None:
        """Take the next samples, any number of them."""
        if len(audio) >= 2 * REACH and self._is_softer(audio):
            self._last = audio[-2 * REACH :].copy()
            return
        joined = np.concatenate([self._last, audio])
        self._peak = _peak(joined, self._peak)
        self._last = joined[-2 * REACH :].copy()

    def _is_softer(self, audio: Stereo) -> bool:
        """Return whether no true peak of the next samples, or of the last, is a new one."""
        loudest = max(float(row_peaks(audio).max()), float(np.abs(self._last).max()))
        return loudest <= self._peak * NEAR

    def dbtp(self) -> float:
        """Return the true peak so far, in dBTP; minus infinity for silence."""
        return gain_to_db(_peak(np.pad(self._last, ((0, REACH), (0, 0))), self._peak))


def _peak(audio: Stereo, at_least: float) -> float:
    """Return the true peak of ``audio`` but for ``REACH`` samples at either end."""
    loudest = float(row_peaks(audio).max())
    if loudest <= at_least * NEAR:
        return at_least
    peak = max(at_least, loudest)
    places = places_near(audio, peak)
    places = places[(places >= REACH) & (places < len(audio) - REACH)]
    return max(peak, float(peaks_at(audio, places).max(initial=0.0)))
