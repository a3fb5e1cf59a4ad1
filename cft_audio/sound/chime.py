"""The chime that opens and closes a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.strike import strike

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo

LEVEL = db_to_gain(-20.0)
"""Peak of the chime, full scale 1: its loudest 400 ms then measure −26 LUFS, 6 LU below the
voice, so that it opens and does not startle."""

_HERTZ, _RING, _ATTACK = 220.0, 9.0, 0.02


SOFTER = db_to_gain(-8.0)
"""How much softer a chime is that tells someone who writes of their last minute: heard, and no
signal to stop at."""


def chime_sound() -> Stereo:
    """Return the sound of one chime, from its first sample until it has died away."""
    return strike(_HERTZ, _RING, _ATTACK) * np.float32(LEVEL)


def soft_chime_sound() -> Stereo:
    """Return the sound of a chime that is only touched."""
    return chime_sound() * np.float32(SOFTER)
