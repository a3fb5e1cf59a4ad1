"""Decibels: levels as factors on an amplitude or on a power, and back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Level = TypeVar("_Level", float, NDArray[np.float64])


def db_to_gain(level_db: _Level) -> _Level:
    """Return the factor on an amplitude that changes its level by ``level_db`` decibels."""
    return 10 ** (level_db / 20)


def gain_to_db(gain: float) -> float:
    """Return the level of an amplitude in decibels; minus infinity for 0."""
    return 20 * math.log10(gain) if gain > 0 else -math.inf


def db_to_power(level_db: _Level) -> _Level:
    """Return the factor on a power that changes its level by ``level_db`` decibels."""
    return 10 ** (level_db / 10)


def power_to_db(power: float) -> float:
    """Return the level of a power in decibels; minus infinity for 0."""
    return 10 * math.log10(power) if power > 0 else -math.inf
