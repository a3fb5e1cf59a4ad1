"""A fire in a hearth: flames that flutter low, embers that crackle softly, now and then a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift, chance, draw_places
from cft_audio.sound.beds.chirps import Chirps, lay_chirps, pan
from cft_audio.sound.beds.noise import Noise
from cft_audio.sound.beds.swaying import sway

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_FLAMES = (
    *((25.0, -18.0), (50.0, -2.0), (90.0, 0.0), (200.0, -5.0), (450.0, -12.0), (900.0, -22.0)),
    *((1800.0, -35.0), (3600.0, -50.0)),
)
_AIR = (
    *((150.0, -8.0), (400.0, 0.0), (900.0, -4.0), (1600.0, -10.0), (2500.0, -14.0)),
    *((4500.0, -14.0), (6000.0, -10.0), (8500.0, -12.0), (12000.0, -30.0)),
)
"""The draught in the hearth, and the hiss of what burns."""

_FLAMES_GAIN, _AIR_GAIN = 0.012, 0.0015
_BUSIEST = 6.0
"""How often their usual rate the crackles reach at most."""

_SIDES = 0.5


class Fire:
    """A fire.

    Args:
        seed: Decides all about it.
    """

    lufs = -36.1
    beside_db = 0.0

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_FLAMES, _AIR)
        self._slow = Drift(5.0, seed, "fire", "slow")
        self._lap = Drift(0.21, seed, "fire", "lap")
        self._flutter = Drift(0.055, seed, "fire", "flutter")
        self._embers = Drift(7.0, seed, "fire", "embers")
        self._burst = Drift(0.9, seed, "fire", "burst")

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        draw = chance(self._seed, "fire", cell)
        wave = self._noise.make(draw, _FLAMES_GAIN, _AIR_GAIN)
        sway(wave, cell * CELL, self._flames_db)
        self._crackle(wave, draw, cell)
        self._settle(wave, draw)
        return wave

    def _flames_db(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        lap = 3.5 * self._lap.at(places) + 3.0 * self._flutter.at(places)
        return 2.5 * self._slow.at(places) + lap

    def _crackle(self, wave: Wave, draw: np.random.Generator, cell: int) -> None:
        """Lay crackles in bursts, each a dull and a fine one together; the loudest is soft."""

        def share(places: NDArray[np.int64]) -> NDArray[np.float64]:
            at = cell * CELL + places
            busy = 4.5 * self._burst.at(at) + 1.5 * self._embers.at(at) - 0.3
            return np.asarray(np.exp(busy) / _BUSIEST)

        places = draw_places(draw, _BUSIEST * 10, share)
        count = len(places)
        levels = 0.013 + 0.15 * draw.random(count) ** 4
        gains = pan(levels, draw.uniform(-_SIDES, _SIDES, count))
        dull = np.exp(draw.uniform(np.log(450), np.log(1700), count))
        decays = 500 + 1200 * draw.random(count)
        lay_chirps(wave, Chirps(places, dull, 0.0, decays, gains), 0.0003)
        fine = draw.uniform(5200, 8000, count)
        decays = 1200 + 1200 * draw.random(count)
        lay_chirps(wave, Chirps(places, fine, 0.0, decays, 0.5 * gains), 0.0003)

    def _settle(self, wave: Wave, draw: np.random.Generator) -> None:
        """Lay the dull knock of a log that settles, every three seconds or so."""
        count = int(draw.poisson(1.0))
        places = draw.integers(0, CELL, count)
        hertz = draw.uniform(180, 420, count)
        gains = pan(draw.uniform(0.04, 0.11, count), draw.uniform(-_SIDES, _SIDES, count))
        for pitch, level, quick, attack in ((1.0, 1.0, 70.0, 0.004), (2.5, 0.4, 150.0, 0.002)):
            decays = draw.uniform(quick, 1.7 * quick, count)
            chirps = Chirps(places, pitch * hertz, 0.0, decays, level * gains)
            lay_chirps(wave, chirps, attack)
