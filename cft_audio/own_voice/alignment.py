"""Stretches of a recording assigned to the lines that they are readings of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SURE = 2.8
"""Likeness from which a reading is taken for the line that is due without doubt: three in a
thousand readings of something else come so near to a given line."""

_ALONE = 3.2
"""Likeness from which a reading out of order is taken for a line. Of 132 readings by six voices,
four of them of another synthesiser, the least like its line has 3.0, and the most like another
2.8."""

_DOUBTFUL = 2.0
"""Likeness from which it is taken for the line that is due, and reported as doubtful: one in fifty
readings of something else comes so near to a given line by chance."""

_MISSING, _AGAIN = 0.1, 0.5
"""What it costs, in likeness, if a line is missing, or is read again."""

_APART = 0.7
"""How much more like its line than like any other a reading out of order is."""

_EQUAL = 1e-9
"""Difference of two sums of likeness that is only rounding."""


@dataclass(frozen=True)
class Candidate:
    """Neighbouring pieces that may be one reading, and how like each line they are.

    Attributes:
        first: The index of the first piece.
        last: The index of the last piece.
        likeness: Shape (lines,).
    """

    first: int
    last: int
    likeness: NDArray[np.float64]


@dataclass(frozen=True)
class Match:
    """A stretch of a recording taken for a reading of a line.

    Attributes:
        line: The line's index.
        first: The index of the first of its pieces.
        last: The index of the last of its pieces.
        likeness: How much more it is like the line than like others, in their spreads.
    """

    line: int
    first: int
    last: int
    likeness: float


def align(pieces: int, candidates: Sequence[Candidate]) -> list[Match]:
    """Find the readings in a recording, in its order.

    Lines are read in order, with some missing and some repeated; other speech is left out. A
    reading out of order is accepted if it is sure.

    Args:
        pieces: How many pieces the recording has.
        candidates: What may be a reading.
    """
    if not candidates:
        return []
    matches = _match_in_order(pieces, candidates)
    others = _match_out_of_order(candidates, matches)
    return sorted([*matches, *others], key=lambda match: match.first)


def _match_in_order(pieces: int, candidates: Sequence[Candidate]) -> list[Match]:
    """Find the matches with the greatest sum of likeness, by dynamic programming.

    A place is how many pieces and how many lines lie behind; the likeness of a match counts as far
    as it is above doubtful.
    """
    lines = len(candidates[0].likeness)
    starting: list[list[Candidate]] = [[] for _ in range(pieces + 1)]
    for candidate in candidates:
        starting[candidate.first].append(candidate)
    sums = np.full((pieces + 1, lines + 1), -np.inf)
    sums[0, 0] = 0.0
    matches: dict[tuple[int, int], tuple[int, Match]] = {}
    passing = _MISSING * np.arange(lines + 1)
    for piece in range(pieces + 1):
        left_out = sums[piece - 1] if piece else sums[0]
        here = np.maximum(sums[piece], left_out)
        here = sums[piece] = np.maximum.accumulate(here + passing) - passing
        for candidate in starting[piece]:
            gain = candidate.likeness - _DOUBTFUL
            new, again = here[:-1], here[1:] - _AGAIN
            total = np.maximum(new, again) + gain
            stop = candidate.last + 1
            arrival = sums[stop, 1:]
            for line in np.flatnonzero((gain > 0) & (total > arrival)).tolist():
                arrival[line] = total[line]
                likeness = float(candidate.likeness[line])
                match = Match(line, candidate.first, candidate.last, likeness)
                matches[stop, line + 1] = (line + int(again[line] > new[line]), match)
    return _trace_back(sums, matches)


def _trace_back(
    sums: NDArray[np.float64], matches: dict[tuple[int, int], tuple[int, Match]]
) -> list[Match]:
    """Follow the best path back from its end.

    Args:
        sums: The greatest sum with which each place is reached.
        matches: For each place that a match leads to, the lines behind before it, and the match.
    """
    piece, line = len(sums) - 1, int(np.argmax(sums[-1]))
    path: list[Match] = []
    while piece or line:
        least = sums[piece, line] - _EQUAL
        if line and sums[piece, line - 1] - _MISSING > least:
            line -= 1
        elif piece and sums[piece - 1, line] > least:
            piece -= 1
        else:
            line, match = matches[piece, line]
            piece = match.first
            path.append(match)
    return path[::-1]


def _match_out_of_order(candidates: Sequence[Candidate], matches: Sequence[Match]) -> list[Match]:
    """Find sure readings among the pieces outside ``matches``, the surest first."""
    taken = {piece for match in matches for piece in range(match.first, match.last + 1)}
    more: list[Match] = []
    for candidate in sorted(candidates, key=lambda candidate: -float(candidate.likeness.max())):
        line = int(np.argmax(candidate.likeness))
        likeness = float(candidate.likeness[line])
        apart = likeness - float(np.delete(candidate.likeness, line).max(initial=0.0))
        own = range(candidate.first, candidate.last + 1)
        if likeness >= _ALONE and apart >= _APART and taken.isdisjoint(own):
            more.append(Match(line, candidate.first, candidate.last, likeness))
            taken.update(own)
    return more
