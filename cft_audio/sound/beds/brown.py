"""Brown: an even, dark rush, like a waterfall far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.sound.beds.chance import chance
from cft_audio.sound.beds.noise import Noise

if TYPE_CHECKING:
    from cft_audio.sound.beds.cells import Wave

_COLOUR = ((20.0, -24.0), (40.0, 0.0), (1800.0, -33.0), (3600.0, -63.0))
"""6 dB less with each octave, which makes noise brown, from 40 to 1,800 Hz."""


class Brown:
    """Brown noise.

    Args:
        seed: Decides all about it.
    """

    lufs = 0.3
    beside_db = -0.4

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._noise = Noise(_COLOUR)

    def make(self, cell: int) -> Wave:
        """Return what begins in a cell."""
        return self._noise.make(chance(self._seed, "brown", cell), 1.0)
