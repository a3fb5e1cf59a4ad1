"""Handouts and worksheets: a page about a practice that helps without a recording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import every_page
import pytest
import textstat
from practice_cases import PRACTICES, practice
from program_runs import HELLO, Machine
from reading import sentences_of, text_of

from cft_audio.languages.registry import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

WITH_WORKSHEETS = {"compassionate-letter", "compassionate-exposure"}
"""The techniques that have one."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> dict[str, Path]:
    """The handouts and worksheets of all practices, by their names."""
    machine = Machine(tmp_path_factory.mktemp("papers"), warm_home)
    return every_page.write_practice_papers(machine)


@pytest.fixture
def own(machine: Machine) -> str:
    """The handout of a script of one's own, in one's own words."""
    return every_page.write_own_handout(machine).read_text(encoding="utf-8")


def test_a_tired_reader_can_follow_every_handout_and_worksheet(papers: dict[str, Path]) -> None:
    for name, file in papers.items():
        written = sentences_of(file.read_text(encoding="utf-8"))
        assert textstat.flesch_kincaid_grade(written) <= 8, name


@pytest.mark.slow
@pytest.mark.parametrize("programme", every_page.PROGRAMMES)
def test_a_tired_reader_can_follow_every_plan(programme: str, tmp_path: Path) -> None:
    written = sentences_of(every_page.plan_page(programme, tmp_path))

    assert textstat.flesch_kincaid_grade(written) <= 8


@pytest.mark.parametrize("name", PRACTICES)
def test_a_handout_says_how_to_practise_when_to_stop_and_whom_to_call(
    name: str, papers: dict[str, Path]
) -> None:
    text = text_of(papers[f"{name}-sam-handout"].read_text(encoding="utf-8"))
    about = practice(name).about

    assert text[0] == f"{practice(name).title}, for Sam"
    assert set(about.guidelines) | set(about.not_alone) <= set(text)
    assert ENGLISH.handout.stopping in text
    assert ENGLISH.safety.emergency in " ".join(text)
    assert set(ENGLISH.safety.helplines) <= set(text)
    assert (ENGLISH.safety.therapist_advised in text) == about.therapist_advised


@pytest.mark.parametrize("name", PRACTICES)
def test_letters_and_exposures_have_a_worksheet(name: str, papers: dict[str, Path]) -> None:
    has_one = f"{name}-sam-worksheet" in papers

    assert has_one == (practice(name).technique in WITH_WORKSHEETS)


