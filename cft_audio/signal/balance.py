"""How loud bed, tone and bells are against the voice, beside what suits most people."""

from __future__ import annotations

from dataclasses import dataclass, field

QUIETEST_DB, LOUDEST_DB = -20.0, 8.0
"""The range of decibels that can be asked for."""

_RANGE = {"range": (QUIETEST_DB, LOUDEST_DB)}


@dataclass(frozen=True)
class Balance:
    """Levels in decibels beside the reference levels, 0 for medium.

    Attributes:
        bed: Of the bed.
        tone: Of the breathing tone.
        bell: Of the bells.
    """

    bed: float = field(default=0.0, metadata=_RANGE)
    tone: float = field(default=0.0, metadata=_RANGE)
    bell: float = field(default=0.0, metadata=_RANGE)


MEDIUM = Balance()
"""Each as loud as suits most people."""
