"""Everything wrong in a roster is told at once, by row, column and cell, and what to do."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from roster_files import csv_bytes, read, replace_part, told, write_workbook

from cft_audio.errors import RosterError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["code", "name", "practice", "minutes"]
GOOD = ["K01", "Sam", "kind-body-scan", "10"]


def in_csv(tmp_path: Path, *rows: list[str]) -> list[str]:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes(rows))
    return told(path)


def in_workbook(tmp_path: Path, *rows: list[Any], **more: Any) -> list[str]:
    return told(write_workbook(tmp_path / "roster.xlsx", rows, **more))


def in_yaml(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "roster.yaml"
    path.write_text(text)
    return told(path)


LONG = "a" * 10_000
FAULTS: list[tuple[Any, str]] = [
    (date(2026, 5, 7), "the spreadsheet has made a date of it, 7 May 2026: perhaps 7.5 or 5/7 was"),
    (datetime(2026, 12, 1, 8), "the spreadsheet has made a date of it, 1 December 2026"),  # noqa: DTZ001
    ("=1/0", "it is a formula whose value was not saved with it"),
    ("#N/A", "the spreadsheet shows the error #N/A there"),
    ("#REF!", "the spreadsheet shows the error #REF! there"),
    (LONG, "it holds 10000 characters, and 5000 fit"),
    ("turned \u202e around", "there is a control character, U+202E"),
]


def test_what_a_cell_of_a_workbook_cannot_be_is_told_with_its_place(tmp_path: Path) -> None:
    wrong = [[*GOOD[:3], value] for value, _ in FAULTS]

    faults = in_workbook(tmp_path, HEADER, *[GOOD] * 12, *wrong)

    for row, (fault, (_, message)) in enumerate(zip(faults, FAULTS, strict=True), start=14):
        assert fault.startswith(f"row {row}, column minutes (D{row}): {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LONG, "it holds 10000 characters, and 5000 fit"),
        ("Sa\0m", "there is a control character, U+0000"),
        ("\x1b[2J", "there is a control character, U+001B"),
        ("\u2066Sam", "there is a control character, U+2066"),
    ],
)
def test_what_a_cell_of_csv_cannot_be_is_told_with_its_place(
    tmp_path: Path, text: str, message: str
) -> None:
    faults = in_csv(tmp_path, HEADER, GOOD, ["K02", text, "a", "7"], GOOD)

    assert faults == [f"row 3, column name (B3): {message}"]


def test_a_date_is_told_with_how_to_type_what_was_meant(tmp_path: Path) -> None:
    rows = [HEADER, ["K1", "Sam", "a", date(2026, 5, 7)]]
    roster = read(write_workbook(tmp_path / "roster.xlsx", rows))

    [problem] = roster.problems

    assert problem.remedy == (
        "Set the format of the column to Text, and type it again; as a length, 7.5 is 7:30"
    )
    assert problem.where.endswith("roster.xlsx:2")
    assert roster.rows[0].unreadable == {"minutes"}
    assert "minutes" not in roster.rows[0].cells


def test_every_fault_of_a_file_is_told_at_once_in_its_order(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["code", "name", "practice", "minuts", "code"]]
    for value, _ in FAULTS:
        rows += [[value, "Sam", value, "10"], ["K1", value, "a", "10"]]

    faults = in_workbook(tmp_path, *rows)

    places = [fault.split(":")[0] for fault in faults]
    assert places[:2] == ["row 1, column 4 (D1)", "row 1, column 5 (E1)"]
    assert places[2:5] == [
        "row 2, column code (A2)",
        "row 2, column practice (C2)",
        "row 3, column name (B3)",
    ]
    assert len(faults) == 2 + 3 * len(FAULTS)


def test_a_header_that_is_no_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([["code", "practise", "Minuts ", "Geburtstag"], ["K1"] * 4]))

    problems = read(path).problems

    assert [(p.message.split(":")[0], p.remedy) for p in problems] == [
        ("row 1, column 2 (B1)", "Did you mean 'practice'?"),
        ("row 1, column 3 (C1)", "Did you mean 'minutes'?"),
        ("row 1, column 4 (D1)", "Correct the name, or remove what stands under it"),
    ]


@pytest.mark.parametrize("again", ["minutes", "Minutes", "MINUTES ", "mi nu_tes"])
def test_a_header_that_stands_twice_is_told(tmp_path: Path, again: str) -> None:
    assert in_csv(tmp_path, [*HEADER, again], [*GOOD, "10"]) == [
        "row 1, column 5 (E1): the column minutes is there already, in column 4 (D1)"
    ]


def test_what_stands_under_no_name_is_told_once_for_its_column(tmp_path: Path) -> None:
    rows = [HEADER, [*GOOD, "and more"], GOOD, *[[*GOOD, "", "x"]] * 8]

    assert in_csv(tmp_path, *rows) == [
        "row 2: column E has no name, and holds something in row 2",
        "row 4: column F has no name, and holds something in the rows 4, 5, 6, 7, 8 and 3 more",
    ]


def test_rows_without_names_of_columns_are_told(tmp_path: Path) -> None:
    assert in_csv(tmp_path, GOOD, GOOD) == ["no row of the file holds the names of the columns"]
    assert in_workbook(tmp_path, GOOD) == [
        "no row of the sheet 'Clients' holds the names of the columns"
    ]


def test_a_header_without_rows_is_told(tmp_path: Path) -> None:
    assert in_csv(tmp_path, HEADER, ["", " ", "\u00a0", ""]) == [
        "no row stands below the names of the columns"
    ]


def test_a_title_above_the_names_of_the_columns_is_passed_over_with_a_warning(
    tmp_path: Path,
) -> None:
    path = write_workbook(
        tmp_path / "roster.xlsx",
        [["Practice for my clients, autumn"], [], HEADER, GOOD],
        lambda sheet: sheet.merge_cells("A1:D1"),
    )

    roster = read(path)
    roster.check()

    assert roster.rows[0].cells["code"].place == "row 4, column code (A4)"
    assert roster.warnings == (
        "Row 1 stands above the names of the columns, which are in row 3, and is not read.",
    )


def test_merged_cells_are_told_where_something_is_missing_by_them(tmp_path: Path) -> None:
    rows = [HEADER, GOOD, [None, None, "loving-kindness", "7.5"], GOOD, [None] * 4]
    path = write_workbook(
        tmp_path / "roster.xlsx",
        rows,
        lambda sheet: [sheet.merge_cells(cells) for cells in ("A2:A3", "B2:B3", "C4:D4")],
    )

    merged = "it is merged with other cells, so that nothing stands in it by itself"
    assert told(path) == [
        f"row 3, column code (A3): {merged}",
        f"row 3, column name (B3): {merged}",
        f"row 4, column minutes (D4): {merged}",
    ]


def test_hidden_rows_and_columns_are_read_with_a_warning(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True  # it is empty
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["H"].hidden = True

    roster = read(write_workbook(tmp_path / "roster.xlsx", [HEADER, GOOD, GOOD], hide))

    assert len(roster.rows) == 2
    assert roster.warnings == (
        "Row 3 is hidden, and read all the same: delete what is not meant to be read.",
        "Column B is hidden, and read all the same: delete what is not meant to be read.",
    )


def test_comments_empty_rows_and_formats_are_nothing(tmp_path: Path) -> None:
    def decorate(sheet: Any) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Font

        sheet["B2"].comment = Comment("is in hospital", "me")
        for row in range(3, 1003):
            sheet.cell(row, 1).font = Font(bold=True)

    roster = read(write_workbook(tmp_path / "roster.xlsx", [HEADER, GOOD], decorate))
    roster.check()

    assert len(roster.rows) == 1
    assert not roster.warnings


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        for name in ("Autumn", "Old"):
            other = sheet.parent.create_sheet(name)
            other.append(HEADER)
            other.append(["K99", name, "a", "1"])
        other.sheet_state = "hidden"
        notes = sheet.parent.create_sheet("Notes")
        notes.append(["code"])
        sheet.parent.move_sheet("Old", -2)

    path = write_workbook(tmp_path / "roster.xlsx", [HEADER, GOOD], add)

    roster = read(path)
    assert (roster.sheet, roster.rows[0].cells["name"].text) == ("Clients", "Sam")
    assert roster.warnings == (
        "The sheet 'Autumn' seems to be a roster as well, and is not read: only 'Clients' is.",
    )
    assert read(path, " autumn").rows[0].cells["name"].text == "Autumn"
    assert read(path, "Old").rows[0].cells["name"].text == "Old"
    assert told(path, "Autmn") == ["there is no sheet 'Autmn' in this workbook"]
    (tmp_path / "roster.csv").write_bytes(csv_bytes([HEADER, GOOD]))
    assert told(tmp_path / "roster.csv", "Old") == ["this is no workbook, and has no sheets"]


def test_another_sheet_that_holds_the_roster_is_named(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Clients 2026")
        other.append(HEADER)

    path = write_workbook(tmp_path / "roster.xlsx", [["Notes of the term"]], add)

    with pytest.raises(
        RosterError, match="The sheet 'Clients 2026' does: name it, or put it first"
    ):
        read(path)


def test_a_formula_is_its_value_and_one_for_nothing_is_nothing(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "roster.xlsx", [HEADER, ["=A9", "=B9", "=C9", "=D9"]])

    def store(xml: str) -> str:
        stored = {"A9": "K7", "B9": "", "C9": "12"}
        for name, value in stored.items():
            kept = f' t="str"><f>{name}</f><v>{value}</v>'
            xml = re.sub(rf"><f>{name}</f><v ?/>|><f>{name}</f><v></v>", kept, xml)
        return xml

    roster = read(replace_part(path, "xl/worksheets/sheet1.xml", store))

    assert {name: cell.text for name, cell in roster.rows[0].cells.items()} == {
        "code": "K7",
        "practice": "12",
    }
    assert [problem.message for problem in roster.problems] == [
        "row 2, column minutes (D2): it is a formula whose value was not saved with it"
    ]


def test_the_faults_of_csv_as_a_whole_have_their_line(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    for text, fault in {
        'code,name\nK1,"Sam\nK2,Bea\n': "roster.csv:2: row 2 cannot be read: a quote is opened",
        'code,name\nK1,Sam\nK2,"Bea" B\n': "roster.csv:3: row 3 cannot be read: a quote stands in",
        "code\n" + "K1\n" * 20_000: "roster.csv:20001: there are more than 20000 rows",
        "code\n" + "," * 200 + "x\n": "roster.csv:2: row 2 has more than 200 columns",
        "": "roster.csv: there is nothing in it",
        "\n \n,,\n": "roster.csv: there is nothing in it",
    }.items():
        path.write_text(text)
        with pytest.raises(RosterError) as refused:
            read(path)
        assert fault in str(refused.value)


def test_the_faults_of_yaml_have_their_line(tmp_path: Path) -> None:
    faults = in_yaml(
        tmp_path,
        "defaults: {minuts: 3, bed: rain}\nclient: []\nclients:\n"
        "- code: K1\n  code: K2\n  no name: yes\n  No-Name: no\n"
        "- Sam\n- minutes: [[3]]\n  name: {a: {b: c}}\n"
        '- name: "\\u001b"\n- code: ' + LONG,
    )

    assert faults == [
        "defaults: 'minuts' is no column of a roster",
        "'client' is not known here",
        "row 1: 'code' stands here twice",
        "row 1: 'No-Name' stands here already, as no_name",
        "row 2 is no table",
        "row 3, minutes (line 9): it holds a table inside a table",
        "row 3, name (line 10): it holds a table inside a table",
        "row 4, name (line 11): there is a control character, U+001B",
        "row 5, code (line 12): it holds 10000 characters, and 5000 fit",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "there is nothing in it"),
        ("# only a comment", "there is nothing in it"),
        ("Sam", "it holds no list of clients"),
        ("clients: Sam", "it holds no list of clients"),
        ("code: K1\nname: Sam", "it holds no list of clients"),
        ("- [\n", "the roster is not valid YAML"),
        ("- code: *gone", "the roster is not valid YAML"),
        ("- a: \x07", "there is a control character, U+0007"),
        ("[" * 3000, "its lists and tables stand too deep inside each other"),
    ],
)
def test_yaml_that_holds_no_clients_is_one_fault(tmp_path: Path, text: str, fault: str) -> None:
    [told_of] = in_yaml(tmp_path, text)

    assert fault in told_of


def test_defaults_that_are_wrong_are_told_once_for_all_rows(tmp_path: Path) -> None:
    path = tmp_path / "roster.yaml"
    path.write_text("defaults:\n  minutes: soon\nclients:\n- code: K1\n- code: K2\n")
    roster = read(path)

    with pytest.raises(RosterError) as refused:
        roster.check(row.cells["minutes"].problem("'soon' is no length") for row in roster.rows)
    [problem] = refused.value.problems

    assert problem.message == "defaults, minutes (line 2): 'soon' is no length"
    assert refused.value.exit_code == 2
