"""Stretches of a recording assigned to the lines that they are readings of."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    Candidates: TypeAlias = Mapping[tuple[int, int], NDArray[np.float64]]
    """Neighbouring pieces that may be one reading, by the indices of the first and the last, and
    how like each line they are, shape (lines,)."""

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


def align(pieces: int, candidates: Candidates) -> list[Match]:
    """Find the readings in a recording, in its order.

    Lines are read in order, with some missing and some repeated; other speech is left out. A
    reading out of order is accepted if it is sure.

    Args:
        pieces: How many pieces the recording has.
        candidates: What may be a reading, at least one.
    """
    matches = _match_in_order(pieces, candidates)
    others = _match_out_of_order(candidates, matches)
    return sorted([*matches, *others], key=lambda match: match.first)


def _match_in_order(pieces: int, candidates: Candidates) -> list[Match]:
    """Find the matches with the greatest sum of likeness, by dynamic programming.

    A place is how many pieces and how many lines lie behind; the likeness of a match counts as far
    as it is above doubtful. Each place holds the best sum and matches with which it is reached.
    """
    lines = len(next(iter(candidates.values())))
    table: list[list[tuple[float, list[Match]]]] = [[(-_MISSING * n, []) for n in range(lines + 1)]]
    for stop in range(1, pieces + 1):
        here = list(table[-1])
        for first in range(stop):
            if (likeness := candidates.get((first, stop - 1))) is None:
                continue
            for line in np.flatnonzero(likeness > _DOUBTFUL).tolist():
                (new, before), (again, same) = table[first][line : line + 2]
                total, path = max((new, before), (again - _AGAIN, same), key=itemgetter(0))
                total += float(likeness[line]) - _DOUBTFUL
                if total > here[line + 1][0]:
                    match = Match(line, first, stop - 1, float(likeness[line]))
                    here[line + 1] = (total, [*path, match])
        for line in range(lines):
            total, path = here[line]
            here[line + 1] = max((total - _MISSING, path), here[line + 1], key=itemgetter(0))
        table.append(here)
    return max(table[-1], key=itemgetter(0))[1]


def _match_out_of_order(candidates: Candidates, matches: Sequence[Match]) -> list[Match]:
    """Find sure readings among the pieces outside ``matches``, the surest first."""
    taken = {piece for match in matches for piece in range(match.first, match.last + 1)}
    more: list[Match] = []
    for (first, last), alike in sorted(candidates.items(), key=lambda item: -item[1].max()):
        line = int(np.argmax(alike))
        apart = alike[line] - np.delete(alike, line).max(initial=0.0)
        own = range(first, last + 1)
        if alike[line] >= _ALONE and apart >= _APART and taken.isdisjoint(own):
            more.append(Match(line, first, last, float(alike[line])))
            taken.update(own)
    return more
