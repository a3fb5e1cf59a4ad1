"""A workbook (XLSX), read in a process of its own: it may be made to unpack without end."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from cft_audio.errors import Problem, RosterError
from cft_audio.files.limited_process import LimitedProcess
from cft_audio.files.limited_worker import Budget
from cft_audio.rosters.grid import Grid, RawCell, RawRow, letters_of
from cft_audio.rosters.shown_cells import FORMULA_WITHOUT_VALUE, MERGED, shown_cell
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.rosters.sheet_marks import Marks, Sheet

_BUDGET = Budget(starts=100, first=100)
"""All that such a process is ever given, some ten seconds: twenty thousand rows of ten columns take
half of it, and a thousand rows a quarter of a second."""

_MOST_UNPACKED = 50_000_000
"""Bytes of all that is packed in a workbook."""

_MOST_PARTS = 2000
"""Files inside a workbook; one with a hundred pictures has some hundreds."""

_FIRST_ROWS = 20
"""Rows of the other sheets that are looked at."""

_TOLD = 10
"""Hidden rows that a warning names."""

_SAVE_ANEW = "Open it in a spreadsheet, and save it anew as a workbook (.xlsx)"


def read_workbook(data: bytes, file: str, sheet: str | None) -> Grid:
    """Return a sheet of a workbook.

    Args:
        data: What the file holds.
        file: The file, for messages.
        sheet: The name of the sheet, whatever its case; None for the first one that is shown.

    Raises:
        RosterError: If it is damaged or too large, has no such sheet, or one that does not fit.
    """
    try:
        with LimitedProcess(_BUDGET, _once_imported, data) as process:
            return process.run(_read, file, sheet)
    except RosterError:
        raise
    except Exception as fault:  # a damaged workbook may be refused by any error of its readers
        message = "this is a workbook that is damaged, or far larger than a roster"
        raise RosterError([Problem(file, 0, message, _SAVE_ANEW)]) from fault


def _once_imported(data: bytes) -> bytes:
    """Return ``data`` once its reader is imported, whose own memory is not to count."""
    import openpyxl  # noqa: F401

    return data


def _read(data: bytes, file: str, sheet: str | None) -> Grid:
    """Return a sheet of a workbook; what runs in the other process."""
    import openpyxl

    from cft_audio.rosters.sheet_marks import read_marks, sheets_in

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _check_size(package, file)
        sheets = sheets_in(package, file)
        if not sheets:
            message = "there is no sheet in this workbook that could be read"
            raise RosterError([Problem(file, 0, message, _SAVE_ANEW)])
        chosen = _chosen(sheets, sheet, file)
        with package.open(chosen.part) as content:
            marks = read_marks(content, file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is in it besides cells
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        rows = tuple(_rows(book[chosen.name], marks))
        others = {
            other.name: tuple(_first_rows(book[other.name]))
            for other in sheets
            if other.is_shown and other != chosen
        }
    return Grid(rows, tuple(_hidden(rows, marks)), chosen.name, others)


def _check_size(package: zipfile.ZipFile, file: str) -> None:
    """Unpack everything once, and keep none of it: what a file says of its sizes may be false."""
    left = _MOST_UNPACKED
    parts = package.infolist()
    for part in parts[:_MOST_PARTS]:
        with package.open(part) as content:
            while left >= 0 and (piece := content.read(1 << 20)):
                left -= len(piece)
    if left < 0 or len(parts) > _MOST_PARTS:
        message = f"it unpacks to more than {_MOST_UNPACKED // 1_000_000} MB"
        remedy = "Copy the rows into a new workbook, and save that"
        raise RosterError([Problem(file, 0, message, remedy)])


def _chosen(sheets: tuple[Sheet, ...], name: str | None, file: str) -> Sheet:
    if name is None:
        return next((sheet for sheet in sheets if sheet.is_shown), sheets[0])
    by_name = {sheet.name: sheet for sheet in sheets}
    wanted = name.strip().casefold()
    found = by_name.get(name) or next((s for s in sheets if s.name.casefold() == wanted), None)
    if found is None:
        message = f"there is no sheet '{name}' in this workbook"
        raise RosterError([Problem(file, 0, message, did_you_mean(name, by_name))])
    return found


def _rows(sheet: Any, marks: Marks) -> Iterator[RawRow]:
    """Yield the rows of the sheet that are not empty."""
    sheet.reset_dimensions()  # which may be false
    values = sheet.iter_rows(max_row=marks.rows, max_col=marks.columns)
    for number, row in enumerate(values, start=1):
        cells = {
            column: cell
            for column, value in enumerate(row)
            if (cell := _cell(value, (number, column), marks))
        }
        raw = RawRow(number, number, cells)
        if not raw.is_empty:
            yield raw


def _cell(value: Any, at: tuple[int, int], marks: Marks) -> RawCell | None:
    if at in marks.merged:
        return MERGED
    if at in marks.unstored:
        return FORMULA_WITHOUT_VALUE
    return None if value.value is None else shown_cell(value)


def _first_rows(sheet: Any) -> Iterator[RawRow]:
    """Yield the first rows of a sheet that is not read, its texts alone."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=_FIRST_ROWS, max_col=100), start=1):
        texts = {column: cell.value for column, cell in enumerate(row)}
        cells = {c: RawCell(text[:200]) for c, text in texts.items() if isinstance(text, str)}
        yield RawRow(number, number, cells)


def _hidden(rows: tuple[RawRow, ...], marks: Marks) -> Iterator[str]:
    """Yield a warning of hidden rows and columns that are read all the same."""
    numbers = [str(row.number) for row in rows if row.number in marks.hidden_rows]
    filled = {column for row in rows for column in row.cells}
    letters = [letters_of(column) for column in sorted(filled & marks.hidden_columns)]
    for what, found in (("Row", numbers), ("Column", letters)):
        if found:
            named = ", ".join(found[:_TOLD]) + " and others" * (len(found) > _TOLD)
            are = f"{what} {named} is" if len(found) == 1 else f"{what}s {named} are"
            yield f"{are} hidden, and read all the same: delete what is not meant to be read."
