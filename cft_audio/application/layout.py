"""Tables and lines laid out for a width of so many columns, words kept whole. Pure.

A letter takes as many columns as a terminal gives it: a wide one (Chinese, an emoji) takes two.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COMMAND = re.compile(r"(^|  |[:=] )cft-audio ")
"""A command to be copied: broken in two, a shell would run its first half."""


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[str]], width: int | None
) -> Iterator[str]:
    """Yield a heading and each row, two blanks between the columns.

    A row is a line if there is room. If not, cells are wrapped between words and an empty line
    follows each row; where even words find no room beside each other, it becomes a paragraph with
    a line for each cell.

    Args:
        columns: What stands above each column.
        rows: The cells, each one line.
        width: Columns that there are; None for no bound.
    """
    from wcwidth import ljust

    everything = [columns, *([" ".join(cell.split("\n")) for cell in row] for row in rows)]
    by_column = list(zip(*everything, strict=True))
    sizes = [max(map(_width, cells)) for cells in by_column]
    least = [max(map(_longest_word, cells)) for cells in by_column]
    room = None if width is None else width - 2 * (len(columns) - 1)
    if room is not None and sum(least) > room:
        for line in _paragraphs(columns, everything[1:]):
            yield from wrapped(line, width).split("\n")
        return
    while room is not None and sum(sizes) > room:
        # The widest gives way first, down to its longest word.
        widest = max((size, at) for at, size in enumerate(sizes) if size > least[at])[1]
        sizes[widest] -= 1
    wrapped_rows = [list(zip_longest(*map(_wrap, row, sizes), fillvalue="")) for row in everything]
    for lines in wrapped_rows:
        yield from ("  ".join(map(ljust, line, sizes)).rstrip() for line in lines)
        if len(wrapped_rows) < sum(map(len, wrapped_rows)):
            yield ""


def wrapped(line: str, width: int | None) -> str:
    """Return ``line``, wrapped between words under the place where its text begins.

    That is after its indent, its dash, or what two blanks part from the text, as in a row of a
    plan, if at least half of the width is left there. A line with a command stays as it is.
    """
    if width is None or _width(line) <= width or _COMMAND.search(line):
        return line
    starts = [part.end() for part in re.finditer(r"^ *- |^ +| {2,}", line)]
    roomy = [at for at in starts if _width(line[:at]) <= min(width // 2, _room(line[at:], width))]
    start = max(roomy, default=min(starts, default=0))
    if start > width // 2:  # what is to stand beside it would be a word a line
        return "\n  ".join(_wrap(line, width - 2))
    indent = _width(line[:start])
    parts = _wrap(line[start:], width - indent)
    return line[:start] + f"\n{' ' * indent}".join(parts)


def _paragraphs(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    from wcwidth import ljust

    size = max(map(_width, columns))
    for first, *others in rows:
        yield first
        for column, cell in zip(columns[1:], others, strict=True):
            if cell:
                yield f"  {ljust(column, size)}  {cell}"
        yield ""


def _wrap(text: str, width: int) -> list[str]:
    from wcwidth import wrap

    if _width(text) <= width:
        return [text]
    return wrap(text, max(1, width), break_long_words=False, break_on_hyphens=False) or [""]


def _room(text: str, width: int) -> int:
    """Return how far ``text`` may be indented so that its longest word still fits."""
    return width - _longest_word(text)


def _longest_word(text: str) -> int:
    return max(map(_width, text.split()), default=0)


def _width(text: str) -> int:
    from wcwidth import width

    return len(text) if text.isascii() else width(text, control_codes="ignore")
