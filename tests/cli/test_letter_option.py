"""A letter on the command line: what was understood of it, and a prompt that asks again."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from letter_files import word, words

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine

READING = """---
title: Reading
technique: compassionate-letter
slots:
  name: {ask: "Your name?"}
  letter: {ask: "Which file?", type: letter}
  mood: {ask: "Which mood?", type: choice, choices: [calm, bright]}
  days: {ask: "How many days?", type: number}
---
## Hello

Hello, {{ name }}, {{ mood }}, {{ days }}. Stop at any time.

{% for paragraph in letter %}
> {{ paragraph }}

{% endfor %}
"""
LETTER = word(words("Dear Sam,") + words("None of it was your fault, and it will pass."))
SAM = ("--name", "Sam", "--with", "mood=calm", "--with", "days=3")
BUILD = ("build", "reading.md", "--dry-run")


@pytest.fixture
def reader(machine: Machine) -> Machine:
    (machine.folder / "reading.md").write_text(READING)
    (machine.folder / "my letter.docx").write_bytes(LETTER)
    return machine


def said(plan: dict[str, list[dict[str, str]]]) -> list[str]:
    return [event["text"] for event in plan["events"] if event["type"] == "say"]


def test_the_dry_run_shows_what_was_understood(reader: Machine) -> None:
    shown = reader.run(*BUILD, *SAM, "--letter", "my letter.docx").stdout
    plan = reader.json(*BUILD, *SAM, "--letter", "my letter.docx")

    understood = (
        "letter: my letter.docx, a Word document, 2 paragraphs, 12 words: “Dear Sam, None of it "
        "was your fault, …”"
    )
    assert understood in shown.splitlines()
    assert plan["letters"] == [
        {
            "file": "my letter.docx",
            "kind": "a Word document",
            "paragraphs": 2,
            "words": 12,
            "beginning": "Dear Sam, None of it was your fault, …",
        }
    ]
    assert said(plan)[1:] == ["Dear Sam,", "None of it was your fault, and it will pass."]


@pytest.mark.slow
def test_a_letter_comes_from_wherever_a_path_is_dragged_or_pasted(reader: Machine) -> None:
    letter = reader.folder / "my letter.docx"
    escaped = str(letter).replace(" ", "\\ ")
    written = [f"'{letter}'", f'"{letter}" ', escaped, letter.as_uri(), f" {letter} "]
    plans = [reader.json(*BUILD, *SAM, "--letter", path) for path in written]

    assert {plan["letters"][0]["words"] for plan in plans} == {12}
    quoted = reader.json(
        *BUILD[:1], f"'{reader.folder / 'reading.md'}' ", *SAM, "-n", "--letter", "my letter.docx"
    )
    assert said(quoted) == said(plans[0])
    reader.environment["CFT_AUDIO_BUILD_LETTER"] = letter.as_uri()
    assert reader.json(*BUILD, *SAM)["letters"] == plans[0]["letters"]
    practice = ("build", "loving-kindness", "--name", "Sam", "-m", "3", "-n")
    assert reader.json(*practice)["letters"] == []  # a setting stops no practice without a letter


def test_a_letter_is_read_from_standard_input(reader: Machine) -> None:
    command = [sys.executable, "-m", "cft_audio", *BUILD, *SAM, "--letter", "-"]
    done = subprocess.run(
        command,
        input=LETTER,
        capture_output=True,
        cwd=reader.folder,
        env=reader.environment,
        check=True,
    )

    assert "\nletter: standard input, a Word document, 2 paragraphs" in done.stdout.decode()


def test_a_prompt_says_what_is_wrong_and_asks_again(reader: Machine) -> None:
    (reader.folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    letter = reader.folder / "my letter.docx"
    typed = f"   \nSam\ngone.txt\nphoto.jpg\n'{letter}'\nsad\ncalm\nmany\n3\n"
    asked = reader.run_at_terminal(typed, *BUILD)

    assert asked.stderr.count("Your name?") == 2
    assert asked.stderr.count("Which file?") == 3
    assert asked.stderr.count("Which mood? (calm, bright)") == 2
    assert asked.stderr.count("How many days?") == 2
    for told in (
        "Error: there is nothing in the answer. Type one.",
        "Error: there is no file 'gone.txt'. Check the path, or drag the file into the window.",
        "Error: photo.jpg: this is a picture, and cannot be read.",
        "Error: 'sad' is not one of the choices. Choose one of calm, bright.",
        "Error: 'many' is not a number. Write it in digits.",
    ):
        assert told in asked.stderr
    assert "Hello, Sam, calm, 3." in asked.stdout
    assert "None of it was your fault" in asked.stdout


def test_the_end_of_input_ends_a_prompt_on_a_line_of_its_own(reader: Machine) -> None:
    ended = reader.run_at_terminal("Sam\n\x04", *BUILD, status=130)

    lines = ended.stderr.splitlines()
    assert lines[-2].endswith("Which file?")
    assert lines[-1] == "cft-audio: Stopped. No unfinished file was left behind."


def test_a_letter_that_cannot_be_read_is_told_before_anything_is_asked(reader: Machine) -> None:
    asked = reader.run_at_terminal("Sam\n", *BUILD, "--letter", "gone.txt", status=2)

    assert "Your name?" not in asked.stderr
    assert "there is no file 'gone.txt'" in asked.stderr


@pytest.mark.parametrize(
    "figure", ["/path/note.txt", "~/note.odt", "note.txt", r"C:\a\note", "./a"]
)
def test_a_file_where_a_figure_is_meant_is_refused(machine: Machine, figure: str) -> None:
    asked = ("build", "compassionate-imagery", "--name", "Sam", "--figure", figure, "-n")
    refused = machine.run(*asked, status=2).stderr

    assert "--figure: " in refused
    assert "is a file, and no figure's" in refused
    assert "my aunt Rosa" in refused


@pytest.mark.slow
def test_a_figure_with_a_slash_or_a_full_stop_in_it_is_still_one(machine: Machine) -> None:
    for figure in ("my mum/dad", "Dr. Who", "a friend, 5.5 feet tall"):
        asked = ("build", "compassionate-imagery", "--name", "Sam", "-m", "3", "--figure", figure)
        machine.run(*asked, "--dry-run")


def test_a_library_reads_the_same_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import cft_audio

    monkeypatch.chdir(tmp_path)
    (tmp_path / "my letter.docx").write_bytes(LETTER)
    request = cft_audio.request(
        "compassionate-letter-reading", name="Sam", letter=f"'{tmp_path / 'my letter.docx'}'"
    )

    (letter,) = request.session.letters
    assert (letter.kind, letter.words) == ("a Word document", 12)
    assert "fault" not in repr(request)
    assert "my letter" not in repr(request)
    assert cft_audio.from_object(cft_audio.as_object(request)) == request
