"""A pad: notes of one open chord that come and go so slowly that none is heard to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.sound.beds.chance import chance
from cft_audio.sound.beds.noise import Noise
from cft_audio.sound.beds.partials import Partials, middles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_PITCHES = {
    "A2": 110.0,
    "E3": 164.81,
    "A3": 220.0,
    "B3": 246.94,
    "C#4": 277.18,
    "E4": 329.63,
    "F#4": 369.99,
    "A4": 440.0,
    "B4": 493.88,
    "C#5": 554.37,
}
"""Hertz of what it plays, A major without the two notes that want to lead somewhere; A2 and E3
are where the swell rests and where it rises to."""


@dataclass(frozen=True)
class _Hand:
    """What plays one note after the other, each fading into the next.

    Attributes:
        period: Seconds from one to the next; each sounds for twice as long.
        level: Of its notes at most.
        notes: What it plays, in an order of chance.
    """

    period: float
    level: float
    notes: tuple[str, ...]


_HANDS = (
    _Hand(23.0, 1.0, ("A2", "A2", "A2", "E3")),
    _Hand(17.0, 0.75, ("E3", "A3", "E3")),
    _Hand(14.5, 0.55, ("A3", "B3", "C#4", "E4")),
    _Hand(12.6, 0.42, ("C#4", "E4", "F#4", "E4")),
    _Hand(19.0, 0.25, ("A4", "B4", "C#5", "E4")),
)
_HARMONICS, _HIGHEST_HZ = 6, 1400.0
_ROUND = 1.6
"""How quickly the harmonics of a note fall: the higher, the rounder."""

_SWELL_DB = 6.0
_GAIN, _AIR_GAIN = 0.05, 0.003
_AIR = (
    *((150.0, -20.0), (300.0, -4.0), (600.0, 0.0), (1200.0, -6.0), (2000.0, -20.0)),
    (4000.0, -50.0),
)
"""A breath of noise, which takes away what is glassy in tones alone."""


class Pad:
    """A pad.

    Args:
        seed: Decides what it plays.
    """

    lufs = -25.1
    beside_db = 0.5

    def __init__(self, seed: int) -> None:
        self._seed = seed
        tones = [
            (note, number, number * hertz)
            for note, hertz in enumerate(_PITCHES.values())
            for number in range(1, _HARMONICS + 1)
            if number * hertz < _HIGHEST_HZ
        ]
        notes, numbers, hertz = np.array(tones).T
        self._notes = notes.astype(int)
        self._shares = _GAIN * numbers[:, None] ** -_ROUND
        self._partials = Partials(hertz, _SWELL_DB, seed, "pad")
        self._air = Noise(_AIR)
        self._ahead = chance(seed, "pad").random(len(_HANDS))

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        levels = self._play(middles(cell))[self._notes] * self._shares
        wave = self._partials.make(cell, levels)
        air = self._air.make(chance(self._seed, "pad", cell), _AIR_GAIN)
        wave[: len(air)] += air
        return wave

    def _play(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how loud each pitch is at ``places``, shape (pitches, places)."""
        names = list(_PITCHES)
        powers = np.zeros((len(names), len(places)))
        for number, (hand, ahead) in enumerate(zip(_HANDS, self._ahead, strict=True)):
            way = places / (hand.period * SAMPLE_RATE) + ahead
            for note in range(int(way[0]) - 1, int(way[-1]) + 1):
                draw = chance(self._seed, "note", number, note + 1)
                name = hand.notes[int(draw.integers(len(hand.notes)))]
                level = hand.level * draw.uniform(0.7, 1.0)
                sounding = np.sin(np.pi * np.clip((way - note) / 2, 0, 1))
                powers[names.index(name)] += np.square(level * np.square(sounding))
        return np.asarray(np.sqrt(powers))
