"""CSV as it comes out of spreadsheets: any of three separators, and encodings of two decades."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RosterError
from cft_audio.rosters.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    RawRow,
    letters_of,
    shortened,
    text_cell,
)
from cft_audio.rosters.header import most_names
from cft_audio.schema.encoding import HOW_TO_SAVE, decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.rosters.columns import ColumnNames
    from cft_audio.rosters.grid import RawCell

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
"""What tells Excel the separator, in the first line; no spreadsheet shows that line as a row."""

_WIDE_SHARE = 4
"""Of text in UTF-16 without a mark, at least every fourth byte is a NUL."""

_LOOKED_AT = 20
"""Rows by which the separator is told: those that name the columns may have a title above them."""

_MONTH = (
    "(?:jan|feb|f[ée]v|mar|m[äa]r|mrz|apr|avr|abr|ma[iyg]|ju[nli]|giu|lug|aug|ao[uû]|ago|sep|set|"
    "okt|oct|ott|nov|de[cz]|d[ée]c|dic|ene|gen)[a-zéûä]{0,6}"
)
"""A month in the languages that the program speaks, or the beginning of one."""

_MADE_DATE = re.compile(
    rf"\d{{1,2}}[. -]{{1,2}}{_MONTH}\.?(?:[. -]\d{{2,4}})?|{_MONTH}\.?[ -]\d{{2,4}}", re.IGNORECASE
)
"""What spreadsheets make of 7.5, 7/5 or 5-07, and write into CSV: 07. Mai, 7-May, May-07."""

_NOTE_ON_DATE = (
    "It looks like a date, which a spreadsheet may have made of what was typed, such as 7.5: "
    "set the format of the column to Text there, and type it again"
)


def read_csv(data: bytes, file: str, names: ColumnNames) -> Grid:
    """Return the table that a CSV file holds.

    Args:
        data: What the file holds: UTF-8, what its mark says, or else the Windows encoding.
        file: The file, for messages.
        names: The names of columns, by which the separator is told.

    Raises:
        RosterError: If it is no text, or no table that fits.
    """
    text, is_guessed = _decoded(data, file)
    given = _SEPARATOR_LINE.match(text)
    body = text[given.end() :] if given else text
    first_line = 2 if given else 1
    candidates = dict.fromkeys((*([given[1]] if given else []), *_SEPARATORS))
    separator = max(candidates, key=lambda one: _names_told(body, one, names))
    rows = tuple(_rows(body, separator, first_line, file))
    return Grid(rows, tuple(_guess_shown(rows)) if is_guessed else ())


def _decoded(data: bytes, file: str) -> tuple[str, bool]:
    """Return ``data`` as text, and whether its encoding had to be guessed."""
    try:
        text, is_guessed = decode_text(data), False
    except UnicodeDecodeError as fault:
        try:
            text, is_guessed = data.decode("cp1252"), True
        except UnicodeDecodeError:
            line = data[: fault.start].count(b"\n") + 1
            message = "a letter or a sign in this line is saved in a way that cannot be read"
            raise RosterError([Problem(file, line, message, HOW_TO_SAVE)]) from fault
    if text.count("\0") >= max(1, len(text) / _WIDE_SHARE):
        message = "its letters are saved in a way that cannot be read"
        raise RosterError([Problem(file, 0, message, HOW_TO_SAVE)])
    return text, is_guessed


def _names_told(text: str, separator: str, names: ColumnNames) -> tuple[int, int]:
    """Return how many names of columns stand in one of the first rows, and how many cells."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == _LOOKED_AT:
                break
    except csv.Error:  # it is told of once the separator is known
        pass
    return most_names(rows, names), max(map(len, rows), default=0)


def _rows(text: str, separator: str, first_line: int, file: str) -> Iterator[RawRow]:
    """Yield the rows that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = before = 0
    try:
        for number, row in enumerate(reader, start=1):
            line, before = first_line + before, reader.line_num
            if number > MOST_ROWS:
                message = f"there are more than {MOST_ROWS} rows"
                raise RosterError([Problem(file, line, message, "Make several rosters of it")])
            found = ((column, _cell(written)) for column, written in enumerate(row))
            cells = {column: cell for column, cell in found if cell}
            if cells and max(cells) >= MOST_COLUMNS:
                message = f"row {number} has more than {MOST_COLUMNS} columns"
                raise RosterError([Problem(file, line, message, "Remove what does not belong")])
            if cells:
                yield RawRow(number, line, cells)
    except csv.Error as fault:
        line = first_line + before
        message = f"row {number + 1} cannot be read: {_quoting(str(fault))}"
        remedy = 'Put text that holds a quote in quotes, and double it: "He said ""yes"""'
        raise RosterError([Problem(file, line, message, remedy)]) from fault


def _quoting(fault: str) -> str:
    if "unexpected end" in fault:
        return "a quote is opened there and never closed"
    return "a quote stands in the middle of a cell" if "expected after" in fault else fault


def _cell(written: str) -> RawCell | None:
    cell = text_cell(written)
    is_date = cell is not None and _MADE_DATE.fullmatch(cell.text)
    return cell._replace(note=_NOTE_ON_DATE) if cell and is_date else cell


def _guess_shown(rows: tuple[RawRow, ...]) -> Iterator[str]:
    """Yield a warning that shows how a cell was read whose letters show whether it is right."""
    for row in rows:
        for column, cell in row.cells.items():
            if not cell.text.isascii():
                place = f"row {row.number} ({letters_of(column)}{row.number})"
                yield (
                    "The file does not say how its letters are saved, and was read in the Windows "
                    f"encoding: in {place} stands '{shortened(cell.text)}'. If that is wrong, save "
                    "it anew as 'CSV UTF-8', or as a workbook (.xlsx)."
                )
                return
