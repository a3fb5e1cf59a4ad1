"""Many steady tones at once, each of which swells and fades as it is told to.

They are written into the spectra of short windows that overlap by half, and transformed together:
fifty tones take hardly more time than one (Rodet and Depalle, "Spectral envelopes and inverse FFT
synthesis", AES 93, 1992).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_WINDOWS = 20
"""Windows that begin in a cell."""

_HOP = CELL // _WINDOWS
_POINTS = 2 * _HOP
"""Samples of a window, 0.3 s, and of its transform: a product of small primes."""

_REACH = 12
"""Bins on either side of a tone into which it is written: what it makes differs from the tone by
less than 0.03 % of it."""

_SWELL_S, _TURN_S, _LEAN_S = 4.0, 2.2, 5.0
_LEAN_DB, _TURN, _WIDTH = 2.0, 4.0, 0.6
"""Seconds between the knots of a tone's level, phase and side; how far it leans to a side in dB,
and at most how many radians its phase turns, and lies apart in the two channels: some 0.2 Hz in
pitch, as a choir drifts, and a loss of at most 1.7 dB where both are added."""


class Partials:
    """Tones of fixed pitches that swell, turn and lean, each by itself and slowly.

    Args:
        hertz: Their pitches, shape (tones,), above 40 Hz.
        swell_db: How far each swells and fades at most.
        counters: What sets them apart from others, a seed first.
    """

    def __init__(self, hertz: NDArray[np.float64], swell_db: float, *counters: int | str) -> None:
        bins = hertz * (_POINTS / SAMPLE_RATE)
        self._turns = hertz / SAMPLE_RATE
        self._first = np.round(bins).astype(int) - _REACH
        near = self._first[:, None] + np.arange(2 * _REACH + 1)
        off = near - bins[:, None]
        # The transform of a Hann window, about the middle of which a tone's phase is told.
        hann = 0.5 * np.sinc(off) + 0.25 * (np.sinc(off - 1) + np.sinc(off + 1))
        self._shapes = (np.where(near % 2, -0.5, 0.5) * _POINTS * hann).astype(np.float32)
        shape = (len(hertz),)
        self._swell_db = swell_db
        self._swell = Drift(_SWELL_S, *counters, "swell", shape=shape)
        self._turn = Drift(_TURN_S, *counters, "turn", shape=(2, *shape))
        self._lean = Drift(_LEAN_S, *counters, "lean", shape=shape)

    def make(self, cell: int, levels: NDArray[np.float64]) -> Wave:
        """Return the windows that begin in a cell, 0.15 s longer than it.

        Args:
            cell: Its number.
            levels: Of each tone in the middle of each window, shape (tones, windows) or what
                broadcasts to it.
        """
        left, right = self._phasors(middles(cell)) * levels
        up = (left + 1j * right).astype(np.complex64)
        down = (left.conj() + 1j * right.conj()).astype(np.complex64)
        spectrum: NDArray[Any] = np.zeros((_WINDOWS, _POINTS), np.complex64)
        for tone, (first, shape) in enumerate(zip(self._first, self._shapes, strict=True)):
            stop = first + len(shape)
            spectrum[:, first:stop] += up[tone, :, None] * shape
            spectrum[:, _POINTS - first : _POINTS - stop : -1] += down[tone, :, None] * shape
        windows = np.fft.ifft(spectrum, out=spectrum)
        wave = np.zeros(CELL + _HOP, np.complex64)
        wave[:CELL].reshape(_WINDOWS, _HOP)[...] = windows[:, :_HOP]
        wave[_HOP:].reshape(_WINDOWS, _HOP)[...] += windows[:, _HOP:]
        return wave

    def _phasors(self, places: NDArray[np.int64]) -> NDArray[np.complex128]:
        """Return level and phase of each tone at ``places``, shape (2, tones, places)."""
        turn, apart = self._turn.at(places)
        lean_db = np.array([1, -1])[:, None, None] * _LEAN_DB * self._lean.at(places)
        level = db_to_gain(self._swell_db * self._swell.at(places) + lean_db)
        phase = 2 * np.pi * (np.outer(self._turns, places) % 1) + _TURN * turn
        sides = np.stack([phase + _WIDTH * apart, phase - _WIDTH * apart])
        return np.asarray(level * np.exp(1j * sides))


def middles(cell: int) -> NDArray[np.int64]:
    """Return the samples in the middle of the windows that begin in a cell."""
    return cell * CELL + (np.arange(_WINDOWS) + 1) * _HOP
