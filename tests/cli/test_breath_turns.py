"""Paced breathing as it is heard: found again in the finished, decoded recording."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from program_runs import HELLO, PRACTICE, Machine, decoded

from cft_audio.sound.tones.marks import PITCHES as MARKS

pytestmark = pytest.mark.slow

RATE = 44_100


BREATHS = f"{HELLO}\n[breathe 7]\n\nLet the breath come and go.\n\n[breathe 7]\n"


def breaths(plan: dict[str, Any]) -> list[tuple[float, float]]:
    """Return where each guided breath's inhale and exhale begin, in seconds."""
    return [
        (cycle["start_s"], cycle["start_s"] + cycle["inhale_s"] + cycle["full_hold_s"])
        for event in plan["events"]
        if event["type"] == "breathe"
        for cycle in event["cycles"]
    ]


def cues(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [cue for event in plan["events"] if event["type"] == "breathe" for cue in event["cues"]]


def mark_near(audio: np.ndarray, hertz: float, second: float) -> float:
    """Return when a mark of pitch ``hertz`` begins to sound near ``second``."""
    start = round((second - 0.3) * RATE)
    part = audio[start : start + round(0.6 * RATE)]
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / RATE)
    window = round(0.012 * RATE)
    level = np.abs(np.convolve(part * wave, np.hanning(window), "same"))
    rise = np.diff(level)
    at = int(np.argmax(np.convolve(rise, np.ones(window // 2), "same")))
    return (start + at) / RATE


@pytest.mark.parametrize("tone", ["swell", "ocean"])
def test_each_turn_of_the_tone_is_where_the_plan_says(machine: Machine, tone: str) -> None:
    (machine.folder / "breaths.md").write_text(BREATHS)
    arguments = ("breaths.md", "--name", "Sam", "--tone", tone, "--bed", "none")
    arguments += ("--breaths-per-minute", "6", "--ratio", "4:0:6:0")
    machine.run("build", *arguments, "-o", "a.mp3")
    plan = machine.json("build", *arguments, "--dry-run")
    # What is struck is alone in the difference of both sides.
    audio = np.subtract(*decoded(machine.folder / "a.mp3").T)

    spoken = {round(cue["start_s"], 3) for cue in cues(plan)}
    found = 0
    for inhale, exhale in breaths(plan):
        for second, hertz in ((inhale, MARKS["inhale"]), (exhale, MARKS["exhale"])):
            if round(second, 3) not in spoken:
                assert mark_near(audio, hertz, second) == pytest.approx(second, abs=0.02)
                found += 1
    assert found >= 10


def test_each_spoken_cue_begins_on_its_turn(machine: Machine) -> None:
    (machine.folder / "breaths.md").write_text(BREATHS)
    arguments = ("breaths.md", "--name", "Sam", "--tone", "none", "--bed", "none")
    machine.run("build", *arguments, "-o", "a.mp3")
    plan = machine.json("build", *arguments, "--dry-run")
    audio = np.abs(decoded(machine.folder / "a.mp3")[:, 0])
    turns = [second for breath in breaths(plan) for second in breath]

    assert len(cues(plan)) >= 8
    for cue in cues(plan):
        second = cue["start_s"]
        assert min(abs(second - turn) for turn in turns) < 0.001
        start = round((second - 0.1) * RATE)
        part = audio[start : start + round(0.5 * RATE)]
        onset = start + int(np.argmax(part > 0.01 * part.max()))
        assert onset / RATE == pytest.approx(second, abs=0.02)


def test_speech_and_breath_cues_never_overlap(machine: Machine) -> None:
    plan = machine.json("build", PRACTICE, "--name", "Sam", "-m", "3", "--dry-run")
    spoken = [
        (event["start_s"], event["start_s"] + event["duration_s"])
        for event in [*plan["events"], *cues(plan)]
        if "text" in event
    ]
    spoken.sort()

    assert all(end <= start for (_, end), (start, _) in pairwise(spoken))