def test_a_page_needs_nothing_from_elsewhere(papers: dict[str, Path]) -> None:
    for file in papers.values():
        page = file.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|img|iframe|object)\b|\bon\w+=|url\(|@import", page)
        assert not re.search(r"\b(src|href|srcset|action)=", page)


def test_a_page_says_its_language_and_title(papers: dict[str, Path]) -> None:
    page = papers["loving-kindness-sam-handout"].read_text(encoding="utf-8")

    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert "<title>Loving-kindness, for Sam: " in page


def test_the_same_handout_has_the_same_bytes(machine: Machine) -> None:
    for file in ("one.html", "two.html"):
        machine.run("handout", "loving-kindness", "-o", file)

    assert (machine.folder / "one.html").read_bytes() == (machine.folder / "two.html").read_bytes()


def test_ones_own_words_stand_in_the_place_of_the_practices(own: str) -> None:
    assert "<h2>Before you begin</h2>" in own
    assert "<strong>Nothing</strong> has to be got right." in own
    assert "<li>Let the next breath come.</li>" in own
    assert ENGLISH.handout.how not in text_of(own)


def test_when_to_stop_and_whom_to_call_stand_below_ones_own_words(own: str) -> None:
    text = text_of(own)

    assert ENGLISH.handout.stopping in text
    assert set(ENGLISH.safety.helplines) <= set(text)


def test_html_of_ones_own_is_shown_as_text(own: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in own
    assert "<script" not in own
    assert "<img" not in own


def test_no_link_or_picture_of_ones_own_is_followed(own: str) -> None:
    assert "<a" not in own
    assert "[mine](https://example.org)" in own
    assert "![of it](https://example.org/me.png)" in own


def test_headings_of_ones_own_stand_below_the_title_however_they_are_written(
    machine: Machine,
) -> None:
    (machine.folder / "mine.md").write_text(HELLO, encoding="utf-8")
    own = "First\n=====\n\nSecond\n------\n\n###### Sixth\n\n    # no heading\n"
    (machine.folder / "mine.handout.md").write_text(own, encoding="utf-8")

    machine.run("handout", "./mine.md", "-o", "mine.html")

    page = (machine.folder / "mine.html").read_text(encoding="utf-8")
    assert page.count("<h1>") == 1
    assert "<h2>First</h2>" in page
    assert "<h3>Second</h3>" in page
    assert "<h6>Sixth</h6>" in page
    assert "<code># no heading\n</code>" in page


def test_a_handout_for_all_scripts_of_a_folder_yields_to_a_scripts_own(machine: Machine) -> None:
    for name in ("one", "two"):
        (machine.folder / f"{name}.md").write_text(HELLO, encoding="utf-8")
    (machine.folder / "handout.md").write_text("For all of them.", encoding="utf-8")
    (machine.folder / "two.handout.md").write_text("For the second.", encoding="utf-8")

    said = []
    for name in ("one", "two"):
        machine.run("handout", f"./{name}.md", "-o", f"{name}.html")
        page = (machine.folder / f"{name}.html").read_text(encoding="utf-8")
        said.append([words for words in ("For all of them.", "For the second.") if words in page])

    assert said == [["For all of them."], ["For the second."]]


def test_a_handout_is_not_taken_for_a_script(machine: Machine) -> None:
    scripts = machine.folder / "scripts"
    scripts.mkdir()
    (scripts / "mine.md").write_text(HELLO, encoding="utf-8")
    (scripts / "mine.handout.md").write_text("Words.", encoding="utf-8")
    (scripts / "handout.md").write_text("Words.", encoding="utf-8")

    listed = machine.run("list")

    assert "mine" in listed.stdout
    assert "handout" not in listed.stdout + listed.stderr


def test_a_handout_that_is_no_text_is_named(machine: Machine) -> None:
    (machine.folder / "mine.md").write_text(HELLO, encoding="utf-8")
    (machine.folder / "mine.handout.md").write_bytes(b"\x80\x81 bytes \xff")

    error = machine.run("handout", "./mine.md", "-o", "mine.html", status=1).stderr

    assert "mine.handout.md" in error
    assert "mine.html" not in machine.left_behind()


def test_a_page_that_is_there_is_not_written_over_unless_that_is_asked(machine: Machine) -> None:
    asked = ("handout", "loving-kindness", "-o", "page.html")
    (machine.folder / "page.html").write_text("mine", encoding="utf-8")

    refused = machine.run(*asked, status=1).stderr
    kept = (machine.folder / "page.html").read_text(encoding="utf-8")
    machine.run(*asked, "--force")

    assert "page.html" in refused
    assert kept == "mine"
    assert (machine.folder / "page.html").read_text(encoding="utf-8") != "mine"


def test_a_worksheet_that_is_there_is_not_written_over_either(machine: Machine) -> None:
    asked = ("handout", "compassionate-letter", "-o", "page.html")
    (machine.folder / "page-worksheet.html").write_text("mine", encoding="utf-8")

    refused = machine.run(*asked, status=1).stderr

    assert "page-worksheet.html" in refused
    assert machine.left_behind() == ["page-worksheet.html"]


def test_a_format_that_the_name_of_the_file_speaks_against_is_refused(machine: Machine) -> None:
    error = machine.run(
        "handout", "loving-kindness", "-o", "page.html", "--as", "pdf", status=2
    ).stderr

    assert "the name of the file ends in .html" in error
    assert machine.left_behind() == []
