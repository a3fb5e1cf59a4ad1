"""The bells of a practice, and those that tell the time in it: made here or a person's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.names import BELLS
from cft_audio.sound.own_file import read_own_bell
from cft_audio.sound.strike import strike

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo

_SHAPES = {
    "bowl": (220.0, 9.0, 0.02),
    "small-bowl": (440.0, 7.0, 0.012),
    "deep-bowl": (146.8, 14.0, 0.03),
}
"""Hertz of the lowest partial, seconds of ring and of attack: A3, A4 and D3, in tune with the
swell."""

PEAK = db_to_gain(-20.0)
"""Peak of a bell, full scale 1: the loudest 400 ms of the bowl then measure −26 LUFS, 6 LU below
the voice, so that it opens and does not startle."""

SOFTER = db_to_gain(-8.0)
"""How much softer a bell is that tells someone who writes of their last minute: heard, and no
signal to stop at."""


def read_bell(name: str) -> Stereo:
    """Return the sound of one stroke of the bell ``name``, until it has died away.

    Args:
        name: One of ``names.BELLS``, or the path of a sound file.

    Raises:
        SoundError: If the file cannot be used.
    """
    sound = strike(*_SHAPES[name]) if name in BELLS else read_own_bell(Path(name))
    return sound * np.float32(PEAK / np.abs(sound).max())
