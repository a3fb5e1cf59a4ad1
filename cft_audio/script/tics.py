"""Turns of phrase that are said too often, counted over a whole rendering."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.script.cues import Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cft_audio.languages.pack import Tic
    from cft_audio.script.cues import Section

_ALWAYS_ALLOWED = 3
"""How often any is allowed in one session, however short: three times is no habit yet."""

_BY_CHANCE = 1.5
"""How much of its budget, which holds for all tellings of a practice, one of them may say."""


@dataclass(frozen=True)
class OverBudget:
    """A turn of phrase that is said too often in one rendering.

    Attributes:
        tic: Which.
        example: How it is said the first time.
        times: How often it is said.
        most: How often it may be said.
        minutes: How long the session lasts.
        told_for: The adaptations that it is told for.
    """

    tic: Tic
    example: str
    times: int
    most: int
    minutes: float
    told_for: tuple[str, ...] = ()

    @property
    def excess(self) -> float:
        """How many times its budget it is said."""
        return self.times / self.most


def budget_of(tic: Tic, words: int, minutes: float) -> int:
    """Return how often a turn of phrase may be said in so many words, or in so many minutes."""
    if tic.most_in_five_minutes:
        return max(1, math.floor(tic.most_in_five_minutes * minutes / 5))
    return max(_ALWAYS_ALLOWED, math.ceil(tic.most * _BY_CHANCE * words / 1000))


def counted_words(sections: Iterable[Section]) -> str:
    """Return everything that is said but the cues of breaths, and refrains."""
    cues = (cue for section in sections for cue in section.cues)
    return " ".join(
        cue.line.text for cue in cues if isinstance(cue, Say) and not cue.line.is_refrain
    )


def find_tics(
    said: str, minutes: float, tics: Iterable[Tic], told_for: tuple[str, ...] = ()
) -> Iterator[OverBudget]:
    """Yield each turn of phrase that is over its budget.

    Args:
        said: What ``counted_words`` gives.
        minutes: How long the session lasts.
        tics: What is counted.
        told_for: The adaptations that it is told for.
    """
    words = len(said.split())
    for tic in tics:
        found = [match[0] for match in re.finditer(tic.pattern, said, re.IGNORECASE)]
        if len(found) > (most := budget_of(tic, words, minutes)):
            yield OverBudget(tic, found[0].strip(), len(found), most, minutes, told_for)


def furthest_over(found: Iterable[OverBudget]) -> Sequence[OverBudget]:
    """Return of each turn of phrase the rendering that is furthest over its budget."""
    worst: dict[str, OverBudget] = {}
    for each in found:
        if each.tic.name not in worst or each.excess > worst[each.tic.name].excess:
            worst[each.tic.name] = each
    return list(worst.values())
