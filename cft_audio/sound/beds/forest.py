"""A wood: leaves in a light wind, and now and then a bird, far off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.beds.birds import draw_song
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift, chance
from cft_audio.sound.beds.chirps import pan
from cft_audio.sound.beds.noise import Noise, rows_of
from cft_audio.sound.beds.swaying import sway

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.sound.beds.cells import Wave

_WIND = (
    *((40.0, -14.0), (80.0, 0.0), (160.0, 0.0), (400.0, -6.0), (900.0, -15.0)),
    *((1800.0, -26.0), (4000.0, -42.0)),
)
_LEAVES = (
    *((250.0, -20.0), (500.0, -6.0), (900.0, -3.0), (1500.0, -6.0), (2300.0, -11.0)),
    *((3500.0, -11.0), (5000.0, -4.0), (7000.0, 0.0), (9000.0, -5.0), (12000.0, -25.0)),
    (13000.0, -40.0),
)
_WIND_GAIN, _LEAVES_GAIN = 0.05, 0.016
_WIND_DB, _LEAVES_DB, _RUSTLE_DB = 3.0, 7.0, 1.8
_SONGS = 0.3
"""How likely a song begins in a cell: one in ten seconds."""

_SONG_GAIN = 0.045
_ECHOES, _ECHO_GAIN, _ECHO_S, _ECHO_FALL_S = 12, 0.32, 0.5, 0.22
"""From how many trees a song comes back, how loud, within which seconds, and how these fall."""


class Forest:
    """A wood.

    Args:
        seed: Decides all about it.
    """

    lufs = -22.6
    beside_db = 0.0

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_WIND, _LEAVES)
        self._slow = Drift(7.0, seed, "forest", "slow")
        self._quick = Drift(2.3, seed, "forest", "quick")
        self._rustle = Drift(0.11, seed, "forest", "rustle")

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        draw = chance(self._seed, "forest", cell)
        rows = rows_of(cell)
        gust = self._slow.at(rows) + 0.5 * self._quick.at(rows)
        leaves = self._noise.make(
            draw,
            _WIND_GAIN * db_to_gain(_WIND_DB * gust),
            _LEAVES_GAIN * db_to_gain(_LEAVES_DB * gust),
        )
        sway(leaves, cell * CELL, self._rustle_db)
        if draw.random() >= _SONGS:
            return leaves
        wave = np.zeros(2 * CELL, np.complex64)
        wave[: len(leaves)] = leaves
        _lay_song(wave, draw, draw_song(draw))
        return wave

    def _rustle_db(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        return _RUSTLE_DB * self._rustle.at(places)


def _lay_song(wave: Wave, draw: np.random.Generator, song: Mono) -> None:
    """Add a song from one side, and its echoes from all of them."""
    place = int(draw.integers(0, CELL))
    level = _SONG_GAIN * draw.uniform(0.5, 1.0)
    late = np.append(0.0, 0.02 + _ECHO_S * draw.random(_ECHOES) ** 1.5)
    levels = np.append(level, level * _ECHO_GAIN * np.exp(-late[1:] / _ECHO_FALL_S))
    sides = np.append(draw.uniform(-0.6, 0.6), draw.uniform(-0.8, 0.8, _ECHOES))
    gains = pan(levels, sides).astype(np.complex64)
    for seconds, gain in zip(late, gains, strict=True):
        part = wave[place + samples(seconds) :][: len(song)]
        part += song[: len(part)] * gain
