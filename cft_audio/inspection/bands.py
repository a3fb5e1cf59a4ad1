"""The levels of a sound's bands over time: what a breathing tone moves, slowly and evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

EDGES_HZ = (60.0, 110.0, 180.0, 280.0, 420.0, 650.0, 1_000.0, 1_600.0, 2_600.0, 4_500.0)
"""Where the bands end: the tones and their overtones lie in them."""

PER_SECOND = 10
_HOP = SAMPLE_RATE // PER_SECOND
_WINDOW = 8_192
"""Samples of a transform: 5 Hz apart, and as long as two hops."""


class BandMeter:
    """Measures a stream of stereo audio, ten times a second."""

    def __init__(self) -> None:
        frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
        self._bins = np.searchsorted(frequencies, EDGES_HZ)
        self._window = np.hanning(_WINDOW).astype(np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._rows: list[NDArray[np.float32]] = []

    def feed(self, audio: Stereo) -> None:
        """Take the next samples."""
        mono = audio.mean(axis=1, dtype=np.float32)
        heard = np.concatenate([self._waiting, mono])
        count = max(0, (len(heard) - _WINDOW) // _HOP + 1)
        if count:
            windows = np.lib.stride_tricks.sliding_window_view(heard, _WINDOW)[::_HOP][:count]
            powers = np.abs(np.fft.rfft(windows * self._window)) ** 2
            sums = np.add.reduceat(powers, self._bins, axis=1)[:, :-1]
            self._rows.append(sums.astype(np.float32))
        self._waiting = heard[count * _HOP :]

    def levels(self) -> NDArray[np.float32]:
        """Return the levels in dB, shape (tenths of a second, bands)."""
        empty = np.zeros((0, len(EDGES_HZ) - 1), np.float32)
        powers = np.concatenate([empty, *self._rows])
        levels: NDArray[np.float32] = 10 * np.log10(np.maximum(powers, np.float32(1e-9)))
        return levels
