"""A cell of a workbook is read as a person sees it, whatever the spreadsheet made of it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from excel_files import ROWS, write_excel
from roster_files import csv_bytes, read, texts, write_workbook

from cft_audio.schema.durations import parse_minutes

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.rosters.roster import Cell


def cells_of(tmp_path: Path, *shown: tuple[Any, str]) -> list[Cell]:
    """Return the cells of a workbook that hold values, each in a format."""

    def format_them(sheet: Any) -> None:
        for row, (_, number_format) in enumerate(shown, start=2):
            if number_format:
                sheet.cell(row, 1).number_format = number_format

    rows = [["minutes"], *([value] for value, _ in shown)]
    roster = read(write_workbook(tmp_path / "roster.xlsx", rows, format_them))
    return [row.cells["minutes"] for row in roster.rows]


def test_a_cell_is_what_is_shown(tmp_path: Path) -> None:
    shown: dict[tuple[Any, str], tuple[str, str]] = {
        ("  Sam \u00a0", ""): ("Sam", "text"),
        ("007", "@"): ("007", "text"),
        (7, ""): ("7", "number"),
        (7, "000"): ("007", "number"),
        (7.5, "0.00"): ("7.5", "number"),
        (0.1 + 0.2, ""): ("0.3", "number"),
        (True, ""): ("TRUE", "truth"),
        (False, ""): ("FALSE", "truth"),
        (time(12, 30), "h:mm"): ("12:30", "time"),
        (time(12, 30), "h:mm AM/PM"): ("12:30", "time"),
        (time(0, 7, 30), "h:mm:ss"): ("0:07:30", "time"),
        (time(0, 12, 30), "mm:ss"): ("12:30", "time"),
        (time(0, 12, 30), "[$-409]mm:ss.0"): ("12:30", "time"),
        (time(1, 5), "h:mm:ss"): ("1:05:00", "time"),
        (timedelta(hours=90), "[h]:mm"): ("90:00", "time"),
    }

    cells = cells_of(tmp_path, *shown)

    assert [(cell.text, cell.kind) for cell in cells] == list(shown.values())


def test_minutes_and_seconds_are_as_long_as_they_were_typed(tmp_path: Path) -> None:
    typed: dict[tuple[Any, str], str] = {
        (time(12, 30), "h:mm"): "12:30",  # Excel
        (time(12, 30), "hh:mm:ss"): "12:30",  # LibreOffice
        (time(12, 30), "hh:mm:ss\\ AM/PM"): "12:30",  # LibreOffice in English
        (timedelta(hours=27, minutes=30), "[h]:mm:ss"): "27:30",  # both
        (time(0, 12, 30), "hh:mm:ss"): "0:12:30",
        (7.5, "General"): "7.5",
    }

    for cell, text in zip(cells_of(tmp_path, *typed), typed.values(), strict=True):
        assert parse_minutes(cell.text) == parse_minutes(text)


def test_a_time_that_was_read_otherwise_than_it_is_shown_says_so_where_it_is_wrong(
    tmp_path: Path,
) -> None:
    long, short = cells_of(
        tmp_path, (timedelta(hours=27, minutes=30), "[h]:mm:ss"), (time(2, 30), "hh:mm:ss")
    )

    assert "if minutes are meant, set the format" in short.problem("it is too long").remedy
    assert long.problem("it is too long", "Choose 20").remedy == (
        "Choose 20. The spreadsheet shows 27:30:00, which was read as 27:30; else, set the format "
        "of the column to Text, and type it again."
    )


@pytest.mark.parametrize(
    "text", ["07. Mai", "7-May", "7. Mai", "May-07", "07.Mai.26", "7-Mai-2026"]
)
def test_a_date_that_went_through_csv_is_told_of_where_it_is_wrong(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([["minutes"], [text]]))

    problem = read(path).rows[0].cells["minutes"].problem(f"'{text}' is not a length")

    assert problem.remedy.startswith("It looks like a date, which a spreadsheet may have made")


@pytest.mark.parametrize("text", ["7.5", "12:30", "Sam", "10 min", "K-12", "90s", "Lake 9"])
def test_other_text_has_no_such_note(tmp_path: Path, text: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([["minutes"], [text]]))

    assert read(path).rows[0].cells["minutes"].note == ""


def test_a_workbook_is_read_as_excel_writes_it(tmp_path: Path) -> None:
    strings = (
        '<si><r><t>Sa</t></r><r><rPr><b/></rPr><t xml:space="preserve">m _x000D_\nB</t></r>'
        '<rPh sb="0" eb="1"><t>aloud</t></rPh></si>'
    )
    rows = (
        '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>7</v></c>'
        '<c r="C2" t="str"><f t="shared" ref="C2:C3" si="0">A2&amp;"-b"</f><v>7-b</v></c>'
        '<c r="D2" s="2"><v>0.52083333333333337</v></c></row>'
        '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><f>B9</f><v>#NAME?</v></c>'
        '<c r="C4" t="str"><f t="shared" si="0"/><v>TRUE-b</v></c>'
        '<c r="D4" s="1"><v>46149</v></c></row>'
        '<row r="5"><c r="A5" t="str"><f>A9</f><v></v></c><c r="B5" s="1"/>'
        '<c r="D5" s="3"><v>1.1458333333333333</v></c></row>'
    )
    behind = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst>'
    head = ROWS.partition('<row r="2"')[0]

    roster = read(write_excel(tmp_path / "roster.xlsx", head + rows, strings, behind))

    assert texts(roster) == [
        {"code": "7", "name": "Sam \nB", "practice": "7-b", "minutes": "12:30"},
        {"code": "TRUE", "practice": "TRUE-b"},
        {"minutes": "27:30"},
    ]
    assert [problem.message.partition(":")[0] for problem in roster.problems] == [
        "row 4, column name (B4)",
        "row 4, column minutes (D4)",
    ]
