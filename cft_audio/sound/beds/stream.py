"""A stream over stones: bubbles of many sizes, in places that babble now more and now less."""

from __future__ import annotations

from dataclasses import dataclass
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

_RUSH = (
    *((40.0, -18.0), (75.0, -2.0), (100.0, 0.0), (140.0, 0.0), (250.0, -5.0), (400.0, -9.0)),
    *((1000.0, -18.0), (2000.0, -27.0), (3500.0, -34.0), (5000.0, -29.0), (7500.0, -28.0)),
    *((10000.0, -38.0), (13000.0, -60.0)),
)
"""The water that runs by, without its bubbles."""

_RUSH_GAIN, _RUSH_DB = 0.016, 1.5
_DAMPING = 2.4
"""How much quicker bubbles die away here than one by itself in still water."""

_SIDES = 0.15


@dataclass(frozen=True)
class _Place:
    """Where the water falls over a stone.

    Attributes:
        side: −1 for left to 1 for right.
        hertz: The pitch of its largest bubbles.
        octaves: That of its smallest, above it.
        rate: Bubbles in a second at its usual.
        level: Of its largest bubbles at most.
    """

    side: float
    hertz: float
    octaves: float
    rate: float
    level: float


_PLACES = (
    _Place(-0.6, 300.0, 1.7, 9.0, 0.14),
    _Place(-0.15, 420.0, 1.7, 12.0, 0.11),
    _Place(0.25, 240.0, 1.5, 7.0, 0.13),
    _Place(0.6, 560.0, 1.5, 12.0, 0.08),
    _Place(0.05, 1100.0, 0.9, 13.0, 0.033),
)
_BUSIEST = 4.0
"""How often a place's usual rate it reaches at most."""


class Stream:
    """A stream.

    Args:
        seed: Decides all about it.
    """

    lufs = -32.7
    beside_db = 1.8

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_RUSH)
        self._rush = Drift(6.0, seed, "stream", "rush")
        self._slow = [Drift(1.9, seed, "stream", "slow", n) for n in range(len(_PLACES))]
        self._quick = [Drift(0.28, seed, "stream", "quick", n) for n in range(len(_PLACES))]

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        draw = chance(self._seed, "stream", cell)
        gain = _RUSH_GAIN * db_to_gain(_RUSH_DB * self._rush.at(rows_of(cell)))
        wave = self._noise.make(draw, gain)
        for number in range(len(_PLACES)):
            self._babble(wave, draw, cell, number)
        return wave

    def _babble(self, wave: Wave, draw: np.random.Generator, cell: int, number: int) -> None:
        place = _PLACES[number]

        def share(at: NDArray[np.int64]) -> NDArray[np.float64]:
            slow = self._slow[number].at(cell * CELL + at)
            quick = self._quick[number].at(cell * CELL + at)
            return np.asarray(np.exp(1.6 * slow + 2.2 * quick) / _BUSIEST)

        places = draw_places(draw, _BUSIEST * place.rate, share)
        if not len(places):
            return
        # One stone's bubbles go up and down together, and are smaller where there are fewer.
        size = 0.5 - 0.5 * self._quick[number].at(cell * CELL + places)
        size += draw.normal(0, 0.22, len(places))
        octaves = place.octaves * np.clip(size, -0.1, 1.1)
        hertz = place.hertz * 2**octaves
        decays = _DAMPING * bubble_decays(hertz)
        rises = decays * (0.05 + 0.2 * draw.random(len(places)) ** 2)
        levels = place.level * 2 ** (-0.6 * octaves) * (0.05 + 0.85 * draw.random(len(places)) ** 3)
        gains = pan(levels, place.side + draw.uniform(-_SIDES, _SIDES, len(places)))
        lay_chirps(wave, Chirps(places, hertz, rises, decays, gains), 0.002)
