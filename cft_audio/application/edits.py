"""Edits of lines as a file that people, and the program, write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import EditsError, RequestError, concerning
from cft_audio.schema.files import read_toml
from cft_audio.schema.nodes import Table
from cft_audio.schema.reader import Reader
from cft_audio.script.edits import LONGER_S, NO_EDITS, Edits, LineEdit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADING = "# Lines by their ids, and what is changed of them.\n[lines]\n"


@dataclass(frozen=True)
class _Written:
    """An edit as it is written; the ``metadata`` is that of ``schema.reader``."""

    name: str
    leave_out: bool = False
    rest_longer: float = field(default=0.0, metadata={"range": LONGER_S})


@dataclass(frozen=True)
class _File:
    lines: Mapping[str, _Written] = field(default_factory=dict, metadata={"tables": _Written})


def read_edits(path: Path | None) -> Edits:
    """Return the edits in a file: none where there is no file.

    Raises:
        EditsError: With everything that is wrong in it, or if it cannot be read.
    """
    if path is None:
        return NO_EDITS
    with concerning("edits"):
        return _parsed(read_toml(path, EditsError), str(path))


def _parsed(table: Table, file: str) -> Edits:
    reader = Reader(file, EditsError)
    written = reader.fill(_File, table).lines
    lines = table.entries.get("lines")
    edits: list[LineEdit] = []
    for name, one in written.items():
        try:
            edits.append(LineEdit(name, one.leave_out, one.rest_longer))
        except RequestError as fault:
            line = lines.line_of(name) if isinstance(lines, Table) else 0
            # What is out of its range is told already, and read as nothing.
            if line not in {problem.line for problem in reader.problems}:
                reader.report(line, fault.message, fault.remedy)
    reader.check()
    return Edits.of(edits)


def edits_text(edits: Edits) -> str:
    """Return edits as the text of a file that ``read_edits`` reads."""
    return _HEADING + "".join(f"{edit.id} = {{ {_entry(edit)} }}\n" for edit in edits.lines)


def _entry(edit: LineEdit) -> str:
    leave_out = ["leave_out = true"] * edit.leave_out
    longer = [f"rest_longer = {edit.rest_longer_s!r}"] * bool(edit.rest_longer_s)
    return ", ".join([*leave_out, *longer])
