"""The sounds there are, listed and heard before any is chosen."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING

import pytest

from cft_audio.sound.names import BEDS, BELLS, TONES

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine


def length_s(file: Path) -> float:
    with wave.open(str(file)) as opened:
        return opened.getnframes() / opened.getframerate()


def test_every_sound_is_listed_with_the_option_that_it_is_for(machine: Machine) -> None:
    rows = machine.run("sounds").stdout.splitlines()[1:]

    listed = {tuple(row.split()[:2]) for row in rows if row[:1].strip()}
    expected = [("tone", TONES), ("bed", BEDS), ("bell", BELLS)]
    assert listed >= {
        (name, f"--{kind}") for kind, names in expected for name in names if name != "none"
    }


def test_a_program_is_told_what_each_stands_for(machine: Machine) -> None:
    sounds = {sound["name"]: sound for sound in json.loads(machine.run("sounds", "--json").stdout)}

    assert {"sea", "waves"} <= set(sounds["ocean"]["words"])
    assert sounds["rain"]["kind"] == "bed"


def test_a_bed_is_named_and_then_heard_for_ten_seconds(machine: Machine) -> None:
    told = machine.json("sounds", "hear", "rain", "--no-play", "-o", "rain.wav")

    assert told["sounds"] == ["rain"]
    assert 10.5 < length_s(machine.folder / "rain.wav") < 13


def test_several_are_heard_one_after_the_other_and_each_once(machine: Machine) -> None:
    named = ("swell", "bowl", "swell")
    told = machine.json("sounds", "hear", *named, "--no-play", "-o", "two.wav")

    assert told["sounds"] == ["swell", "bowl"]
    assert 21 < length_s(machine.folder / "two.wav") < 27


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Name a sound to hear, or give --all"),
        (("rian",), "Did you mean 'rain'?"),
        (("rain", "-o", "rain.ogg"), ".flac or .wav"),
    ],
)
def test_what_cannot_be_heard_is_told_before_anything_is_made(
    arguments: tuple[str, ...], told: str, machine: Machine
) -> None:
    status = 1 if "-o" in arguments else 2
    refused = machine.run("sounds", "hear", *arguments, "--no-play", status=status)

    assert told in refused.stderr
    assert machine.left_behind() == []
