"""docs/desk.md: from a template to the ZIPs, by the commands that stand there."""

from __future__ import annotations

import re
import shlex
import zipfile
from typing import TYPE_CHECKING

import desk as example
import pytest
import pyzipper
from reading import text_of

from cft_audio.rosters.reading import read_roster

if TYPE_CHECKING:
    from program_runs import Machine

PAGE = example.PAGE.read_text(encoding="utf-8")
COMMANDS = example.commands()
REDUCED = 2
"""Clients of the twelve that CI makes recordings for; benchmarks/desk.py makes those of all."""


def test_it_takes_few_commands_and_none_is_long() -> None:
    assert COMMANDS[0].startswith("cft-audio batch --template ")
    assert len(COMMANDS) <= example.MOST_COMMANDS
    assert max(map(len, COMMANDS)) <= example.LONGEST
    assert any("--hand-over zip" in command for command in COMMANDS)


def test_the_roster_beside_it_is_what_its_script_writes() -> None:
    file = example.PAGE.parent / "desk" / example.ROSTER

    assert example.cells_of(file) == [list(row) for row in example.table()]
    assert f"(desk/{example.ROSTER})" in PAGE


def test_it_is_of_twelve_clients_and_three_practices_each() -> None:
    rows = list(example.rows())

    assert len(rows) == 36
    assert len({row["code"] for row in rows}) == 12
    assert len({row["name"] for row in rows}) == 12


@pytest.mark.slow
def test_its_roster_is_read_without_a_fault(machine: Machine) -> None:
    told = machine.json("batch", str(example.PAGE.parent / "desk" / example.ROSTER), "-n")

    assert told["total"]["rows"] == 36
    assert 3600 < told["total"]["length_s"] < 3 * 3600


@pytest.mark.slow
def test_its_commands_lead_from_a_template_to_the_zips(bare: Machine) -> None:
    roster, password = bare.folder / example.ROSTER, bare.folder / "pw.txt"
    password.write_text(f"{example.PASSWORD}\n", encoding="utf-8")
    password.chmod(0o600)
    for number, command in enumerate(COMMANDS):
        program, *arguments = shlex.split(command)
        assert program == "cft-audio"
        bare.run_apart(*arguments)
        if number == 0:  # it is filled in
            columns = example.columns()
            assert set(read_roster(roster, columns, None).rows[0].cells) <= set(columns)
            example.write_roster(roster, REDUCED)
    place = bare.folder / "output" / "hand-over"

    assert sorted(path.name for path in place.iterdir()) == [
        "K01.zip",
        "K02-how-to-open.html",
        "K02.zip",
    ]
    with zipfile.ZipFile(place / "K01.zip") as whole:
        assert whole.testzip() is None
        assert whole.namelist() == re.findall(r"^      (.+)$", PAGE, re.MULTILINE)
        said = text_of(whole.read("letter.html").decode())
    with pyzipper.AESZipFile(place / "K02.zip") as whole:
        whole.setpassword(example.PASSWORD.encode())
        assert whole.testzip() is None
        hello = text_of(whole.read("letter.html").decode())
    assert "Dear Sam," in said
    assert "Hello," in hello
    assert "Zoë" not in " ".join(hello)
