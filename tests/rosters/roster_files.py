"""Rosters as people's programs write them."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

from cft_audio.errors import RosterError
from cft_audio.rosters.reading import read_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from cft_audio.rosters.roster import Roster

COLUMNS = ("client", "code", "name", "practice", "minutes", "bed", "no_name", "seed", "variant")
"""What the tests' rosters can have; besides, ``slot.NAME``."""


def csv_bytes(
    rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8"
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def write_workbook(
    path: Path, rows: Iterable[Sequence[Any]], change: Callable[[Any], object] = lambda _: None
) -> Path:
    """Write a workbook with ``rows`` on its sheet, which ``change`` may change before."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Clients"
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(path)
    return path


def replace_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change the text of a file inside a workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def yaml_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Return clients as YAML, each text in quotes."""
    entries = (
        "- " + "\n  ".join(f'{name}: "{text}"' for name, text in row.items()) for row in rows
    )
    return "\n".join(entries) + "\n"


def read(path: Path, sheet: str | None = None) -> Roster:
    return read_roster(path, COLUMNS, sheet)


def texts(roster: Roster) -> list[dict[str, str]]:
    """Return what stands in each row, by the names of the columns."""
    return [{name: cell.text for name, cell in row.cells.items()} for row in roster.rows]


def told(path: Path, sheet: str | None = None) -> list[str]:
    """Return everything wrong with a roster, a line each, without the file and the line."""
    try:
        read(path, sheet).check()
    except RosterError as error:
        return [problem.message for problem in error.problems]
    return []
