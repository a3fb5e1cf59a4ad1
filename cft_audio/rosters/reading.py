"""A roster read from a file of any of three formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RosterError
from cft_audio.rosters.columns import ColumnNames
from cft_audio.rosters.csv_text import read_csv
from cft_audio.rosters.file_kinds import CSV, WORKBOOK, bytes_of, kind_of
from cft_audio.rosters.grid import letters_of
from cft_audio.rosters.header import most_names, read_header
from cft_audio.rosters.roster import Cell, Roster, RosterRow, place_in_sheet
from cft_audio.rosters.workbook import read_workbook
from cft_audio.rosters.yaml_rows import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from cft_audio.rosters.grid import Grid, RawRow


def read_roster(path: Path, columns: Collection[str], sheet: str | None = None) -> Roster:
    """Return the roster in a file: CSV, a workbook (XLSX) or YAML.

    What is wrong with single cells is among its ``problems``, so that whoever knows what cells
    mean can add to them; ``Roster.check`` raises them all.

    Args:
        path: The file.
        columns: The names that columns can have, with underscores; ``slot.NAME`` is one besides.
        sheet: The sheet of a workbook to read; None for the first one.

    Raises:
        RosterError: If there is no roster in it at all: it cannot be opened, is of another kind,
            damaged or too large, or nothing in it names columns.
    """
    return roster_of(bytes_of(path), path, columns, sheet)


def roster_of(
    data: bytes, path: Path, columns: Collection[str], sheet: str | None = None
) -> Roster:
    """Return the roster in what a file holds, as ``read_roster``.

    Args:
        data: What the file holds.
        path: What it is called; nothing is read there.
        columns: As of ``read_roster``.
        sheet: Likewise.

    Raises:
        RosterError: As ``read_roster``.
    """
    file, names = str(path), ColumnNames(columns)
    kind = kind_of(data, path)
    if sheet is not None and kind != WORKBOOK:
        remedy = "Leave the name of the sheet out"
        raise RosterError([Problem(file, 0, "this is no workbook, and has no sheets", remedy)])
    if kind == WORKBOOK:
        return _roster(read_workbook(data, file, sheet), file, names)
    if kind == CSV:
        return _roster(read_csv(data, file, names), file, names)
    return read_yaml(data, file, names)


def _roster(grid: Grid, file: str, names: ColumnNames) -> Roster:
    header = read_header(grid, file, names)
    letters = {name: letters_of(column) for column, name in header.names.items()}
    rows = tuple(_row(raw, header.names, letters, file) for raw in header.below)
    rows = tuple(row for row in rows if row.cells or row.unreadable)
    problems = [*header.problems, *_cell_problems(header.below, header.names, file)]
    if not rows and not problems:
        message, remedy = "no row stands below the names of the columns", "Write a client into each"
        problems.append(Problem(file, header.row.line, message, remedy))
    hints = _sheets_beside(grid, names)
    warnings = (*grid.warnings, *header.warnings, *hints)
    return Roster(file, tuple(letters), rows, tuple(problems), warnings, grid.sheet)


def _row(raw: RawRow, names: Mapping[int, str], letters: Mapping[str, str], file: str) -> RosterRow:
    cells: dict[str, Cell] = {}
    unreadable: set[str] = set()
    for column, name in names.items():
        cell = raw.cells.get(column)
        if cell is not None and cell.fault:
            unreadable.add(name)
        elif cell is not None:
            place = place_in_sheet(raw.number, name, letters[name])
            cells[name] = Cell(cell.text, place, file, raw.line, cell.kind, cell.note)
    return RosterRow(raw.number, cells, file, raw.line, letters, frozenset(unreadable))


def _cell_problems(
    rows: tuple[RawRow, ...], names: Mapping[int, str], file: str
) -> Iterator[Problem]:
    for row in rows:
        for column, cell in row.cells.items():
            if column in names and cell.fault:
                place = place_in_sheet(row.number, names[column], letters_of(column))
                yield Problem(file, row.line, f"{place}: {cell.fault[0]}", cell.fault[1])


def _sheets_beside(grid: Grid, names: ColumnNames) -> Iterator[str]:
    """Yield a warning for each other sheet that seems to be a roster as well."""
    for sheet, rows in grid.others.items():
        texts = ([cell.text for cell in row.cells.values()] for row in rows)
        if most_names(texts, names) > 1:
            yield (
                f"The sheet '{sheet}' seems to be a roster as well, and is not read: only "
                f"'{grid.sheet}' is."
            )
