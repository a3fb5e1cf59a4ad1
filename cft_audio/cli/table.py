"""A plain table for a terminal, its columns as wide as they need to be."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and a line for each row, two blanks between the columns."""
    everything = [list(columns), *[list(row) for row in rows]]
    widths = [max(len(row[index]) for row in everything) for index in range(len(columns))]
    for row in everything:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def wrapped_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> Iterator[str]:
    """Yield a heading and each row, its cells wrapped so that all columns fit into ``width``.

    The columns share the width evenly, at least twelve characters each; an empty line parts rows.
    """
    each = max(12, (width + 2) // len(columns) - 2)
    for row in (columns, *rows):
        cells = [textwrap.wrap(cell, each) or [""] for cell in row]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(part.ljust(each) for part in line).rstrip()
        yield ""
