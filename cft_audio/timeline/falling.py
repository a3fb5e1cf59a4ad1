"""A session that falls silent: the further it has come, the less is said.

Who listens in bed is told something early, and less and less of it. So silences begin shorter than
they are by day and end longer, within what each of them can be, until the words of a session become
fewer from eighth to eighth of its length.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples
from cft_audio.timeline.pieces import BreathRun, Breaths, Layout, OffGrid, OnGrid, Silence
from cft_audio.timeline.quiet import without_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.timeline.events import Timeline

PARTS = 8
"""Parts of a session whose words are counted."""

MOST_MORE_WORDS = 5
"""How many more words a part may have than the one before it: about a short sentence."""

_SLOPES = ((0.6, 1.6), (0.4, 2.0), (1.3, 1.0), (0.8, 1.3))
"""Factors on the natural length of the first silence and of the last one; between them they change
with the place. Tried in this order: of 600 plans of the shipped practices told for sleep, the words
become fewer by the first in 567, and by one of the others in 28."""


def fall_silent(layout: Layout, fit_layout: Callable[[Layout], Timeline]) -> Timeline:
    """Return the timeline of ``layout`` whose words become fewer, or rise least.

    Args:
        layout: A session with quiet at its end.
        fit_layout: Gives the timeline of a layout.
    """
    tried: list[Timeline] = []
    for falling in _falling(layout):
        tried.append(fit_layout(falling))
        if _most_risen(tried[-1]) <= MOST_MORE_WORDS:
            return tried[-1]
    return min(tried, key=_most_risen)


def count_words(timeline: Timeline, parts: int = PARTS) -> list[int]:
    """Return how many words are said in each part of a session, breath cues among them."""
    counts = [0] * parts
    for placed in timeline.speech:
        words = len(placed.line.text.split())
        for number in range(words):
            middle = placed.start + placed.length * (number + 0.5) / words
            counts[min(parts - 1, int(parts * middle / timeline.length))] += 1
    return counts


def _most_risen(timeline: Timeline) -> int:
    return max(after - before for before, after in pairwise(count_words(timeline)))


def _falling(layout: Layout) -> Iterator[Layout]:
    """Yield ``layout`` with silences that change over its words, one after another slope."""
    whole = sum(_natural(piece, layout) for piece in without_quiet(layout).pieces)
    for first, last in _SLOPES:
        yield _sloping(layout, first, (last - first) / whole)


def _sloping(layout: Layout, first: float, slope: float) -> Layout:
    """Return ``layout`` with silences ``first`` times as long at its start, and ever longer ones.

    Args:
        layout: A session with quiet at its end.
        first: Factor on a silence at its first sample.
        slope: How much the factor grows from one sample to the next.
    """
    pieces: list[OffGrid | BreathRun] = []
    elapsed = 0.0
    for piece in layout.pieces:
        if isinstance(piece, BreathRun):
            inner: list[OnGrid] = []
            for breathed in piece.pieces:
                inner.append(_with_breaths(breathed, first + slope * elapsed))
                elapsed += _natural(breathed, layout)
            pieces.append(BreathRun(tuple(inner)))
        else:
            pieces.append(_with_silence(piece, first + slope * elapsed))
            elapsed += _natural(piece, layout)
    return replace(layout, pieces=tuple(pieces))


def _with_silence(piece: OffGrid, factor: float) -> OffGrid:
    if not isinstance(piece, Silence) or piece.last:
        return piece
    natural = min(max(piece.shortest, round(piece.natural * factor)), piece.longest)
    return replace(piece, natural=natural)


def _with_breaths(piece: OnGrid, factor: float) -> OnGrid:
    if not isinstance(piece, Breaths) or piece.last:
        return piece
    return replace(piece, natural=min(max(piece.fewest, piece.natural * factor), piece.most))


def _natural(piece: OffGrid | OnGrid | BreathRun, layout: Layout) -> float:
    """Return the samples that ``piece`` takes where nothing is stretched."""
    match piece:
        case BreathRun(pieces):
            return sum(_natural(each, layout) for each in pieces)
        case Breaths():
            return piece.natural * samples(60 / layout.pace.breaths_per_minute)
        case Silence():
            return piece.natural
    return piece.length
