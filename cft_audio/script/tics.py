"""Turns of phrase that are said too often, counted over a whole rendering."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.languages.pack import Tic

_ALWAYS_ALLOWED = 2
"""How often any is allowed in one session, however short: twice is no habit yet."""


def budget_of(tic: Tic, words: int, minutes: float) -> int:
    """Return how often a turn of phrase may be said in so many words, or in so many minutes."""
    if tic.most_in_five_minutes:
        return max(1, math.floor(tic.most_in_five_minutes * minutes / 5))
    return max(_ALWAYS_ALLOWED, math.ceil(tic.most * words / 1000))


def find_tics(
    spoken: str, minutes: float, tics: tuple[Tic, ...]
) -> Iterator[tuple[Tic, list[str], int]]:
    """Yield each turn of phrase that is over its budget, where it was said, and the budget.

    Args:
        spoken: Everything that is said in a session but the cues of its breaths, and refrains.
        minutes: How long the session lasts.
        tics: What is counted.
    """
    words = len(spoken.split())
    for tic in tics:
        found = [match[0] for match in re.finditer(tic.pattern, spoken, re.IGNORECASE)]
        if len(found) > (most := budget_of(tic, words, minutes)):
            yield tic, found, most
