"""The curve of a breath: how full the lungs are, from one moment of it to the next. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cft_audio.timeline.breath_patterns import Pattern


def fullness(pattern: Pattern, share: float) -> float:
    """Return how full the lungs are, 0 to 1, after a ``share`` of a breath, 0 to 1.

    It rises and falls as half a cosine: slowly at the turns.
    """
    phases = (pattern.inhale, pattern.full_hold, pattern.exhale, pattern.empty_hold)
    at = share * sum(phases)
    inhale, full_hold, exhale, _ = phases
    if at < inhale:
        return (1 - math.cos(math.pi * at / inhale)) / 2
    at -= inhale
    if at < full_hold:
        return 1.0
    at -= full_hold
    if at < exhale:
        return (1 + math.cos(math.pi * at / exhale)) / 2
    return 0.0
