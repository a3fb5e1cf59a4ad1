"""The columns of a roster, which are the fields of a session, and what the cells of a row mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded, is_path
from cft_audio.rosters.grid import shortened
from cft_audio.schema.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.errors import Problem
    from cft_audio.rosters.roster import Cell, RosterRow

SLOT = "slot."
"""What the name of a column begins with that answers a slot of a practice."""

_WHOSE = (
    Field(
        "client",
        "text",
        "The code of a client whose file is kept; what stands in the row comes before the file.",
        example="K01",
    ),
    Field(
        "code",
        "text",
        "What the files of somebody without a client file are called: a code, never the name.",
        example="K01",
    ),
    Field(
        "practice",
        "text or path",
        "What is practised: the name of a practice (‹list practices›), or a script's file.",
        example="soothing-rhythm-breathing",
    ),
)
_LETTER = replace(
    SESSION_FIELDS["letter"],
    help="A letter to read back: Word, OpenDocument, RTF, HTML, PDF or text.",
)
_ELSEWHERE = {"client", "with", "allow_online"}
"""Fields of a session that are no columns as they are: ``client`` names a client's file here, slots
have columns of their own, and consent to an online voice is given for a whole run."""

ROSTER_FIELDS: dict[str, Field] = {
    each.name: each
    for each in (*_WHOSE, *(each for n, each in SESSION_FIELDS.items() if n not in _ELSEWHERE))
} | {"letter": _LETTER}
"""What the columns of a roster are, by name; besides them, ``slot.NAME`` answers a slot."""

ROSTER_COLUMNS = tuple(
    name for each in ROSTER_FIELDS.values() for name in (each.name, *each.aliases)
)
"""The names that the columns of a roster can have, aliases included."""

FIELD_OF = {name: each for each in ROSTER_FIELDS.values() for name in (each.name, *each.aliases)}
"""What a column is, by each of its names."""

_YES, _NO = {"yes", "true", "1", "on", "x"}, {"no", "false", "0", "off"}
"""How people and spreadsheets write a flag, in small letters."""

_BECAME = {"number": "a number", "time": "a time", "truth": "true or false"}
"""What a spreadsheet takes text for."""


@dataclass(frozen=True)
class RowValues:
    """What the cells of a row mean.

    Attributes:
        values: The values as ``Field.parse`` gives them, by the names in ``ROSTER_FIELDS``; the
            answers of all ``slot.NAME`` by NAME under ``with``.
        problems: What cannot be meant, each with its cell.
        warnings: What was read otherwise than it may have been typed, in sentences.
    """

    values: Mapping[str, Any] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def read_values(row: RosterRow) -> RowValues:
    """Return what the cells of ``row`` mean, with everything wrong in them.

    A relative path is one from the folder of the roster. Several pairs in a cell have a semicolon
    or a line's end between them, several choices commas or blanks.
    """
    values: dict[str, Any] = {}
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    warnings: list[str] = []
    for column, cell in row.cells.items():
        if column.startswith(SLOT):
            answers[column.removeprefix(SLOT)] = cell.text
            continue
        known = FIELD_OF[column]
        if known.name in values:
            message = f"it is given twice: in {_cell_given(row, known, column)} as well"
            problems.append(cell.problem(message, "Leave one of them out"))
            continue
        try:
            values[known.name] = _meant(known, cell)
        except RequestError as error:
            message = error.message.replace(cell.text, shortened(cell.text))
            problems.append(cell.problem(message, error.remedy))
            continue
        if _is_misread(known, cell):
            warnings.append(
                f"{cell.place[0].upper()}{cell.place[1:]}: the spreadsheet has made "
                f"{_BECAME[cell.kind]} of it, and it was read as '{cell.text}'. If something else "
                "was typed, set the format of the column to Text, and type it again."
            )
    given = {"with": answers} if answers else {}
    return RowValues(values | given, tuple(problems), tuple(warnings))


def _cell_given(row: RosterRow, known: Field, column: str) -> str:
    other = next(n for n in (known.name, *known.aliases) if n in row.cells and n != column)
    return f"column {other}"


def _meant(known: Field, cell: Cell) -> Any:
    """Return the value of a cell.

    Raises:
        RequestError: If it cannot be meant.
    """
    text = cell.text
    match known.kind:
        case "flag":
            if text.lower() not in _YES | _NO:
                raise known.refusal(f"'{text}' is neither yes nor no", "Write yes or no")
            return text.lower() in _YES
        case "pairs":
            return known.parse([pair for pair in re.split(r"[;\n]", text) if pair.strip()])
        case "list of choices":
            return known.parse(text.replace(";", ","))
        case "path":
            return known.parse(_beside(text, cell.file))
        case "text or path" if is_path(text, Path(cell.file).parent):
            return known.parse(str(_beside(text, cell.file)))
    return known.parse(text)


def _beside(path: str, roster: str) -> Path:
    """Return a path as it is meant in a roster: from the folder of that. It is absolute."""
    return Path(roster).parent.absolute() / expanded(path)


def _is_misread(known: Field, cell: Cell) -> bool:
    """Return whether a spreadsheet made something else of a cell that is meant as text."""
    is_text = known.kind in ("text", "text or path") and not known.name.endswith("_level")
    return is_text and cell.kind != "text"
