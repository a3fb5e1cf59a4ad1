"""A plain table for a terminal, its columns as wide as they need to be."""

from __future__ import annotations

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
