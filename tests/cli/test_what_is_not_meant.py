"""What a person may not have meant is said, or refused, before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from program_runs import SHORT

if TYPE_CHECKING:
    from program_runs import Machine

SESSION = ("build", "short.md", "-n")
SAM = (*SESSION, "--name", "Sam")


@pytest.fixture(autouse=True)
def short(machine: Machine) -> None:
    """Write the practice of these sessions: it takes a figure, and can leave the breath alone."""
    figure = 'figure: {ask: "Who is with you?", type: figure, default: wise-elder}'
    breathing = "{% if for_trauma_sensitive %}Feel your feet.{% else %}[breathe 4]{% endif %}"
    text = SHORT.replace("slots: {", f"slots: {{{figure}, ").replace("[breathe 4]", breathing)
    (machine.folder / "short.md").write_text(f"{text}\n{{{{ figure.name }}}} is here.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--figure-voice", "nobody"), "--figure-voice: there is no voice called 'nobody'"),
        (("--figure-voice", "gone.onnx"), "--figure-voice: there is no file 'gone.onnx'"),
        (("--name", "Max"), "--name: it is given more than once: Sam, Max. Give it once."),
        (("--with", "name=Max"), "--name is given twice: 'Sam' and 'Max'. Give it once."),
        (("--with", "x=1", "--with", "x=2"), "--with: 'x' is given twice: '1' and '2'"),
        (("--seed", "2", "--variant", "3"), "--seed: it is given more than once: 2, 3"),
        (("-o", "a.mp3", "-o", "b.mp3"), "-o: it is given more than once: a.mp3, b.mp3"),
        (("--pronounce", "Sam=SAM", "--pronounce", "Sam=SOM"), "'Sam' is given twice"),
        (("--pattern", "box", "--pace", "slow"), "--pattern gives each breath its seconds"),
        (("--pattern", "4-7-8"), "air hunger"),
        (("--figure", "./note.txt"), "is a file, and no figure's"),
        (("--client", "Bea"), "nothing is kept for a client called 'Bea'"),
    ],
)
def test_it_is_refused(machine: Machine, arguments: tuple[str, ...], message: str) -> None:
    assert message in machine.run(*SAM, *arguments, status=2).stderr


@pytest.mark.parametrize("name", ["\u200b", " ", "\u200b \u2060"])
def test_a_name_of_nothing_to_see_is_no_name(machine: Machine, name: str) -> None:
    assert "also needs --name" in machine.run(*SESSION, "--name", name, status=2).stderr


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (
            ("--figure", "my aunt Rosa"),
            "'my aunt Rosa' is spoken of as 'they'. For others, give --fig",
        ),
        (("--tone", "bowls", "--for", "trauma-sensitive"), "Nothing of the tone 'bowls' is heard"),
        (("--bell-every", "30"), "No bell is struck every 30:00: the session ends before"),
        (("--pattern", "4-7-8", "--for", "trauma-sensitive"), "each is 4 s in, 8 s out, 5 breaths"),
    ],
)
def test_it_is_said_and_made(machine: Machine, arguments: tuple[str, ...], note: str) -> None:
    plan = machine.json(*SAM, *arguments)

    assert any(note in text for text in plan["notes"])
    assert note in machine.run(*SAM, *arguments).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--figure", "wise-elder"),
        ("--figure", "my aunt Rosa", "--figure-pronouns", "she"),
        ("--tone", "bowls"),
        ("--for", "trauma-sensitive"),
        ("--pattern", "4-7-8", "--insist"),
        ("--name", "Sam"),
    ],
)
def test_nothing_is_said_of_what_is_meant(machine: Machine, arguments: tuple[str, ...]) -> None:
    assert machine.json(*SAM, *arguments)["notes"] == []


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("2m", 120), ("2 min", 120), ("1,5", 90), ("90s", 90), ("0:01:30", 90)],
)
def test_a_length_is_taken_as_it_is_written(machine: Machine, asked: str, seconds: float) -> None:
    machine.environment["CFT_AUDIO_BUILD_MINUTES"] = asked
    plan = machine.json(*SAM)

    assert plan["duration_s"] == seconds
    plan = machine.json(*SAM, "-m", "1:40", "--loudness", "-18,5")
    assert plan["duration_s"] == 100


def test_the_plan_says_what_a_pattern_comes_to_in_seconds(machine: Machine) -> None:
    plan = machine.json(*SAM, "--ratio", "4:4:4:4")
    told = machine.run(*SAM, "--ratio", "4:4:4:4", "-v").stdout

    assert set(plan["phases_s"].values()) == {2.5}
    assert "(2.5 s in, 2.5 s held, 2.5 s out, 2.5 s rest)" in told
    assert "breaths]  2.5 s in, 2.5 s held, 2.5 s out, 2.5 s rest" in told
    plan = machine.json(*SAM, "--pattern", "4-7-8", "--insist")
    assert list(plan["phases_s"].values()) == [4, 7, 8, 0]
    cycles = [c for event in plan["events"] for c in event.get("cycles", ())]
    assert {(c["inhale_s"], c["full_hold_s"], c["exhale_s"]) for c in cycles} == {(4, 7, 8)}


def test_difficulties_may_stand_in_one_text(machine: Machine) -> None:
    assert machine.json(*SAM, "--for", "anxiety,sleep")["for"] == ["anxiety", "sleep"]


def test_a_file_that_is_no_practice_is_known_for_a_file(machine: Machine) -> None:
    (machine.folder / "mine.txt").write_text("Hello.")
    refused = machine.run("build", "mine.txt", "--name", "Sam", status=2).stderr

    assert "is a file, and a practice is a file whose name ends in .md" in refused
