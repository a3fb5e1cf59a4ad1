"""How loud a tone is: each is brought to the one level that the mix expects of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono, Stereo


def leveling_gain(loudest_lufs: float) -> np.float32:
    """Return what brings the loudest 400 ms of a tone to ``LOUDEST_TONE_LUFS``.

    Args:
        loudest_lufs: What the loudest 400 ms of its breaths measure as it makes them, on average.
    """
    return np.float32(db_to_gain(LOUDEST_TONE_LUFS - loudest_lufs))


def as_stereo(middle: Mono, side: Mono, loudest_lufs: float) -> Stereo:
    """Return a tone at its level.

    Args:
        middle: Half the sum of its channels.
        side: Half their difference.
        loudest_lufs: As for ``leveling_gain``.
    """
    sound = np.empty((len(middle), 2), np.float32)
    np.add(middle, side, out=sound[:, 0])
    np.subtract(middle, side, out=sound[:, 1])
    sound *= leveling_gain(loudest_lufs)
    return sound
