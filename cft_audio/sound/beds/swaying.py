"""Levels that move within a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import interpolate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_STEP = 441
"""Samples between two points of a curve, which is straight between them: 10 ms, within which no
level moves by more than 1 dB. A cell is a whole number of them."""


def sway(
    wave: Wave, start: int, level_db: Callable[[NDArray[np.int64]], NDArray[np.float64]]
) -> None:
    """Move the level of ``wave``.

    Args:
        wave: What is written over.
        start: Its first sample, that of a cell.
        level_db: Gives the level in dB at samples.
    """
    points = start + np.arange(-(-len(wave) // _STEP) + 1) * _STEP
    wave *= interpolate(db_to_gain(level_db(points)).astype(np.float32), _STEP)[: len(wave)]
