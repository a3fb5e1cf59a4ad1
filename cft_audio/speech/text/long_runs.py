"""Sentences too long for one breath, parted where a reader would breathe.

A letter that was dictated may have no full stop for hundreds of words. Said in one piece, 600 words
took the default voice 62 seconds and 4 GB of memory.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.languages.pack import Language

_MOST_WORDS, _MOST_CHARACTERS = 45, 300
"""Of a sentence that is said in one go. Readers breathe every ten to fifteen words (Grosjean and
Collins, "Breathing, pausing and reading", 1979); a voice needs no breath, so only what no reader
could say in three is parted."""

_MARK = re.compile(r"[,;:、،；：，]\s*(?=\S)")
_BLANK = re.compile(r"\s+(?=\S)")
_NEAR = 0.25
"""The first and the last share of a run in which it is not parted, so that no part is short."""


def part_long_runs(sentence: str, language: Language) -> Iterator[str]:
    """Yield ``sentence``, in parts if it is long; each part but the last ends with a comma."""
    rest = [sentence]
    while rest:
        run = rest.pop()
        if len(run.split()) <= _MOST_WORDS and len(run) <= _MOST_CHARACTERS:
            yield run
            continue
        place = _breath(run, language)
        first, last = run[:place].rstrip(" ,;:、،；：，"), run[place:]
        rest += [last, f"{first},"]


def _breath(run: str, language: Language) -> int:
    """Return where in ``run`` a reader would breathe: at a mark, before a clause, or at a blank."""
    middle, near = len(run) // 2, round(_NEAR * len(run))
    for kind in (_MARK, _clause(language), _BLANK):
        places = [found.end() for found in kind.finditer(run, near, len(run) - near)]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return middle


@cache
def _clause(language: Language) -> re.Pattern[str]:
    words = "|".join(language.clause_words) or "(?!)"
    return re.compile(rf"\s+(?=(?:{words})\s)")
