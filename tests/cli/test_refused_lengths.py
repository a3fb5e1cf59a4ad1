"""A length that a practice cannot have is refused before a line is spoken or sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import PRACTICE

if TYPE_CHECKING:
    from google_server import Google
    from program_runs import Machine

SESSION = (PRACTICE, "--name", "Sam")
IMPOSSIBLE = pytest.mark.parametrize("minutes", ["999", "0:30"])
EVERY_WAY = pytest.mark.parametrize(
    "command", [("build",), ("build", "--dry-run"), ("preview", "--no-play"), ("record-sheet",)]
)


def kept_clips(machine: Machine) -> list[Path]:
    """Return every file of the clip cache."""
    return list(Path(machine.json("cache")["folder"]).rglob("*"))


@IMPOSSIBLE
@EVERY_WAY
def test_it_is_refused_and_nothing_is_spoken(
    cold: Machine, command: tuple[str, ...], minutes: str
) -> None:
    refused = cold.run(*command, *SESSION, "-m", minutes, status=2)

    assert "Ask for a length from" in refused.stderr
    assert refused.stdout == ""
    assert kept_clips(cold) == []
    assert cold.left_behind() == []


@IMPOSSIBLE
@pytest.mark.parametrize("voices", [("--voice", "google-gb"), ("--figure-voice", "google-gb")])
def test_nothing_is_sent_to_a_voice_that_speaks_online_though_it_may(
    cold: Machine, google: Google, voices: tuple[str, ...], minutes: str
) -> None:
    cold.run("build", *SESSION, *voices, "--allow-online", "-m", minutes, status=2)

    assert google.connects == google.sent == []
    assert kept_clips(cold) == []


@IMPOSSIBLE
def test_a_program_reads_the_error_as_one_object(cold: Machine, minutes: str) -> None:
    refused = cold.run("build", *SESSION, "-m", minutes, "--json", status=2)
    error = json.loads(refused.stdout)

    assert (error["error"], error["field"]) == ("LengthError", "minutes")
    assert error["too_short"] == (minutes == "0:30")
    assert error["message"].startswith("the practice cannot be ")
    assert error["remedy"].startswith("Ask for a length from ")
    assert "cft-audio: --minutes: the practice cannot be " in refused.stderr
    assert kept_clips(cold) == []


def test_a_practice_that_is_not_offered_so_short_is_refused_and_another_named(
    bare: Machine,
) -> None:
    (bare.folder / "scripts").mkdir()
    front = "title: Whole\ntechnique: loving-kindness\nnatural: 12\nshortest: 10\n"
    (bare.folder / "scripts" / "whole.md").write_text(f"---\n{front}---\n## A\n\nStop or stay.\n")
    refused = bare.run("build", "whole", "-m", "5", "--dry-run", status=2)

    assert "'Whole' is offered from 10:00 on" in refused.stderr
    assert "choose 'loving-kindness', which can be 5:00 long" in " ".join(refused.stderr.split())
    assert "from 10:00 on" in bare.run("list").stdout
