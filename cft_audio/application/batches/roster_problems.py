"""An error about what a row of a roster asks for, as a problem of the cell that asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS, ROSTER_FIELDS, SLOT
from cft_audio.application.batches.unnamed import without_words
from cft_audio.errors import FileError
from cft_audio.people.clients.client import PRONOUNCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.errors import CftAudioError, Problem
    from cft_audio.people.clients.client import Client
    from cft_audio.rosters.roster import RosterRow

PERSONAL = {
    "name",
    "figure",
    "with",
    "first_words",
    "letter",
    "pronounce",
    "avoid",
    "title",
    "album",
    "comment",
}
"""Fields whose values say something of somebody."""

_REFERENCE = re.compile(r"‹(with\.)?(\w+)(?::([^‹›]*))?›")
"""A reference that may be to a field: steps have blanks in them."""


def problem_of(row: RosterRow, error: CftAudioError) -> Problem:
    """Return an error about what a row asks for as a problem of its cell."""
    column = _column_of(row, error.field)
    message, remedy = as_columns(error.message), as_columns(error.remedy)
    if isinstance(error, FileError) and error.where:  # another file than the roster is wrong
        message = f"{error.where}: {message}"
    if error.setting:
        return row.problem(f"{error.setting}: {message}", remedy)
    return (row.cell(column) if column else row).problem(message, remedy)


def hidden(problem: Problem, row: RosterRow, client: Client) -> Problem:
    """Return a problem of a row without what the row, or the client's file, says of somebody."""
    told = [*_told_of_somebody(row), *told_by_file(client)]
    message, remedy = (without_words(text, told) for text in (problem.message, problem.remedy))
    return replace(problem, message=message, remedy=remedy)


def told_by_file(client: Client) -> Iterator[str]:
    """Yield what the file of a client says of somebody, and each word that it says how to say."""
    for name in PERSONAL & client.values.keys():
        value = client.values[name]
        if isinstance(value, str):
            yield value
            continue
        if name == PRONOUNCE:
            yield from value
        yield from value.values() if isinstance(value, Mapping) else value


def as_columns(text: str) -> str:
    """Return a text in which every field is called by its column; steps stay as they are."""
    return _REFERENCE.sub(_as_column, text)


def _told_of_somebody(row: RosterRow) -> Iterator[str]:
    """Yield what the cells of a row say of somebody, and each word that one says how to say."""
    for column, cell in row.cells.items():
        if column in PERSONAL or column.startswith(SLOT):
            yield cell.text
        if column == PRONOUNCE:
            yield from (pair.partition("=")[0] for pair in re.split(r"[;\n]", cell.text))


def _column_of(row: RosterRow, field_name: str) -> str:
    """Return the column that gave a field, or would give it; empty where none does."""
    if field_name.startswith("with."):
        slot = field_name.removeprefix("with.")
        return slot if slot in row.cells else f"{SLOT}{slot}"
    names = ROSTER_FIELDS[field_name].aliases if field_name in ROSTER_FIELDS else ()
    written = (name for name in (field_name, *names) if name in row.cells)
    return next(written, field_name if field_name in ROSTER_COLUMNS else "")


def _as_column(found: re.Match[str]) -> str:
    slot, name, argument = found.groups()
    if slot:
        return f"column {SLOT}{name}"
    field = name[0].lower() + name[1:]
    if field not in ROSTER_COLUMNS:
        return found[0]
    word = "Column" if name[0].isupper() else "column"
    return f"{word} {field}" + f" ({argument})" * bool(argument)
