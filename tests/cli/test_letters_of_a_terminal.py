"""What a terminal hands over that is no text, or nothing that can be said."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, checked

from cft_audio.application.fields import parse_fields
from cft_audio.errors import CftAudioError
from cft_audio.schema.text import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine


def as_handed_over(text: str, encoding: str = "utf-8") -> str:
    """Return ``text`` as Python hands it over where the language is C and UTF-8 mode is off."""
    return text.encode(encoding).decode("ascii", errors="surrogateescape")


@pytest.mark.parametrize("name", ["Zoë", "Sam", "שרה", "李雷", "Ünal Öz", "😀", "o\u0308"])
@pytest.mark.parametrize("field", ["name", "client", "figure", "artist"])
def test_every_letter_of_a_name_is_read_whatever_the_terminals_language(
    field: str, name: str
) -> None:
    assert parse_fields({field: as_handed_over(name)}) == {field: name}


def test_pairs_are_read_on_both_sides() -> None:
    given = [as_handed_over("Zoë=ZOH-ee"), as_handed_over("loved_one=Ünal")]

    assert parse_fields({"with": given[1:], "pronounce": given[:1]}) == {
        "with": {"loved_one": "Ünal"},
        "pronounce": {"Zoë": "ZOH-ee"},
    }


@pytest.mark.parametrize("name", ["Zoë", "Ünal"])
def test_what_is_no_utf_8_is_refused_and_nothing_of_it_is_left_out(name: str) -> None:
    given = as_handed_over(name, "latin-1")
    for field, value in (("name", given), ("figure", given), ("with", [f"loved_one={given}"])):
        with pytest.raises(CftAudioError, match="some of its letters cannot be read") as raised:
            parse_fields({field: value})
        assert raised.value.field == field


@pytest.mark.parametrize("field", ["figure", "bed", "voice"])
def test_a_path_stays_as_the_disk_has_it(field: str, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode("Zo\u00eb.wav".encode("latin-1"))
    try:
        file.touch()
    except OSError:
        pytest.skip("this disk takes nothing but UTF-8")

    assert parse_fields({field: str(file)}) == {field: str(file)}


@pytest.mark.parametrize("field", ["figure", "bed", "voice"])
def test_no_text_is_too_long_to_be_looked_for_as_a_path(field: str) -> None:
    assert parse_fields({field: "a" * 5000}) == {field: "a" * 5000}


def test_a_lone_half_of_a_letter_is_no_text() -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        as_text("Zo\ud800")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows hands over letters, not bytes")
def test_a_terminal_whose_language_is_c_greets_by_the_whole_name(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    language = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "cft_audio", "build", "hello.md", "--name", "Zoë".encode(), "-n"],
        cwd=machine.folder,
        env=machine.environment | language,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert "Hello, Zoë." in checked(done, 0).stdout


@pytest.mark.parametrize("name", ["\u200b", "\u200b \u2060", "\ufeff", "\u202e", "\u00ad", " "])
def test_a_name_of_which_nothing_is_ever_said_is_no_name(name: str, machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    error = machine.run("build", "hello.md", "--name", name, "-n", status=2).stderr

    assert "also needs --name" in error


@pytest.mark.slow
def test_an_answer_of_which_nothing_is_ever_said_takes_the_default(machine: Machine) -> None:
    practice = HELLO.replace('"Your name?"', '"Your name?", default: friend')
    (machine.folder / "hello.md").write_text(practice, encoding="utf-8")

    assert "Hello, friend." in machine.run("build", "hello.md", "--name", "\u200b", "-n").stdout
