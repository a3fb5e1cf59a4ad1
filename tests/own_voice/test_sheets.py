"""The lines to read aloud are those that the build asks for, and the page shows them safely."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.folders import Folders, default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.library.practices import Library
from cft_audio.own_voice.sheet import CUES, Sheet, make_sheet
from cft_audio.own_voice.sheet_file import LINES, PAGE, read_sheet, write_sheet
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.speech.engines.recorded import CUES_READ
from cft_audio.speech.text.estimate import estimate_length
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.planning.draft import Fitted
    from cft_audio.planning.outline import LengthsOf
    from cft_audio.script.cues import Line

PRACTICE = "soothing-rhythm-breathing"
SAM = Session(PRACTICE, {"name": "Sam"}, length_s=180.0)


@pytest.fixture(scope="module")
def folders() -> Folders:
    return default_folders()


def sheet_of(session: Session, voicing: Voicing, folders: Folders) -> Sheet:
    return make_sheet(ScriptWriter(session, Library(folders.scripts)), voicing, folders)


@pytest.fixture(scope="module")
def sheet(folders: Folders) -> Sheet:
    return sheet_of(SAM, Voicing(), folders)


def fit(folders: Folders, lengths: LengthsOf) -> Fitted:
    """Return the session as a recorded voice says it."""
    return Outline(ScriptWriter(SAM, Library(folders.scripts)), CUES_READ).fit(lengths)


def test_the_lines_are_those_that_a_build_says(sheet: Sheet, folders: Folders) -> None:
    asked: list[Line] = []

    def lengths(lines: Sequence[Line]) -> dict[Line, int]:
        asked[:] = lines
        return {line: estimate_length(line, 1.0, ENGLISH) for line in lines}

    fit(folders, lengths)
    said = [s.text for line in asked for s in Lexicon({}).sentences(line)]
    assert {line.text for line in sheet.lines} == set(said)
    assert [line.number for line in sheet.lines] == list(range(1, len(sheet.lines) + 1))


def test_breath_cues_come_last_with_the_time_their_breath_leaves_them(sheet: Sheet) -> None:
    cues = [line for line in sheet.lines if line.chapter == CUES]

    assert cues == list(sheet.lines[-len(cues) :])
    assert all(1.0 <= line.most_s <= 2.5 for line in cues)
    assert {"Breathing in now.", "and breathing out now."} <= {line.text for line in cues}


def test_a_session_whose_every_line_takes_as_long_as_it_may_is_as_long_as_asked(
    sheet: Sheet, folders: Folders
) -> None:
    most = {line.text: line.most_s for line in sheet.lines}

    def lengths(lines: Sequence[Line]) -> dict[Line, int]:
        spoken = {line: [s.text for s in Lexicon({}).sentences(line)] for line in lines}
        return {
            line: round(44_100 * (sum(most[t] for t in said) + 1.3 * (len(said) - 1)))
            for line, said in spoken.items()
        }

    assert fit(folders, lengths).timeline.length == 180 * 44_100


def test_lines_with_the_listeners_own_words_are_marked(sheet: Sheet) -> None:
    personal = [line.text for line in sheet.lines if line.personal]

    assert "Hello, Sam." in personal
    assert "You may stop at any time." not in personal


def test_a_sheet_is_read_back_as_it_was_written(sheet: Sheet, tmp_path: Path) -> None:
    write_sheet(sheet, tmp_path / "new", overwrite=False)

    assert read_sheet(tmp_path / "new") == sheet


def test_a_sheet_of_an_older_version_is_read(sheet: Sheet, tmp_path: Path) -> None:
    """Its lines had one value more."""
    write_sheet(sheet, tmp_path, overwrite=False)
    table = json.loads((tmp_path / LINES).read_text("utf-8"))
    for line in table["lines"]:
        line["is_cue"] = False
    (tmp_path / LINES).write_text(json.dumps(table), "utf-8")

    assert read_sheet(tmp_path) == sheet


def test_a_sheet_is_overwritten_only_when_asked(sheet: Sheet, tmp_path: Path) -> None:
    write_sheet(sheet, tmp_path, overwrite=False)
    recording = tmp_path / "01.wav"
    recording.write_bytes(b"a recording")
    with pytest.raises(OutputError) as raised:
        write_sheet(sheet, tmp_path, overwrite=False)
    assert "or ‹overwrite it›" in raised.value.remedy
    write_sheet(sheet, tmp_path, overwrite=True)

    assert recording.read_bytes() == b"a recording"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01.wav", LINES, PAGE]


def test_the_page_shows_every_line_with_its_number_and_time(sheet: Sheet, tmp_path: Path) -> None:
    page = write_sheet(sheet, tmp_path, overwrite=False).read_text("utf-8")
    rows = re.findall(r'<span class="number">(\d+)</span>.*?at most ([\d.]+) s', page)

    assert [(int(number), float(most)) for number, most in rows] == [
        (line.number, line.most_s) for line in sheet.lines
    ]
    assert "http" not in page
    assert page.count("&#9670;") == 1 + sum(line.personal for line in sheet.lines)


def test_the_page_names_the_next_step_in_the_words_of_its_face(
    sheet: Sheet, tmp_path: Path
) -> None:
    page = write_sheet(sheet, tmp_path, overwrite=False, words=lambda step, _: step.upper())

    assert "The next step is MAKE OWN VOICE." in page.read_text("utf-8")


def test_only_words_of_the_listeners_own_are_marked(folders: Folders) -> None:
    """Not what a practice says by itself, where nothing else was answered."""
    usual = sheet_of(
        Session("loving-kindness", {"name": "Sam"}, length_s=180.0), Voicing(), folders
    )
    marked = [line.text for line in usual.lines if line.personal]
    assert marked
    assert all("Sam" in text for text in marked)
    assert any(text == "May I be safe." for text in (line.text for line in usual.lines))

    chosen = {"name": "Sam", "loved_one": "my dog Rex"}
    own = sheet_of(Session("loving-kindness", chosen, length_s=180.0), Voicing(), folders)
    theirs = [line.text for line in own.lines if line.personal and "Sam" not in line.text]
    assert theirs
    assert all("Rex" in text for text in theirs)


def test_what_a_person_wrote_is_not_markup_on_the_page(folders: Folders, tmp_path: Path) -> None:
    name = "<script>alert(1)</script> & Co"
    figure = 'my "aunt" <b>Rosa</b>'
    sheet = sheet_of(replace(SAM, answers={"name": name, "figure": figure}), Voicing(), folders)
    sheet = replace(sheet, title="<i>A title</i>")
    page = write_sheet(sheet, tmp_path, overwrite=False).read_text("utf-8")

    assert "<script" not in page
    assert "<b>Rosa" not in page
    assert "&lt;i&gt;A title&lt;/i&gt;" in page


def test_the_page_shows_how_a_name_is_said(folders: Folders, tmp_path: Path) -> None:
    voicing = Voicing(pronounce={"Xiomara": "see-oh-MAR-ah"})
    sheet = sheet_of(replace(SAM, answers={"name": "Xiomara"}), voicing, folders)
    page = write_sheet(sheet, tmp_path, overwrite=False).read_text("utf-8")

    assert "<b>Xiomara</b> see-oh-MAR-ah" in page


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "lines": []}'])
def test_a_damaged_sheet_is_reported_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / LINES).write_text(content)

    with pytest.raises(RequestError, match="damaged") as raised:
        read_sheet(tmp_path)
    assert "‹write record sheet›" in raised.value.remedy


def test_a_folder_without_a_sheet_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no record sheet"):
        read_sheet(tmp_path)


def test_the_lines_file_is_plain_json(sheet: Sheet, tmp_path: Path) -> None:
    write_sheet(sheet, tmp_path, overwrite=False)
    table = json.loads((tmp_path / LINES).read_text("utf-8"))

    assert table["lines"][0]["fragments"][0]["text"] == "Hello, Sam."
