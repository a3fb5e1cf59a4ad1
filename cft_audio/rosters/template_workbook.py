"""The template as a workbook: every cell text, drop-downs for choices, a sheet that explains."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from cft_audio.rosters.grid import MOST_ROWS, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cft_audio.rosters.template_columns import TemplateColumn

_TEXT = "@"
"""The format of cells that a spreadsheet leaves as they are typed: no dates of 7.5, no 7 of 007."""

_HEADER_FONT = Font(name="Calibri", sz=11, bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E4ECE4")
_TOP = Alignment(wrap_text=True, vertical="top")
_NARROWEST, _WIDEST = 10, 44
"""Widths of columns, in characters."""

_LINE = 15
"""The height of a line of Calibri 11, in points."""

_EXPLAINING = ("column", "what it is", "how it is written", "values")
_EXPLAINING_WIDTHS = (22, 70, 40, 60)
_BELOW = (
    "One row of the first sheet is one recording. It needs a practice, and either a client or a "
    "code and, where the practice asks for it, a name. Every other cell may stay empty, every "
    "other column may be removed, and any column that is told of here can be added. All columns "
    "are set to text, so that 7.5 stays a length and 007 a code."
)


def template_workbook(
    columns: Sequence[TemplateColumn], examples: Sequence[Mapping[str, str]]
) -> bytes:
    """Return the workbook of ``template.write_template``."""
    book = openpyxl.Workbook()
    book.properties.creator = "cft-audio"
    roster: Any = book.active
    roster.title = "Roster"
    shown = [column for column in columns if column.in_example]
    names = [column.name for column in shown]
    texts = [[row.get(name, "") for name in names] for row in examples]
    _fill(roster, names, texts, [_width(column, examples) for column in shown])
    for number in range(len(shown)):
        roster.column_dimensions[letters_of(number)].number_format = _TEXT
    explained = [(c.name, c.help, c.written, ", ".join(c.choices)) for c in columns]
    below = [("",) * 4, ("", _BELOW, "", "")]
    _fill(book.create_sheet("Columns"), _EXPLAINING, [*explained, *below], _EXPLAINING_WIDTHS)
    _add_drop_downs(book, roster, shown)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _width(column: TemplateColumn, examples: Sequence[Mapping[str, str]]) -> int:
    """Return the width that all of a column's texts have room in, within reason."""
    texts = [column.name, *column.choices, *(row.get(column.name, "") for row in examples)]
    return min(max(_NARROWEST, 3 + max(map(len, texts))), _WIDEST)


def _fill(
    sheet: Any, header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> None:
    """Write a table whose first row stays in sight, and names the columns."""
    for number, texts in enumerate((header, *rows), start=1):
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(number, column)
            cell.number_format, cell.alignment = _TEXT, _TOP
            if text:
                cell.value, cell.data_type = text, "s"  # what begins with = is no formula either
            if number == 1:
                cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        # LibreOffice leaves a row as high as one line, whatever it holds, unless it is told.
        lines = max(-(-len(text) // width) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE * max(lines, 1)
    for number, width in enumerate(widths):
        sheet.column_dimensions[letters_of(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes


def _add_drop_downs(book: Any, roster: Any, columns: Sequence[TemplateColumn]) -> None:
    """Offer the choices of each column in its cells; they stand on a sheet that is not shown."""
    choices = book.create_sheet("Choices")
    choices.sheet_state = "hidden"
    for number, column in enumerate(columns):
        if not column.choices:
            continue
        letters = letters_of(number)
        for row, choice in enumerate(column.choices, start=1):
            cell = choices.cell(row, number + 1, choice)
            cell.number_format, cell.data_type = _TEXT, "s"
        validation = DataValidation(
            type="list",
            formula1=f"Choices!${letters}$1:${letters}${len(column.choices)}",
            allow_blank=True,
            showErrorMessage=column.only_choices,
            errorTitle=column.name[:32],
            error="Choose one of the list.",
        )
        validation.add(f"{letters}2:{letters}{MOST_ROWS}")
        roster.add_data_validation(validation)
