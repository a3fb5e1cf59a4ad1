"""Stretches of a recording put to the lines they are readings of, as likely as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SURE = 2.8
"""Likeness from which a reading is taken for the line that is due without doubt: three readings of
something else in a thousand come so near to a given line."""

ALONE = 3.2
"""Likeness from which a reading out of order is taken for a line. Of 132 readings by six voices,
four of them of another synthesiser, the least like its line has 3.0, and the most like another
2.8."""

DOUBTFUL = 2.0
"""Likeness from which it is taken for the line that is due, and named as doubtful: one in fifty
readings of something else comes so near to a given line by chance."""

_MISSING, _AGAIN = 0.1, 0.5
"""What it costs, in likeness, that a line is missing, or is read again."""

_APART = 0.7
"""How much more like its line than like any other such a reading is."""

_LEFT_OUT, _PASSED_OVER, _MATCHED = 0, 1, 2
"""How the best way to a place came there: a piece left out, a line missing, a match."""


@dataclass(frozen=True)
class Span:
    """Neighbouring pieces that may be one reading, and how like each line they are.

    Attributes:
        first: The first of them.
        last: The last of them.
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
        first: The first of its pieces.
        last: The last of its pieces.
        likeness: How much more it is like the line than like others, in their spreads.
    """

    line: int
    first: int
    last: int
    likeness: float


def aligned(pieces: int, spans: Sequence[Span]) -> list[Match]:
    """Return the readings in a recording, in its order.

    Lines are read in order, some not at all and some again; what is said besides is left out. A
    reading out of order is found where it is sure.

    Args:
        pieces: How many pieces the recording has.
        spans: What may be a reading.
    """
    if not spans:
        return []
    found = _in_order(pieces, spans)
    return sorted([*found, *_out_of_order(spans, found)], key=lambda match: match.first)


def _in_order(pieces: int, spans: Sequence[Span]) -> list[Match]:
    """Return the matches whose likeness adds up to most, by dynamic programming.

    A place is how many pieces and how many lines lie behind; the likeness of a match counts as far
    as it is above doubtful.
    """
    lines = len(spans[0].likeness)
    starting: list[list[Span]] = [[] for _ in range(pieces)]
    for span in spans:
        starting[span.first].append(span)
    sums = np.full((pieces + 1, lines + 1), -np.inf)
    sums[0, 0] = 0.0
    ways = np.full(sums.shape, _LEFT_OUT)
    matches: dict[tuple[int, int], tuple[int, Match]] = {}
    passing = _MISSING * np.arange(lines + 1)
    for piece in range(pieces + 1):
        here = sums[piece]
        if piece:
            left_out = sums[piece - 1] > here
            here[left_out] = sums[piece - 1][left_out]
            ways[piece, left_out] = _LEFT_OUT
        passed = np.maximum.accumulate(here + passing) - passing
        ways[piece, passed > here + 1e-9] = _PASSED_OVER
        np.copyto(here, passed)
        for span in starting[piece] if piece < pieces else ():
            gain = span.likeness - DOUBTFUL
            new, again = here[:-1], here[1:] - _AGAIN
            total = np.maximum(new, again) + gain
            arrival = sums[span.last + 1, 1:]
            for line in np.flatnonzero((gain > 0) & (total > arrival)):
                arrival[line] = total[line]
                ways[span.last + 1, line + 1] = _MATCHED
                match = Match(int(line), span.first, span.last, float(span.likeness[line]))
                before = int(line) + int(again[line] > new[line])
                matches[span.last + 1, int(line) + 1] = (before, match)
    return _traced(ways, matches, int(np.argmax(sums[pieces])))


def _traced(
    ways: NDArray[np.int_], matches: dict[tuple[int, int], tuple[int, Match]], line: int
) -> list[Match]:
    piece = len(ways) - 1
    found: list[Match] = []
    while piece or line:
        if ways[piece, line] == _MATCHED:
            line, match = matches[piece, line]
            piece = match.first
            found.append(match)
        elif ways[piece, line] == _PASSED_OVER:
            line -= 1
        else:
            piece -= 1
    return found[::-1]


def _out_of_order(spans: Sequence[Span], found: Sequence[Match]) -> list[Match]:
    """Return sure readings among the pieces that ``found`` leaves over, the surest first."""
    taken = {piece for match in found for piece in range(match.first, match.last + 1)}
    loose = [span for span in spans if taken.isdisjoint(range(span.first, span.last + 1))]
    more: list[Match] = []
    for span in sorted(loose, key=lambda span: -float(span.likeness.max())):
        line = int(np.argmax(span.likeness))
        likeness = float(span.likeness[line])
        others = np.delete(span.likeness, line)
        apart = likeness - float(others.max(initial=0.0))
        if likeness < ALONE or apart < _APART or taken & {*range(span.first, span.last + 1)}:
            continue
        more.append(Match(line, span.first, span.last, likeness))
        taken.update(range(span.first, span.last + 1))
    return more
