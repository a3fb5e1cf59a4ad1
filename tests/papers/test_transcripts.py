"""The words of a session to read, of a practice or of a recording that is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import every_page
import pytest
from program_runs import HELLO, SHORT, Machine
from reading import text_of

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("mp3", "m4a", "opus", "flac", "wav")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Machine:
    """A machine with a recording of a short session in five formats, and its captions."""
    machine = Machine(tmp_path_factory.mktemp("built"), warm_home)
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    for kind in FORMATS:
        asked = ("--name", "Zoë", "-o", f"hello.{kind}", "--with-text", "srt")
        machine.run("build", "./hello.md", *asked, "--force")
    return machine


def test_a_page_has_every_chapter_every_line_and_long_silences(machine: Machine) -> None:
    script = SHORT.replace("[pause]", "[40s]")
    (machine.folder / "short.md").write_text(script, encoding="utf-8")

    machine.run("words", "./short.md", "--name", "Sam", "-o", "words.html")

    text = text_of((machine.folder / "words.html").read_text(encoding="utf-8"))
    assert text[0] == "Hello, for Sam"
    assert [line for line in text if re.fullmatch(r"(Hello|Breathing) \d+:\d\d", line)]
    assert any(line.endswith("Thank you for making this time, Sam.") for line in text)
    assert any("silence" in line or "quiet" in line for line in text), text


def test_a_page_escapes_whatever_a_person_typed(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")

    machine.run("words", "./hello.md", "--name", "A&B", "-o", "words.html")

    page = (machine.folder / "words.html").read_text(encoding="utf-8")
    assert "Hello, A&amp;B." in page
    assert "A&B" not in page


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_the_words_of_a_recording_are_those_it_was_made_with(built: Machine, kind: str) -> None:
    said = built.run("words", f"hello.{kind}", "--as", "srt").stdout

    # Lyrics hold when each of them begins; silences of a second and more when it ends.
    begun = r"\n(\S+) -->.*\n(.*)\n"
    written = (built.folder / "hello.srt").read_text(encoding="utf-8")
    assert [words for _, words in re.findall(begun, said)] == [
        words for _, words in re.findall(begun, written)
    ]


@pytest.mark.slow
def test_words_are_printed_where_no_file_is_named(built: Machine) -> None:
    said = built.run("words", "./hello.md", "--name", "Zoë").stdout

    assert "Hello, Zoë." in said
    assert "Stop at any time." in said


def test_several_formats_go_into_a_folder(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")

    machine.run("words", "./hello.md", "--name", "Sam", "--as", "vtt", "--as", "html", "-o", "out")

    assert machine.left_behind() == ["hello.md", "out/hello-sam-words.html", "out/hello-sam.vtt"]


def test_a_recording_without_words_says_so(machine: Machine) -> None:
    (machine.folder / "not.mp3").write_bytes(b"ID3 and nothing else")

    error = machine.run("words", "not.mp3", status=1).stderr

    assert "not.mp3" in error


def test_two_formats_cannot_be_printed(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    asked = ("words", "./hello.md", "--name", "Sam", "--as", "srt", "--as", "vtt")

    error = machine.run(*asked, status=2).stderr

    assert "Name a file or a folder" in error


def test_the_page_of_a_short_session_is_the_same_each_time(machine: Machine) -> None:
    page = every_page.write_transcript(machine)
    before = page.read_bytes()
    page.unlink()

    assert every_page.write_transcript(machine).read_bytes() == before
