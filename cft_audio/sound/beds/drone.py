"""A drone: a warm low chord that breathes, in tune with the swell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.sound.beds.partials import Partials

if TYPE_CHECKING:
    from cft_audio.sound.beds.cells import Wave

_CHORD = ((55.0, 0.8), (82.4, 0.5), (110.0, 1.0), (164.8, 0.55), (220.0, 0.3), (329.6, 0.1))
"""Hertz and level of its tones: A and E over three octaves."""

_SWELL_DB = 2.0


class Drone:
    """A drone.

    Args:
        seed: Decides how it breathes.
    """

    lufs = -24.5
    beside_db = -2.5

    def __init__(self, seed: int) -> None:
        hertz, levels = np.array(_CHORD).T
        self._levels = 0.05 * levels[:, None]
        self._partials = Partials(hertz, _SWELL_DB, seed, "drone")

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        return self._partials.make(cell, self._levels)
