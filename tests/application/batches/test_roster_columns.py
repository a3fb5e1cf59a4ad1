"""The columns of a roster are the fields of a session, and its cells mean what they do there."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from write_rosters_page import PAGE, columns_table

from cft_audio.application.answering import answer_slots
from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS, read_values
from cft_audio.application.batches.roster_template import template_columns, write_roster_template
from cft_audio.application.choices import Choices
from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import RosterError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.references import plain_words
from cft_audio.rosters.reading import read_roster
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.application.batches.roster_columns import RowValues
    from cft_audio.rosters.roster import Roster

WRITE = partial(write_roster_template, folders=default_folders(), words=plain_words)


def roster_of(folder: Path, *rows: Sequence[str]) -> Roster:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / "roster.csv").write_text(text.getvalue(), encoding="utf-8")
    return read_roster(folder / "roster.csv", ROSTER_COLUMNS)


def meant(folder: Path, **cells: str) -> RowValues:
    [row] = roster_of(folder, list(cells), list(cells.values())).rows
    return read_values(row)


def test_the_page_about_rosters_has_every_column() -> None:
    """``python tests/application/batches/write_rosters_page.py`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8").endswith(columns_table())


def test_the_examples_of_that_page_are_one_roster(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = {
        "csv": re.search(r"(?:^    .*;.*\n)+", page, re.MULTILINE),
        "yaml": re.search(r"^    defaults:\n(?:    .*\n)+", page, re.MULTILINE),
    }
    read: dict[str, list[dict[str, Any]]] = {}
    for ending, block in blocks.items():
        assert block is not None
        (tmp_path / f"roster.{ending}").write_text(dedent(block[0]), encoding="utf-8")
        roster = read_roster(tmp_path / f"roster.{ending}", ROSTER_COLUMNS)
        roster.check()
        read[ending] = [dict(read_values(row).values) for row in roster.rows]

    assert len(read["csv"]) == 3
    assert read["csv"] == read["yaml"]


def test_every_field_of_a_session_is_a_column_under_each_of_its_names() -> None:
    fields = {name for f in SESSION_FIELDS.values() for name in (f.name, *f.aliases)}

    assert fields - set(ROSTER_COLUMNS) == {"with", "allow_online"}
    assert set(ROSTER_COLUMNS) - fields == {"code", "practice"}


def test_a_row_is_the_values_of_its_fields(tmp_path: Path) -> None:
    values = meant(
        tmp_path,
        client="K01",
        practice="kind-body-scan",
        minutes="7,5",
        variant="3",
        **{"for": "anxiety; low-mood", "slot.loved_one": "Rosa", "no-name": "TRUE"},
        pronounce="Aoife=EE-fa; Zoe=ZOH-ee\nBea=BAY-ah",
        bed_level="-3",
        insist="x",
        ticks="No",
        voice="",
    )

    assert not (*values.problems, *values.warnings)
    assert values.values == {
        "client": "K01",
        "practice": "kind-body-scan",
        "minutes": 450.0,
        "seed": 3,
        "for": ("anxiety", "low-mood"),
        "no_name": True,
        "pronounce": {"Aoife": "EE-fa", "Zoe": "ZOH-ee", "Bea": "BAY-ah"},
        "bed_level": -3.0,
        "insist": True,
        "ticks": False,
        "with": {"loved_one": "Rosa"},
    }


def test_the_name_of_a_file_beside_the_roster_is_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "rain").touch()
    (tmp_path / "mine.md").touch()
    monkeypatch.chdir(elsewhere)

    assert meant(tmp_path, practice="mine.md", bed="rain").values == {
        "practice": str(tmp_path / "mine.md"),
        "bed": "rain",
    }


def test_a_path_is_one_from_the_folder_of_the_roster(tmp_path: Path) -> None:
    absolute = str(Path("/letters/sam.docx"))
    values = meant(tmp_path, letter="letters/sam.docx", figure="./aunt.toml", lexicon=absolute)

    assert values.values == {
        "letter": tmp_path / "letters/sam.docx",
        "figure": str(tmp_path / "aunt.toml"),
        "lexicon": Path(absolute),
    }


WRONG = {
    "practice": ("YOUR-PRACTICE " * 20, None),
    "name": ("<your name>", "'<your name>' stands for a name, and would be spoken as it is"),
    "figure": ("[figure]", "'[figure]' stands for a figure, and would be spoken as it is"),
    "figure_pronouns": ("xe", "xe"),
    "minutes": ("soon", "'soon' is not a length"),
    "pace": ("slwo", "'slwo' is not one of the choices"),
    "breaths_per_minute": ("40", "40"),
    "ratio": ("four", "four"),
    "insist": ("maybe", "'maybe' is neither yes nor no"),
    "ease_from": ("fast", "'fast' is not a number"),
    "pronounce": ("Zoe", "'Zoe' is not of the form WORD=SOUND"),
    "for": ("anxiety, vertigo", "'vertigo' is not one of the choices"),
    "returning": ("2", "'2' is neither yes nor no"),
    "self_led": ("?", "'?' is neither yes nor no"),
    "tone": ("flute", "'flute' is not one of the choices"),
    "ticks": ("often", "'often' is neither yes nor no"),
    "bells": ("nine", "'nine' is not one of the choices"),
    "bells_at": ("always", "'always' is not one of the choices"),
    "bell_every": ("0:01", "bells so near to each other would leave no quiet"),
    "bed_level": ("louder", "louder"),
    "tone_level": ("12 dB", "12 dB"),
    "bell_level": ("x", "x"),
    "loudness": ("loud", "'loud' is not a number"),
    "preset": ("pager", "'pager' is not one of the choices"),
    "format": ("mp5", "mp5"),
    "bitrate": ("129", "'129' is not one of the choices"),
    "channels": ("three", "'three' is not one of the choices"),
    "sample_rate": ("1", "'1' is not one of the choices"),
    "variant": ("first", "'first' is not a whole number"),
    "split_chapters": ("-", "'-' is neither yes nor no"),
    "with_text": ("doc", "'doc' is not one of the choices"),
    "with_handout": ("doc", "'doc' is not one of the choices"),
    "cover": ("blue", "there is no picture 'blue'"),
    "no_name": ("ja", "'ja' is neither yes nor no"),
}


def test_everything_that_cannot_be_meant_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    """Sixty and more faults of one roster, of the file and of its values, are one error."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([*WRONG, "minuts"])
    for _ in range(2, 14):
        sheet.append(["kind-body-scan"])
    sheet.append([text for text, _ in WRONG.values()])
    sheet.append([f"={letter}99" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    book.save(tmp_path / "roster.xlsx")
    roster = read_roster(tmp_path / "roster.xlsx", ROSTER_COLUMNS)

    problems = [problem for row in roster.rows for problem in read_values(row).problems]
    with pytest.raises(RosterError) as refused:
        roster.check(problems)

    told = [problem.message for problem in refused.value.problems]
    letters = [cell.column_letter for cell in sheet[1]]
    expected = [
        (f"row 14, column {name} ({letter}14): ", part)
        for (name, (_, part)), letter in zip(WRONG.items(), letters, strict=False)
        if part
    ]
    assert told[0].startswith("row 1, column 35 (AI1): 'minuts' is no column")
    assert len(told) == 1 + len(expected) + 26 >= 60
    for message, (place, part) in zip(told[1:], expected, strict=False):
        assert message.startswith(place)
        assert part in message
    assert all(p.remedy or "the form" in p.message for p in refused.value.problems)
    assert str(refused.value).count("\n") == len(told) - 1
    assert refused.value.exit_code == 2


def test_a_long_text_is_not_repeated_whole(tmp_path: Path) -> None:
    [problem] = meant(tmp_path, minutes="soon, " * 500).problems

    assert "'soon, soon, " in problem.message
    assert len(problem.message) < 150


def test_a_field_under_two_of_its_names_is_told(tmp_path: Path) -> None:
    [problem] = meant(tmp_path, seed="1", variant="2").problems

    assert problem.message == (
        "row 2, column variant (B2): it is given twice: in column seed as well"
    )


def test_text_that_a_spreadsheet_took_for_something_else_is_read_with_a_warning(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["code", "name", "practice", "minutes", "seed", "bed_level", "no_name"])
    sheet.append([7, True, "kind-body-scan", 7.5, 3, -3, True])
    book.save(tmp_path / "roster.xlsx")

    [row] = read_roster(tmp_path / "roster.xlsx", ROSTER_COLUMNS).rows
    values = read_values(row)

    assert not values.problems
    how = "If something else was typed, set the format of the column to Text, and type it again."
    made = "the spreadsheet has made"
    assert values.warnings == (
        f"Row 2, column code (A2): {made} a number of it, and it was read as '7'. {how}",
        f"Row 2, column name (B2): {made} true or false of it, and it was read as 'TRUE'. {how}",
    )
    assert values.values["no_name"] is True


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "csv", "yaml"])
def test_every_row_of_the_template_can_be_made(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"roster.{ending}"
    WRITE(path)
    roster = read_roster(path, ROSTER_COLUMNS)
    roster.check()
    library = Library(default_folders().scripts)

    for row in roster.rows:
        values = read_values(row)
        assert not (*values.problems, *values.warnings)
        practice = values.values["practice"]
        choices = Choices(values.values, {})
        answers = answer_slots([(practice, choices)], library, practice)
        [answered] = answers.complete({})
        session = Session(practice, answered.answers, adaptations=choices["for"])
        offered = Outline(ScriptWriter(session, library)).offered
        length = samples(choices["minutes"])
        assert any(one.shortest <= length <= one.longest for one in offered), row.number


def test_the_template_explains_every_column_and_offers_what_there_is() -> None:
    columns = {c.name: c for c in template_columns(default_folders(), plain_words)}

    assert {"slot.loved_one", *ROSTER_COLUMNS} - columns.keys() == {"variant"}
    assert "kind-body-scan" in columns["practice"].choices
    assert "wise-elder" in columns["figure"].choices
    assert columns["pace"].only_choices
    assert not columns["bed"].only_choices
    assert not any("‹" in c.help for c in columns.values())
