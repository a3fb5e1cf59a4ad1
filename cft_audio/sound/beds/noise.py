"""Noise without end that is nowhere the same twice.

It is made of rows, each shaped in the frequency domain from phases of its own, that pass into one
another at equal power. Rows are as short as they may be: their transform stays in the processor's
cache, and takes a third of the time of one as long as a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import ROW
from cft_audio.sound.beds.cells import CELL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

    Colour: TypeAlias = tuple[tuple[float, float], ...]
    """Points of a spectrum: Hz in ascending order, and dB of its power density. Between them it is
    a straight line over the logarithm of frequency, and outside of them there is nothing."""

_ROWS = CELL // ROW
"""Rows that begin in a cell, one each 0.3 s."""

_POINTS = 15_120
"""Samples of a row: a product of small primes, which the transform likes."""

_CROSSING = _POINTS - ROW
"""Samples in which a row passes into the next: 43 ms."""

_COMMON_LOW, _COMMON_HIGH, _COMMON_HZ = 0.8, 0.4, 400.0
"""Correlation of the two channels far below and far above a frequency: at two ears, a sound from
everywhere agrees in what is low and differs in what is high (Cook et al., "Measurement of
correlation coefficients in reverberant sound fields", J. Acoust. Soc. Am. 27, 1955). Both channels
added, noise loses 0.5 to 1.5 dB."""

_PHASES = np.exp(2j * np.pi * np.arange(256) / 256).astype(np.complex64)
"""One phase for each value of a byte: hundreds of them added up are Gaussian noise."""


class Noise:
    """Noise of one or more colours, each as loud as it is asked for, row by row.

    Args:
        colours: Each of them, at a gain of 1, has an RMS of 1 in each channel.
    """

    def __init__(self, *colours: Colour) -> None:
        hertz = np.asarray(np.fft.rfftfreq(_POINTS, 1 / SAMPLE_RATE)[1:-1], np.float64)
        levels = np.stack([_shape(colour, hertz) for colour in colours])
        heard = np.flatnonzero(levels.any(axis=0))
        kept = slice(heard[0], heard[-1] + 1)
        self._powers = np.square(levels[:, kept]).astype(np.float32)
        self._up = slice(kept.start + 1, kept.stop + 1)
        self._down = slice(_POINTS - self._up.start, _POINTS - self._up.stop, -1)
        share = 1 / (1 + (hertz[kept] / _COMMON_HZ) ** 2)
        angle = np.arcsin(_COMMON_HIGH + (_COMMON_LOW - _COMMON_HIGH) * share) / 2
        self._own = np.cos(angle).astype(np.float32)
        self._other = (1j * np.sin(angle)).astype(np.complex64)
        edge = (np.arange(_CROSSING) + 0.5) / _CROSSING * (np.pi / 2)
        self._in, self._out = np.sin(edge).astype(np.float32), np.cos(edge).astype(np.float32)

    def make(self, draw: np.random.Generator, *gains: NDArray[np.float64] | float) -> Wave:
        """Return the noise that begins in a cell, 43 ms longer than it.

        Args:
            draw: Decides all about it; one of each cell's own.
            gains: Of each colour, one for all rows or each row's own, shape (rows,).
        """
        rows = self._draw_rows(draw, gains)
        rows[:, :_CROSSING] *= self._in
        rows[:, ROW:] *= self._out
        wave = np.empty(CELL + _CROSSING, np.complex64)
        wave[:CELL].reshape(_ROWS, ROW)[...] = rows[:, :ROW]
        wave[ROW:CELL].reshape(_ROWS - 1, ROW)[:, :_CROSSING] += rows[:-1, ROW:]
        wave[CELL:] = rows[-1, ROW:]
        return wave

    def _draw_rows(
        self, draw: np.random.Generator, gains: tuple[NDArray[np.float64] | float, ...]
    ) -> NDArray[np.complex64]:
        power = np.zeros((_ROWS, self._powers.shape[1]), np.float32)
        for gain, powers in zip(gains, self._powers, strict=True):
            power += np.square(np.broadcast_to(gain, _ROWS)[:, None]).astype(np.float32) * powers
        phases = np.frombuffer(draw.bytes(2 * power.size), np.uint8).reshape(2, *power.shape)
        up, down = _PHASES[phases] * np.sqrt(power)
        # A tone on both channels is a line at its frequency and one at the negative of it; with
        # the conjugate of the other one, left and right change places.
        spectrum: NDArray[Any] = np.zeros((_ROWS, _POINTS), np.complex64)
        spectrum[:, self._up] = self._own * up + self._other * down.conj()
        spectrum[:, self._down] = self._own * down + self._other * up.conj()
        np.fft.ifft(spectrum, out=spectrum)
        return spectrum


def rows_of(cell: int) -> NDArray[np.int64]:
    """Return the samples at which the rows of a cell begin."""
    return cell * CELL + np.arange(_ROWS) * ROW


def _shape(colour: Colour, hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the level of ``colour`` at each bin of a row's spectrum."""
    corners, decibels = np.array(colour).T
    levels = db_to_gain(np.interp(np.log(hertz), np.log(corners), decibels))
    levels[(hertz < corners[0]) | (hertz > corners[-1])] = 0.0
    # By Parseval: a row's RMS follows from its spectrum.
    return np.asarray(levels * (_POINTS / np.sqrt(np.sum(levels**2))))
