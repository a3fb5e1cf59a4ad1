"""A summer night: faint air, and crickets far off in choruses that come and go.

They sing above 5 kHz, as many do: clear of speech, and of the one high note at 4 kHz that nobody
can leave unheard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fade_out
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift, chance
from cft_audio.sound.beds.chirps import pan
from cft_audio.sound.beds.noise import Noise, rows_of

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono
    from cft_audio.sound.beds.cells import Wave

_AIR = (
    *((40.0, -12.0), (70.0, 0.0), (130.0, -1.0), (250.0, -6.0), (500.0, -13.0), (1000.0, -22.0)),
    *((2000.0, -33.0), (4000.0, -44.0), (10000.0, -60.0)),
)
_CHOIR = (
    *((4800.0, -45.0), (5150.0, -12.0), (5350.0, 0.0), (5600.0, -9.0), (5950.0, -4.0)),
    *((6200.0, -2.0), (6600.0, -10.0), (7000.0, -6.0), (7400.0, -12.0), (8200.0, -45.0)),
)
"""Crickets that are too many and too far off to be told apart."""

_AIR_GAIN, _CHOIR_GAIN, _CRICKET_GAIN = 0.05, 0.0045, 0.06
_AIR_DB, _CHOIR_DB = 2.5, 8.0
_CRICKETS = 8
_LEFT_OUT = 0.12
"""The share of its chirps that a cricket leaves out."""

_LONGEST = samples(0.4)
"""Samples that a chirp takes at most, with what it is late by."""


class Night:
    """A night.

    Args:
        seed: Decides all about it.
    """

    lufs = -23.9
    beside_db = 0.0

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_AIR, _CHOIR)
        self._air = Drift(8.0, seed, "night", "air")
        self._choir = Drift(6.0, seed, "night", "choir")
        self._crickets = [_Cricket(seed, number) for number in range(_CRICKETS)]

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        rows = rows_of(cell)
        air = self._noise.make(
            chance(self._seed, "night", cell),
            _AIR_GAIN * db_to_gain(_AIR_DB * self._air.at(rows)),
            _CHOIR_GAIN * db_to_gain(_CHOIR_DB * self._choir.at(rows)),
        )
        wave = np.zeros(CELL + _LONGEST, np.complex64)
        wave[: len(air)] = air
        for cricket in self._crickets:
            cricket.sing(wave, cell)
        return wave


class _Cricket:
    """One of them: it chirps in its own pitch and tempo, and rests for long."""

    def __init__(self, seed: int, number: int) -> None:
        self._counters = (seed, "cricket", number)
        draw = chance(*self._counters)
        self._hertz = draw.uniform(5150, 6500)
        self._tempo = draw.uniform(0.75, 1.5) * SAMPLE_RATE
        self._ahead = draw.random()
        self._gain = _CRICKET_GAIN * complex(pan(draw.uniform(0.5, 1.0), draw.uniform(-0.6, 0.6)))
        self._there = Drift(draw.uniform(7, 11), *self._counters, "there")
        self._envelope = _shape_chirp(int(draw.integers(3, 6)), draw.uniform(24, 31))
        time = np.arange(len(self._envelope)) / SAMPLE_RATE
        self._radians = (2 * np.pi * time).astype(np.float32)

    def sing(self, wave: Wave, cell: int) -> None:
        """Add the chirps that begin in a cell."""
        start = cell * CELL / self._tempo - self._ahead
        stop = (cell + 1) * CELL / self._tempo - self._ahead
        for number in range(int(np.ceil(start)), int(np.ceil(stop))):
            place = int((number + self._ahead) * self._tempo) - cell * CELL
            self._chirp(wave, place, number + 1, self._level(cell * CELL + place))

    def _level(self, place: int) -> float:
        there = self._there.at(np.array([place]))[0]
        return float(np.clip(0.35 + 1.7 * there, 0, 1) ** 1.5)

    def _chirp(self, wave: Wave, place: int, number: int, level: float) -> None:
        draw = chance(*self._counters, "chirp", number)
        if level == 0 or draw.random() < _LEFT_OUT:
            return
        hertz = np.float32(self._hertz * draw.normal(1, 0.004))
        chirp = np.sin(hertz * self._radians + np.float32(draw.uniform(0, 2 * np.pi)))
        chirp *= self._envelope
        place += int(draw.integers(0, samples(0.04)))
        gain = self._gain * level * draw.uniform(0.8, 1.0)
        wave[place : place + len(chirp)] += chirp * np.complex64(gain)


def _shape_chirp(pulses: int, rate: float) -> Mono:
    """Return the envelope of a chirp of ``pulses``, ``rate`` a second, blurred by its way."""
    way = np.arange(round((pulses + 0.6) / rate * SAMPLE_RATE)) * (rate / SAMPLE_RATE)
    number = np.floor(way)
    pulse = np.sin(np.pi * np.minimum(1, (way - number) / 0.62)) ** 2
    sung = pulse * np.minimum(1, 0.45 + 0.3 * number) * (number < pulses)
    echo = np.exp(-np.arange(samples(0.034)) / samples(0.008))
    blurred = np.convolve(sung, echo / echo.sum())[: len(sung)]
    envelope = (0.75 * sung + 0.5 * blurred).astype(np.float32)
    envelope[-samples(0.027) :] *= fade_out(samples(0.027))
    return np.asarray(envelope)
