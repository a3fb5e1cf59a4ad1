"""Lines found, left out and rested after at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import SHORT

from cft_audio.master.tagging import read_tags

if TYPE_CHECKING:
    from program_runs import Machine

SAM = ("build", "short.md", "--name", "Sam")


@pytest.fixture
def short(machine: Machine) -> Machine:
    """A machine with a practice of about a minute, the way to stop in it kept."""
    text = SHORT.replace("Stop at any time.", "Stop at any time. [keep]")
    (machine.folder / "short.md").write_text(text)
    return machine


def edits(machine: Machine, text: str, name: str = "mine.toml") -> tuple[str, str]:
    (machine.folder / name).write_text(text)
    return "--edits", name


def id_of(machine: Machine, words: str) -> str:
    plan = machine.json(*SAM, "--dry-run")
    [found] = [line["id"] for line in plan["lines"] if words in line["text"]]
    said = {event["id"] for event in plan["events"] if event["type"] == "say"}
    assert found in said
    return str(found)


def test_the_plan_lists_each_line_with_its_id_and_whether_it_is_kept(short: Machine) -> None:
    shown = short.run(*SAM, "--dry-run", "--verbose").stdout.splitlines()
    stop, breath = (id_of(short, words) for words in ("Stop", "Let the breath"))

    [kept] = [line for line in shown if stop in line]
    assert kept.split()[1:3] == [stop, "kept"]
    assert kept.endswith("Hello, Sam. Stop at any time.")
    [free] = [line for line in shown if breath in line]
    assert free.endswith(f"{breath}            Let the breath come and go.")


def test_a_line_that_is_left_out_is_not_said_and_the_length_is_the_same(short: Machine) -> None:
    breath = id_of(short, "Let the breath")
    options = edits(short, f"[lines]\n{breath} = {{ leave_out = true }}\n")
    plan = short.json(*SAM, "-m", "1:30", *options, "--dry-run")

    assert plan["duration_s"] == 90
    assert "Let the breath" not in str(plan["events"])
    [gone] = [line for line in plan["lines"] if line["is_left_out"]]
    assert gone["text"] == "Let the breath come and go."
    shown = short.run(*SAM, "-m", "1:30", *options, "--dry-run", "-v").stdout
    assert "1 line left out, 0 rests longer" in shown
    assert f"{breath}  left out  Let the breath" in shown


def test_what_keeps_a_listener_safe_is_refused_by_name_of_the_option(short: Machine) -> None:
    stop = id_of(short, "Stop")
    options = edits(short, f"[lines]\n{stop} = {{ leave_out = true }}\n")
    refused = short.run(*SAM, *options, status=2).stderr

    assert "--edits: the line 'Hello, …. Stop at any time.' cannot be left out" in refused
    assert "--seed" in refused or "--variant" in refused
    assert not (short.folder / "output").exists()


def test_an_edit_of_no_line_is_a_note(short: Machine) -> None:
    options = edits(short, "[lines]\n0123456789 = { rest_longer = 9 }\n")
    done = short.run(*SAM, *options, "--dry-run")

    assert "The edit changes nothing: this session doesn't have its line" in done.stderr
    assert "'cft-audio build PRACTICE --dry-run --verbose'" in done.stderr


@pytest.mark.slow
def test_recordings_that_differ_by_edits_alone_have_two_names_and_say_how(short: Machine) -> None:
    breath, thanks = (id_of(short, words) for words in ("Let the breath", "Thank you"))
    first = edits(short, f"[lines]\n{breath} = {{ leave_out = true }}\n")
    second = edits(short, f"[lines]\n{thanks} = {{ rest_longer = 3.5 }}\n", "other.toml")
    plain, one, two = (short.json(*SAM, *more) for more in ((), first, second))
    again = short.json(*SAM, *first)

    names = [Path(made["file"]).name for made in (plain, one, two)]
    assert names[0] == "short-sam.mp3"
    assert len(set(names)) == 3
    assert all(name.startswith("short-sam-edits-") for name in names[1:])
    assert (again["file"], again["state"]) == (one["file"], "kept")

    inspected = short.json("inspect", one["file"])
    assert inspected["fields"]["edits"] == "EDITS"
    assert "--edits EDITS" in inspected["command"]
    assert f"edits-{inspected['edits']}" in names[1]
    told = short.run("inspect", one["file"]).stdout
    assert "In the place of EDITS give the file of edits" in told
    dry = short.run(*SAM, *first, "--dry-run", "--verbose").stdout
    assert f"edits {inspected['edits']}: 1 line left out" in dry
    tags = " ".join(map(str, read_tags(Path(one["file"])).values()))
    assert "mine.toml" not in tags
    assert breath not in tags
