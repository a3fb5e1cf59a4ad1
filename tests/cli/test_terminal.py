"""Nothing that a file holds acts on the terminal that shows it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from cft_audio.schema.shown import harmless, on_one_line

if TYPE_CHECKING:
    from program_runs import Machine

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PROJECT = Path(__file__).parents[2] / "pyproject.toml"

PRACTICE = """---
title: "{}"
technique: loving-kindness
slots: {{ name: {{ ask: "Name?" }} }}
---
## A

Hello, {{{{ name }}}}. You may stop at any time. [keep]
"""


def shown(machine: Machine, *arguments: str, status: int = 0) -> str:
    done = machine.run(*arguments, status=status)
    assert not UNSAFE.search(done.stdout + done.stderr)
    return done.stdout + done.stderr


@pytest.mark.parametrize("escape", [r"\e[31m", r"\a", r"\x9b1m", r"\u202E", r"\0"])
@pytest.mark.parametrize("command", ["check", "show", "build"])
def test_a_control_character_in_front_matter_is_an_error_with_its_line(
    bare: Machine, command: str, escape: str
) -> None:
    (bare.folder / "a.md").write_text(PRACTICE.format(f"A{escape}B"), encoding="utf-8")

    said = shown(bare, command, "a.md", status=1)

    assert "a.md:2: there is a control character, U+" in said


@pytest.mark.parametrize("raw", ["\x1b[31m", "\x07", "\x00", "\x9b1m", "\u202e"])
def test_a_raw_one_is_as_well(bare: Machine, raw: str) -> None:
    (bare.folder / "a.md").write_text(PRACTICE.format(f"A{raw}B"), encoding="utf-8")

    assert "a.md:2: there is a control character" in shown(bare, "check", "a.md", status=1)


@pytest.mark.parametrize(
    ("file", "line", "command"),
    [
        ("scripts/figures/mine.toml", r'name = "a\u001b[31mb"', ("list", "--figures")),
        ("scripts/programmes/mine.toml", r'title = "a\u0007b"', ("programme", "list")),
        ("scripts/mine.md", '---\ntitle: "a\\e[2Jb"\n---', ("list",)),
    ],
)
def test_a_list_names_the_file_and_shows_the_rest(
    bare: Machine, file: str, line: str, command: tuple[str, ...]
) -> None:
    path = bare.folder / file
    path.parent.mkdir(parents=True)
    path.write_text(line, encoding="utf-8")

    said = shown(bare, *command)

    assert re.search(r"mine\.(toml:1|md:2): there is a control character", said)
    assert len(said.splitlines()) > 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "a\x1b[31m.md"),
        ("show", "a\x1b[31m\u202e"),
        ("play", "a\x07.mp3"),
        ("pronounce", "add", "a\x1bb", "x\x1by"),
        ("build", "loving-kindness", "--name", "Sam", "--with", "a\x1b=b"),
        ("b\x1build",),
    ],
)
def test_what_a_person_pastes_is_shown_escaped(bare: Machine, arguments: tuple[str, ...]) -> None:
    done = bare.run(*arguments, status=1 if arguments[0] == "check" else 2)

    assert not UNSAFE.search(done.stdout + done.stderr)


def test_json_stays_json_and_harmless(bare: Machine) -> None:
    out = bare.run("show", "a\x9b\u202e\x1b", "--json", status=2).stdout

    assert not UNSAFE.search(out)
    assert "a\x9b\u202e\x1b" in json.loads(out)["message"]


def test_a_question_is_one_line(bare: Machine) -> None:
    practice = PRACTICE.format("A").replace('"Name?"', '"Name?\\nPassword:"')
    (bare.folder / "a.md").write_text(practice, encoding="utf-8")

    done = bare.run_at_terminal("Sam\n", "build", "a.md", "-n")

    assert "Name? Password:" in done.stderr


def test_text_for_people_is_left_as_it_is() -> None:
    assert harmless("Zoë\t— שלום\n😀") == "Zoë\t— שלום\n😀"
    assert on_one_line("a\n b\tc\x1b") == "a b c\\u001b"


def test_no_jinja_is_allowed_whose_sandbox_a_script_can_leave() -> None:
    """CVE-2025-27516: str.format through the filter ``attr``, mended in 3.1.6."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    [jinja] = [r for r in map(Requirement, project["dependencies"]) if r.name == "jinja2"]

    assert "3.1.5" not in jinja.specifier
    assert "3.1.6" in jinja.specifier
