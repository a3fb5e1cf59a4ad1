"""A roster as it was read: rows of cells, each with the place where a person finds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cft_audio.errors import Problem, RosterError, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind: TypeAlias = Literal["text", "number", "time", "truth"]
"""What a spreadsheet takes a cell for. CSV and YAML know text alone."""


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: What a person sees in it; empty for nothing. A list of YAML has commas between its
            items, a table semicolons between its pairs: ``Aoife=EE-fa; Zoe=ZOH-ee``.
        place: Where it is: "row 14, column minutes (C14)", "row 3, minutes (line 12)".
        file: The file.
        line: The line of the file that it stands on, or begins on; of a spreadsheet, its row.
        kind: What a spreadsheet takes it for.
        note: What a spreadsheet may have done to it, and how to type it, as whole sentences.
    """

    text: str = field(repr=False)
    place: str
    file: str
    line: int
    kind: Kind = "text"
    note: str = field(default="", repr=False)

    def problem(self, message: str, remedy: str = "") -> Problem:
        """Return what is wrong with it as a problem of the file.

        Args:
            message: What is wrong, as one sentence without its full stop.
            remedy: What to do about it, likewise.
        """
        more = sentences(remedy, self.note)
        return Problem(self.file, self.line, f"{self.place}: {message}", more)


@dataclass(frozen=True)
class RosterRow:
    """One row; a row in which nothing stands is none.

    Attributes:
        number: Its number as a person counts: in a spreadsheet that of its margin; in YAML the
            first client is 1.
        cells: The cells that hold something, by the names of their columns.
        file: The file.
        line: The line it begins on.
        columns: The letters that a spreadsheet has for each column, by name; empty in YAML.
        unreadable: The columns whose cell cannot be read, each told of among the problems.
    """

    number: int
    cells: Mapping[str, Cell] = field(repr=False)
    file: str
    line: int
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
    unreadable: frozenset[str] = frozenset()

    def cell(self, column: str) -> Cell:
        """Return the cell in ``column``, an empty one where nothing stands there."""
        if column in self.cells:
            return self.cells[column]
        letters = self.columns.get(column)
        place = place_in_sheet(self.number, column, letters) if letters else f"row {self.number}"
        return Cell("", place, self.file, self.line)

    def problem(self, message: str, remedy: str = "") -> Problem:
        """Return what is wrong with the whole row, as ``Cell.problem`` does."""
        place = f"row {self.number}" + ("" if self.columns else f" (line {self.line})")
        return Problem(self.file, self.line, f"{place}: {message}", remedy)


@dataclass(frozen=True)
class Roster:
    """What a file holds.

    Attributes:
        file: The file.
        columns: The names of its columns, in their order; in YAML as they first come.
        rows: Its rows.
        problems: What is wrong with its cells; ``check`` raises them.
        warnings: What was read otherwise than it may be meant, in sentences.
        sheet: The sheet that was read; empty for a file that has none.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[RosterRow, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    sheet: str = ""

    def check(self, more: Iterable[Problem] = ()) -> None:
        """Raise everything wrong with the roster as one error, in the order of its lines.

        What is told twice is told once: of YAML's defaults, every row may tell.

        Args:
            more: What else is wrong, which only those know who know what the cells mean.

        Raises:
            RosterError: If anything is.
        """
        each = dict.fromkeys((*self.problems, *more))
        problems = sorted(each, key=lambda problem: problem.line)
        if problems:
            raise RosterError(problems)


class Told(NamedTuple):
    """A problem with its place apart: row, column and cell, each empty where none is meant.

    In YAML, which has no cells, the line stands for the cell.
    """

    row: str
    column: str
    cell: str
    message: str


def told_apart(problem: Problem) -> Told:
    """Return what a problem of a roster says with its place apart."""
    found = _PLACE.match(problem.message)
    if found is None:
        return Told("", "", "", problem.message)
    row, column, cell = (part or "" for part in found.groups())
    return Told(row, column, cell, problem.message[found.end() :])


_PLACE = re.compile(r"row (\d+)(?:, (?:column )?(.+?))?(?: \(([A-Z]+\d+|line \d+)\))?: ")
"""How the places of cells and rows are written: see ``Cell.place`` and ``RosterRow.problem``."""


def place_in_sheet(row: int, column: str, letters: str) -> str:
    """Return the place of a cell in words, for a table that a spreadsheet shows."""
    return f"row {row}, column {column} ({letters}{row})"
