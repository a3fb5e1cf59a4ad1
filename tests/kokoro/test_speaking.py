"""Kokoro with its real model: its promises, what it takes, and a recording made with it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from program_runs import HELLO, Machine, digest
from said_right_cases import ROWS

from cft_audio.speech.engines.contract import SENTENCES, check_voice
from cft_audio.speech.engines.engine import Fragment, Sentence, TellsSounds
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_kokoro_keeps_the_contract(voices: Sequence[Path], tmp_path: Path) -> None:
    """Among it: the same bytes in two processes, and in several threads."""
    quicker = tmp_path / "quicker.toml"
    quicker.write_text('engine = "kokoro"\n[kokoro]\nvoice = "bm_fable"\nspeed = 0.9\n')

    check_voice("fable", voices, others=[quicker, "george"], sentences=SENTENCES[3:])


def test_rests_lie_in_silence_and_a_cue_begins_at_once(voices: Sequence[Path]) -> None:
    engine = load_profile("fable", voices).make_engine()
    plan = engine.speak(Sentence((Fragment("A plan, a worry, a song."),)), 1.0)
    cue = engine.speak(Sentence((Fragment("Breathe in."),)), 1.0)
    peak = np.abs(plan.samples).max()

    assert len(plan.breaks) == 2
    for place in plan.breaks:
        around = plan.samples[place - 120 : place + 120]
        assert np.sqrt(np.mean(around**2)) < peak * 10 ** (-34 / 20)
    lead = np.flatnonzero(np.abs(cue.samples) > 0.05 * np.abs(cue.samples).max())[0]
    assert lead < 0.15 * cue.sample_rate


@pytest.mark.parametrize("voice", ["fable", "michael"])
def test_each_line_of_the_table_is_said_as_it_should_be(voice: str, voices: Sequence[Path]) -> None:
    engine = load_profile(voice, voices).make_engine()
    assert isinstance(engine, TellsSounds)
    for row in ROWS:
        row.check(engine.sounds_of)


def test_given_sounds_are_said_and_unknown_ones_are_named(voices: Sequence[Path]) -> None:
    engine = load_profile("heart", voices).make_engine()

    def length(ipa: str) -> int:
        return len(engine.speak(Sentence((Fragment("Aoife", ipa=ipa), Fragment("."))), 1.0).samples)

    assert length("ˈiːfə") < length("ˈiːfəlˌəʊnəlˌeɪ")
    with pytest.raises(Exception, match="does not know ʘ"):
        length("ʘ")


MEMORY = """
import json, resource, sys
from pathlib import Path
from cft_audio.speech.engines.engine import Fragment, Sentence, TellsSounds
from cft_audio.speech.voices.profiles import load_profile

engine = load_profile("michael", [Path(folder) for folder in sys.argv[1:]]).make_engine()
peaks = []
words = "soft warm slow kind calm near whole still here now".split()
for count in (20, 2, 9, 1, 14, 5):
    engine.speak(Sentence((Fragment(" ".join((words * 3)[:count]) + "."),)), 1.0)
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(json.dumps(peaks))
"""


def test_memory_is_flat_from_the_longest_sentence_on(voices: Sequence[Path]) -> None:
    """Two hundred lines are measured by benchmarks/kokoro.py."""
    command = [sys.executable, "-c", MEMORY, *map(str, voices)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peaks = json.loads(done.stdout)

    assert peaks[-1] < 1_000
    assert peaks[-1] - peaks[0] < 60


def test_a_recording_by_two_of_its_voices_is_the_same_each_time(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO + "\n> You are welcome here.\n")
    session = ("build", "hello.md", "--name", "Sam", "--bed", "none")
    voices = ("--voice", "fable", "--figure-voice", "isabella")
    first = machine.json(*session, *voices, "-o", "first.mp3")
    machine.run("cache", "clear")
    machine.run_apart(*session, *voices, "-o", "second.mp3")

    assert first["loudness_lufs"] == pytest.approx(-18, abs=0.2)
    assert digest(machine.folder / "first.mp3") == digest(machine.folder / "second.mp3")
