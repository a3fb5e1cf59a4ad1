"""The template is a roster, read back without a word, and explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from roster_files import read, texts

from cft_audio.errors import NameTakenError, OutputError, RequestError
from cft_audio.rosters.template import write_template
from cft_audio.rosters.template_columns import TemplateColumn

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = [
    TemplateColumn("code", "What files are called.", "text", in_example=True),
    TemplateColumn("name", "What the listener is called.", "text", in_example=True),
    TemplateColumn(
        "practice", "What is practised.", "a name", ("a", "=b"), only_choices=True, in_example=True
    ),
    TemplateColumn("bed", "Sound underneath.", "a name", ("none", "rain"), in_example=True),
    TemplateColumn("minutes", "How long it is.", "minutes", in_example=True),
    TemplateColumn("slot.loved_one", "Who is dear.", "text", in_example=True),
    TemplateColumn("seed", "Another wording.", "a whole number"),
]
EXAMPLES = [
    {"code": "007", "name": 'Zoë "Bee"; O\'Hara, née: #1', "practice": "a", "minutes": "7.5"},
    {"code": "K2", "name": "=1+1", "practice": "=b", "bed": "rain", "slot.loved_one": "No"},
]


def template(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    write_template(path, COLUMNS, EXAMPLES)
    return path


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "R.XLSX", "r.yaml", "r.yml"])
def test_a_template_is_read_back_without_a_warning(tmp_path: Path, name: str) -> None:
    roster = read(template(tmp_path, name))
    roster.check()

    assert texts(roster) == EXAMPLES
    assert not roster.warnings


def sheet_of(tmp_path: Path, name: str) -> Any:
    return openpyxl.load_workbook(template(tmp_path, "r.xlsx"))[name]


def test_a_workbook_keeps_what_is_typed_as_text(tmp_path: Path) -> None:
    roster = sheet_of(tmp_path, "Roster")

    assert [roster.column_dimensions[letter].number_format for letter in "ABCDEF"] == ["@"] * 6
    assert {cell.number_format for row in roster["A1:F3"] for cell in row} == {"@"}
    assert {cell.data_type for row in roster["A2:C3"] for cell in row} == {"s"}
    assert roster.freeze_panes == "A2"


def test_a_workbook_has_a_drop_down_for_each_choice(tmp_path: Path) -> None:
    roster = sheet_of(tmp_path, "Roster")
    choices = roster.parent["Choices"]

    offered = {
        str(validation.sqref): (
            [cell.value for row in choices[validation.formula1[8:]] for cell in row],
            validation.showErrorMessage,
        )
        for validation in roster.data_validations.dataValidation
    }

    assert offered == {
        "C2:C20000": (["a", "=b"], True),
        "D2:D20000": (["none", "rain"], False),
    }
    assert choices.sheet_state == "hidden"


def test_a_second_sheet_explains_every_column(tmp_path: Path) -> None:
    explained = sheet_of(tmp_path, "Columns")

    rows = [[cell.value for cell in row] for row in explained["A2:D8"]]
    assert rows == [[c.name, c.help, c.written, ", ".join(c.choices) or None] for c in COLUMNS]


def test_yaml_explains_every_column_in_comments(tmp_path: Path) -> None:
    text = template(tmp_path, "r.yaml").read_text(encoding="utf-8")

    for column in COLUMNS:
        assert f"\n# {column.name}: {column.help}" in text


def test_csv_has_a_mark_by_which_excel_knows_its_letters(tmp_path: Path) -> None:
    assert template(tmp_path, "r.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,name")


def test_a_template_takes_no_other_file_away(tmp_path: Path) -> None:
    path = template(tmp_path, "r.xlsx")
    with pytest.raises(NameTakenError):
        write_template(path, COLUMNS, EXAMPLES)
    write_template(path, COLUMNS, EXAMPLES[:1], overwrite=True)

    assert len(read(path).rows) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["r.xlsx"]


@pytest.mark.parametrize("name", ["roster", "roster.ods", "roster.xls", ".xlsx"])
def test_a_template_of_no_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match=r"Let its name end in \.xlsx, \.csv or \.yaml"):
        template(tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_a_template_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        template(tmp_path, "file/r.csv")
