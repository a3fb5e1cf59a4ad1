"""The quiet at the end of a session: a third of it at least, and more where there is room."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples
from cft_audio.timeline.pieces import BreathRun, Breaths, Layout, Silence

if TYPE_CHECKING:
    from cft_audio.timeline.pieces import OffGrid, OnGrid

PART = 3
"""One part in so many of a session is quiet at least: who is to fall asleep hears the last words
by two thirds of it."""

LONGEST_S = 2 * 3600.0
"""Seconds of the longest quiet: no bed is asked to play the night through."""


def without_quiet(layout: Layout) -> Layout:
    """Return ``layout`` without the quiet at its end."""
    return _with_last(layout, None)


def shortest_with_quiet(layout: Layout, others: int) -> int:
    """Return the samples of a session of ``others`` samples with the least quiet behind it."""
    whole = math.ceil(others * PART / (PART - 1))
    # Whole breaths may be a breath more than that.
    return whole + isinstance(layout.quiet, Breaths) * samples(60 / layout.pace.breaths_per_minute)


def with_quiet(layout: Layout, length: int, others: int) -> Layout:
    """Return ``layout`` with the lengths that its quiet can have.

    Args:
        layout: A session with quiet at its end.
        length: The samples of the session.
        others: The samples of all the rest at its natural length.
    """
    shortest = -(-length // PART)
    natural = max(shortest, others // (PART - 1))
    longest = max(shortest, min(length, samples(LONGEST_S)))

    quiet = layout.quiet
    if isinstance(quiet, Breaths):
        breath = samples(60 / layout.pace.breaths_per_minute)
        fewest = _breaths_of(layout, shortest)
        most = max(fewest, longest // breath)
        usual = min(max(fewest, natural / breath), most)
        return _with_last(layout, replace(quiet, fewest=fewest, natural=usual, most=most))
    if quiet is not None:
        quiet = replace(quiet, shortest=shortest, natural=natural, longest=longest)
    return _with_last(layout, quiet)


def _breaths_of(layout: Layout, length: int) -> int:
    """Return how many breaths are ``length`` samples, even where they are the session's first."""
    breaths = elapsed = 0
    while elapsed < length:
        elapsed += layout.pace.breath(0, elapsed).length
        breaths += 1
    return breaths


def _with_last(layout: Layout, last: Silence | Breaths | None) -> Layout:
    """Return ``layout`` with ``last`` in the place of its quiet."""
    pieces: list[OffGrid | BreathRun] = []
    for piece in layout.pieces:
        if isinstance(piece, BreathRun):
            kept = [inner for inner in piece.pieces if not _is_last(inner)]
            if len(kept) < len(piece.pieces) and isinstance(last, Breaths):
                kept.append(last)
            pieces += [BreathRun(tuple(kept))] if kept else []
        elif not _is_last(piece):
            pieces.append(piece)
        elif isinstance(last, Silence):
            pieces.append(last)
    return replace(layout, pieces=tuple(pieces))


def _is_last(piece: OnGrid | OffGrid) -> bool:
    return isinstance(piece, Silence | Breaths) and piece.last
