"""A sheet as rows of raw cells, before anybody knows which row names the columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cft_audio.schema.nodes import find_control
from cft_audio.schema.shown import on_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.rosters.roster import Kind

MOST_ROWS = 20_000
"""Rows of a roster, those that name the columns and empty ones included."""

MOST_COLUMNS = 200
"""Columns of a roster; there are some sixty fields."""

LONGEST_TEXT = 5000
"""Characters of a cell. The longest that is meant for one is a few sentences."""

_SHOWN = 60
"""Characters of a cell that a message shows."""


class RawCell(NamedTuple):
    """A cell as the file has it.

    Attributes:
        text: What a person sees in it, without blanks around it.
        kind: What a spreadsheet takes it for.
        note: As in ``roster.Cell``.
        fault: What is wrong with it, and what to do; empty where it can be read.
    """

    text: str
    kind: Kind = "text"
    note: str = ""
    fault: tuple[str, str] | None = None


@dataclass(frozen=True)
class RawRow:
    """A row.

    Attributes:
        number: Its number in a spreadsheet's margin.
        line: The line of the file that it begins on.
        cells: Its cells that are not empty, by the number of their column, counted from 0.
    """

    number: int
    line: int
    cells: Mapping[int, RawCell]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it; the rest of a merged cell is nothing."""
        return not any(cell.text for cell in self.cells.values())


@dataclass(frozen=True)
class Grid:
    """A sheet.

    Attributes:
        rows: Its rows that are not empty, in their order.
        warnings: What was read otherwise than it may be meant, in sentences.
        sheet: Its name; empty for a file that has none.
        others: The other sheets that a person sees, and their first rows.
    """

    rows: tuple[RawRow, ...]
    warnings: tuple[str, ...] = ()
    sheet: str = ""
    others: Mapping[str, tuple[RawRow, ...]] = field(default_factory=dict)


def text_cell(written: str) -> RawCell | None:
    """Return the cell in which ``written`` stands; None for an empty one."""
    text = written.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return None
    if control := find_control(text):
        message = f"there is a control character, U+{ord(control[0]):04X}"
        return RawCell("?", fault=(message, "Type the cell anew"))
    if len(text) > LONGEST_TEXT:
        message = f"it holds {len(text)} characters, and {LONGEST_TEXT} fit"
        return RawCell("?", fault=(message, "Shorten it"))
    return RawCell(text)


def letters_of(column: int) -> str:
    """Return the letters of a column that is counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def shortened(text: str) -> str:
    """Return the text of a cell as a message shows it: harmless, on one line, and not too long."""
    line = on_one_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"
