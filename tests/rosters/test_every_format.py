"""The same roster is the same rows, whichever program saved it, and however."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roster_files import COLUMNS, csv_bytes, read, texts, write_workbook, yaml_text

from cft_audio.errors import RosterError
from cft_audio.rosters.columns import ColumnNames
from cft_audio.rosters.csv_text import read_csv

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["code", "name", "practice", "minutes", "slot.loved_one"]
ROWS = [
    ["K01", "Zoë", "kind-body-scan", "7.5", "my sister, Rosa"],
    ["K02", "Bea O'Hara", "loving-kindness", "12:30", 'the one who says "dear"; always'],
    ["007", "Jürgen", "kind-body-scan", "10", ""],
]
EXPECTED = [{name: text for name, text in zip(HEADER, row, strict=True) if text} for row in ROWS]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_csv_of_any_separator_and_encoding_is_read(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([HEADER, *ROWS], separator, encoding))

    roster = read(path)
    roster.check()

    assert texts(roster) == EXPECTED
    assert bool(roster.warnings) == (encoding == "cp1252")


def test_a_workbook_and_yaml_hold_the_same_rows(tmp_path: Path) -> None:
    workbook = read(write_workbook(tmp_path / "roster.xlsx", [HEADER, *ROWS]))
    (tmp_path / "roster.yaml").write_text(
        yaml_text({k: v.replace('"', '\\"') for k, v in row.items()} for row in EXPECTED)
    )
    in_yaml = read(tmp_path / "roster.yaml")

    assert texts(workbook) == texts(in_yaml) == EXPECTED
    assert workbook.columns == in_yaml.columns == tuple(HEADER)
    assert not (*workbook.problems, *workbook.warnings, *in_yaml.problems, *in_yaml.warnings)


def test_an_old_encoding_is_read_with_a_warning_that_shows_how(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([HEADER, *ROWS], ";", "cp1252"))

    [warning] = read(path).warnings

    assert "row 2 (B2) stands 'Zoë'" in warning
    assert "'CSV UTF-8'" in warning


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\r"])
def test_the_line_that_tells_excel_the_separator_is_no_row(tmp_path: Path, line: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(line.encode() + csv_bytes([HEADER, *ROWS], ";"))

    roster = read(path)

    assert texts(roster) == EXPECTED
    first = roster.rows[0].cells["name"]
    assert (first.place, first.line) == ("row 2, column name (B2)", 3)


def test_a_separator_that_only_that_line_knows_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(b"sep=|\n" + csv_bytes([HEADER, *ROWS], "|"))

    assert texts(read(path)) == EXPECTED


@pytest.mark.parametrize("text", ["name\nSam\nBea\n", "code\rK01\rK02", "practice\r\n\r\na\r\n"])
def test_a_single_column_is_a_table_as_well(tmp_path: Path, text: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode())

    name, *below = text.split()
    assert texts(read(path)) == [{name: cell} for cell in below]


def test_a_cell_may_hold_several_lines_and_the_next_row_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([["code", "name"], ["K1", "Sam\r\nof the hill"], ["K2", "Bea"]]))

    rows = read(path).rows

    assert rows[0].cells["name"].text == "Sam\nof the hill"
    assert (rows[1].number, rows[1].line) == (3, 4)


def test_names_of_columns_are_known_however_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(
        csv_bytes(
            [[" CODE", "No-Name", "slot. loved one", "Slot.kind-words"], ["a", "b", "c", "d"]]
        )
    )

    assert texts(read(path)) == [
        {"code": "a", "no_name": "b", "slot.loved_one": "c", "slot.kind_words": "d"}
    ]


def test_what_is_the_same_for_all_stands_once_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "roster.yml"
    path.write_text(
        "defaults:\n  bed: rain\n  slot: {loved_one: Rosa}\n"
        "clients:\n- code: K1\n  minutes: 12:30\n- {code: No, bed: none, seed: [3, 4]}\n-\n"
    )

    roster = read(path)
    roster.check()

    assert texts(roster) == [
        {"bed": "rain", "slot.loved_one": "Rosa", "code": "K1", "minutes": "12:30"},
        {"bed": "none", "slot.loved_one": "Rosa", "code": "No", "seed": "3, 4"},
    ]
    first = roster.rows[0].cells
    assert first["minutes"].place == "row 1, minutes (line 6)"
    assert first["bed"].place == "defaults, bed (line 2)"


def test_the_pairs_of_a_table_in_yaml_are_those_of_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "roster.yaml"
    path.write_text("- name: {Aoife: EE-fa, Zoe: ZOH-ee}\n")

    assert texts(read(path)) == [{"name": "Aoife=EE-fa; Zoe=ZOH-ee"}]


def test_an_empty_cell_has_its_place_too(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(csv_bytes([["code", "name"], ["K1", ""]]))
    row = read(path).rows[0]

    assert row.cell("name").problem("it is missing").message == (
        "row 2, column name (B2): it is missing"
    )
    assert row.cell("practice").place == "row 2"
    assert str(row.problem("who is this", "Say it")).endswith(
        "roster.csv:2: row 2: who is this. Say it."
    )


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")), max_size=12)
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8)


@given(TABLE, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_a_spreadsheet_writes_is_read_as_it_was(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    header = ["code", "name", "practice"]
    grid = read_csv(csv_bytes([header, *rows], separator, encoding), "r", ColumnNames(COLUMNS))

    found = [[row.cells[n].text if n in row.cells else "" for n in range(3)] for row in grid.rows]
    stripped = [[cell.strip() for cell in row] for row in rows]
    assert found == [header, *(row for row in stripped if any(row))]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_an_error(data: bytes) -> None:
    with suppress(RosterError):
        read_csv(data, "r.csv", ColumnNames(COLUMNS))


def test_a_thousand_rows_are_read_in_a_second(tmp_path: Path) -> None:
    rows = [HEADER, *([f"K{n}", "Zoë", "kind-body-scan", "7.5", "Rosa"] for n in range(1000))]
    (tmp_path / "roster.csv").write_bytes(csv_bytes(rows))
    write_workbook(tmp_path / "roster.xlsx", rows)

    begun = time.process_time()
    for name in ("roster.csv", "roster.xlsx"):
        assert len(read(tmp_path / name).rows) == 1000
    assert time.process_time() - begun < 1
