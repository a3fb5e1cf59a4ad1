"""Rain on leaves, a sill and puddles, in gusts that come and go over tens of seconds.

Its weight is low, as of rain on a roof, and its light above 5 kHz: where speech is told from
speech, between 2 and 5 kHz, there is little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift, chance, draw_places
from cft_audio.sound.beds.chirps import Chirps, bubble_decays, lay_chirps, pan
from cft_audio.sound.beds.noise import Noise, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_FAR = (
    *((40.0, -24.0), (75.0, -2.0), (100.0, 0.0), (150.0, 0.0), (250.0, -4.0), (400.0, -8.0)),
    *((1000.0, -18.0), (2000.0, -28.0), (3500.0, -34.0), (5500.0, -31.0), (8000.0, -33.0)),
    (13000.0, -60.0),
)
"""All the drops that are too many and too far off to be told apart."""

_NEAR = (
    *((800.0, -20.0), (1500.0, -9.0), (2500.0, -13.0), (3500.0, -11.0), (5500.0, -1.0)),
    *((8000.0, 0.0), (10000.0, -7.0), (13000.0, -40.0)),
)
"""Those around the listener, which a gust brings more of."""

_FAR_GAIN, _NEAR_GAIN = 0.025, 0.0055
_FAR_GUST_DB, _NEAR_GUST_DB, _DROPS_GUST_DB = 3.0, 7.0, 4.0
_GUST_MOST = 1.4
"""How high a gust can be, as ``Rain._gust`` counts."""

_FINE = 0.6
"""The share of the drops on leaves that tick; the others pat."""

_SIDES = 0.6
"""How far to a side a drop falls."""


class Rain:
    """Rain.

    Args:
        seed: Decides all about it.
    """

    lufs = -28.6
    beside_db = 1.3

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_FAR, _NEAR)
        self._slow = Drift(8.0, seed, "rain", "slow")
        self._quick = Drift(3.7, seed, "rain", "quick")

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        draw = chance(self._seed, "rain", cell)
        gust = self._gust(rows_of(cell))
        wave = self._noise.make(
            draw,
            _FAR_GAIN * db_to_gain(_FAR_GUST_DB * gust),
            _NEAR_GAIN * db_to_gain(_NEAR_GUST_DB * gust),
        )
        self._fall_on_leaves(wave, draw, cell)
        self._fall_in_puddles(wave, draw, cell)
        self._fall_on_the_sill(wave, draw, cell)
        return wave

    def _gust(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        return 0.9 * self._slow.at(places) + 0.5 * self._quick.at(places)

    def _draw_drops(self, draw: np.random.Generator, cell: int, rate: float) -> NDArray[np.int64]:
        """Return where drops fall in a cell, ``rate`` a second between the gusts."""

        def share(places: NDArray[np.int64]) -> NDArray[np.float64]:
            gust = self._gust(cell * CELL + places)
            return np.asarray(db_to_gain(_DROPS_GUST_DB * (gust - _GUST_MOST)))

        return draw_places(draw, rate * db_to_gain(_DROPS_GUST_DB * _GUST_MOST), share)

    def _fall_on_leaves(self, wave: Wave, draw: np.random.Generator, cell: int) -> None:
        """Lay dull pats and fine ticks: damped so much that they are hardly a tone."""
        places = self._draw_drops(draw, cell, 80)
        count = len(places)
        fine, size = draw.random(count) < _FINE, draw.random(count)
        hertz = np.where(fine, 5000 + 3500 * size, 1300 - 1000 * np.sqrt(size))
        decays = np.where(fine, 3.0, 1.0) * (350 + 600 * draw.random(count))
        # Most fall far off, a few near by.
        levels = np.where(fine, 0.6, 0.7) * (0.02 + 0.16 * draw.random(count) ** 4)
        gains = pan(levels, draw.uniform(-_SIDES, _SIDES, count))
        lay_chirps(wave, Chirps(places, hertz, 0.0, decays, gains), 0.0004)

    def _fall_in_puddles(self, wave: Wave, draw: np.random.Generator, cell: int) -> None:
        """Lay the bubbles that drops draw into water."""
        places = self._draw_drops(draw, cell, 7)
        count = len(places)
        hertz = 420 + 1000 * draw.random(count) ** 1.5
        decays = 1.3 * bubble_decays(hertz)
        rises = decays * draw.uniform(0.02, 0.12, count)
        levels = 0.03 + 0.1 * draw.random(count) ** 3
        gains = pan(levels, draw.uniform(-_SIDES, _SIDES, count))
        lay_chirps(wave, Chirps(places, hertz, rises, decays, gains), 0.0012)

    def _fall_on_the_sill(self, wave: Wave, draw: np.random.Generator, cell: int) -> None:
        """Lay knocks on wood, of two tones each."""
        places = self._draw_drops(draw, cell, 2.5)
        count = len(places)
        hertz = draw.uniform(260, 520, count)
        levels = 0.04 + 0.14 * draw.random(count) ** 3
        gains = pan(levels, draw.uniform(-_SIDES, _SIDES, count))
        for pitch, level, quick in ((1.0, 1.0, 90.0), (2.55, 0.35, 180.0)):
            decays = draw.uniform(quick, 1.8 * quick, count)
            chirps = Chirps(places, pitch * hertz, 0.0, decays, level * gains)
            lay_chirps(wave, chirps, 0.001)
