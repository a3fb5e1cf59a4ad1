"""A roster that comes from a page: no cell of it names a file, since none would be opened by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.application.batches.roster_columns import FIELD_OF
from cft_audio.errors import RequestError
from cft_audio.files.folders import is_path

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.library.letters import Letter
    from cft_audio.rosters.roster import Cell, Roster

_MESSAGE = "it names a file, and no file is opened by its path from a page"
_REMEDY = "Leave the cell empty, or make this roster with the command line"


def without_files(roster: Roster) -> Roster:
    """Return ``roster`` with a problem in the place of each cell that names a file."""
    rows, problems = [], [*roster.problems]
    for row in roster.rows:
        wrong = [name for name, cell in row.cells.items() if _names_file(name, cell)]
        problems += [row.cells[name].problem(_MESSAGE, _REMEDY) for name in wrong]
        cells = {name: cell for name, cell in row.cells.items() if name not in wrong}
        rows.append(replace(row, cells=cells, unreadable=row.unreadable.union(wrong)))
    return replace(roster, rows=tuple(rows), problems=tuple(problems))


def read_no_letter(path: Path) -> Letter:  # noqa: ARG001 -- that there is one is enough
    """Raise RequestError in the place of reading a letter: a cell can only name its file."""
    remedy = "Make this recording for itself, where a letter can be pasted"
    raise RequestError("a letter cannot be read from a roster here", remedy=remedy, field="letter")


def _names_file(column: str, cell: Cell) -> bool:
    kind = FIELD_OF[column].kind if column in FIELD_OF else ""
    return kind == "path" or (kind == "text or path" and is_path(cell.text))
