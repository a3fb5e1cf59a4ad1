"""The row that names the columns: found, and read with everything wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RosterError
from cft_audio.rosters.grid import letters_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cft_audio.rosters.columns import ColumnNames
    from cft_audio.rosters.grid import Grid, RawRow

_LOOKED_AT = 20
"""Rows, none of them empty, among which the names of the columns are looked for."""

_TOLD = 5
"""Rows that a message names before it counts the others."""


@dataclass(frozen=True)
class Header:
    """The row that names the columns.

    Attributes:
        row: The row.
        names: The name of each column that has one that is known, by its number, counted from 0.
        below: The rows below it.
        problems: What is wrong with the names.
        warnings: What stands above it and is not read, in sentences.
    """

    row: RawRow
    names: Mapping[int, str]
    below: tuple[RawRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]


def most_names(rows: Iterable[Iterable[str]], names: ColumnNames) -> int:
    """Return how many different names of columns stand in one of ``rows``, at most."""
    found = ({names.find(text) for text in row} - {None} for row in rows)
    return max(map(len, found), default=0)


def read_header(grid: Grid, file: str, names: ColumnNames) -> Header:
    """Return the row of ``grid`` that names the columns: that with the most names.

    Raises:
        RosterError: If none of the first rows holds one.
    """
    looked_at = grid.rows[:_LOOKED_AT]
    if not looked_at:
        remedy = "Write the names of the columns into its first row, and a client into each below"
        raise RosterError([Problem(file, 0, "there is nothing in it", remedy)])
    counts = [_names_in(row, names) for row in looked_at]
    if not max(counts):
        raise RosterError([_no_header(grid, file, names)])
    at = counts.index(max(counts))
    row = looked_at[at]
    known, problems = _columns(row, file, names)
    below = grid.rows[at + 1 :]
    problems += _nameless(row, below, file)
    warnings = tuple(
        f"Row {above.number} stands above the names of the columns, which are in row "
        f"{row.number}, and is not read."
        for above in looked_at[:at]
    )
    return Header(row, known, below, tuple(problems), warnings)


def _names_in(row: RawRow, names: ColumnNames) -> int:
    return most_names([[cell.text for cell in row.cells.values()]], names)


def _no_header(grid: Grid, file: str, names: ColumnNames) -> Problem:
    first = grid.rows[0]
    what = f"the sheet '{grid.sheet}'" if grid.sheet else "the file"
    message = f"no row of {what} holds the names of the columns"
    better = [s for s, rows in grid.others.items() if any(_names_in(r, names) for r in rows)]
    if better:
        remedy = f"The sheet '{better[0]}' does: name it, or put it first"
    else:
        remedy = "Write them into the first row: code, name, practice, minutes"
    return Problem(file, first.line, message, remedy)


def _columns(row: RawRow, file: str, names: ColumnNames) -> tuple[dict[int, str], list[Problem]]:
    """Return the columns by their numbers, and what is wrong with their names."""
    known: dict[int, str] = {}
    problems: list[Problem] = []
    for column, cell in row.cells.items():
        if not cell.text:
            continue
        place = f"row {row.number}, {_place(column, row)}"
        name = names.find(cell.text)
        if cell.fault:
            problems.append(Problem(file, row.line, f"{place}: {cell.fault[0]}", cell.fault[1]))
        elif name is None:
            message = f"{place}: '{shortened(cell.text)}' is no column of a roster"
            problems.append(Problem(file, row.line, message, names.suggest(cell.text)))
        elif name in known.values():
            first = next(number for number, other in known.items() if other == name)
            message = f"{place}: the column {name} is there already, in {_place(first, row)}"
            problems.append(Problem(file, row.line, message, "Keep one of them"))
        else:
            known[column] = name
    return known, problems


def _nameless(row: RawRow, below: Sequence[RawRow], file: str) -> list[Problem]:
    """Return a problem for each column that has no name and holds something."""
    named = {column for column, cell in row.cells.items() if cell.text}
    found: dict[int, list[RawRow]] = {}
    for each in below:
        for column, cell in each.cells.items():
            if column not in named and cell.text:
                found.setdefault(column, []).append(each)
    return [_nameless_column(column, rows, file) for column, rows in sorted(found.items())]


def _nameless_column(column: int, rows: list[RawRow], file: str) -> Problem:
    numbers = ", ".join(str(row.number) for row in rows[:_TOLD])
    more = f" and {len(rows) - _TOLD} more" if len(rows) > _TOLD else ""
    where = f"in row {numbers}" if len(rows) == 1 else f"in the rows {numbers}{more}"
    message = f"column {letters_of(column)} has no name, and holds something {where}"
    remedy = "Name it in the row of names, or empty it; in CSV, text with a comma needs quotes"
    return Problem(file, rows[0].line, f"row {rows[0].number}: {message}", remedy)


def _place(column: int, row: RawRow) -> str:
    return f"column {column + 1} ({letters_of(column)}{row.number})"
