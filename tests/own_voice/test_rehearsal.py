"""A usable voice is made of ten lines, read by another voice in a bad recording."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from program_runs import Machine, decoded_seconds, digest
from recording_cases import Room, higher_reader, other_reader, record, write

from cft_audio.signal.loudness import clip_loudness
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.takes.take import make_take
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.signal.audio import Mono

pytestmark = pytest.mark.slow

SCRIPT = """\
---
title: A short rest
technique: soothing-rhythm-breathing
summary: Ten lines to read aloud.
natural: 1
slots:
  name:
    ask: "What would you like to be called?"
---
## Arriving

Hello, {{ name }}, and welcome. Find a place where you can rest for a while.

Let your feet feel the floor, and let your shoulders come down.

## Resting

If your mind wanders, bring it back as you would a child. There is nothing to get right.

[breathe 2]

Go kindly, {{ name }}.
"""

MISSING, WRONG, TWICE = 5, 3, 2
SAID_INSTEAD = "The weather in March was rather cold and wet."
HIGHER = "the default voice, higher"
ONE_READER = pytest.mark.parametrize("rehearsal", [HIGHER], indirect=True)
OPTIONS = ("short.md", "--name", "Sam")


@dataclass(frozen=True)
class Rehearsal:
    """The sheet, the recording, and the voice that is made of it."""

    machine: Machine
    texts: list[str]
    read: Callable[[str], Mono]
    room: Room
    before: str
    first: dict[str, Any]
    again: dict[str, Any]

    @property
    def voices(self) -> Path:
        """The folder of the voice that is made."""
        return self.machine.folder / "voices"

    def take(self, number: int) -> Mono:
        """The take of a line as a session uses it."""
        engine = load_profile("anna", [self.voices]).make_engine()
        spoken = engine.speak(Sentence((Fragment(self.texts[number - 1]),)), 1.0)
        return make_take(spoken).pcm.astype(np.float32) / 32768


@pytest.fixture(
    scope="module",
    params=[HIGHER, pytest.param("another synthesiser", marks=pytest.mark.needs("espeak-ng"))],
)
def rehearsal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, warm_home: Path
) -> Rehearsal:
    reader = higher_reader() if request.param == HIGHER else other_reader()
    folder = tmp_path_factory.mktemp("rehearsal")
    machine = Machine(folder, warm_home)
    (folder / "short.md").write_text(SCRIPT)
    sheet = machine.json("record-sheet", *OPTIONS, "-o", "sheet")
    texts = [line["text"] for line in sheet["lines"]]
    said = [SAID_INSTEAD if number == WRONG else text for number, text in enumerate(texts, 1)]
    order = [n for n in range(1, len(said) + 1) if n != MISSING]
    order.insert(order.index(TWICE), TWICE)
    room = record([said[number - 1] for number in order], reader)
    file = folder / "sheet" / "New Recording 3.wav"
    write(file, room.recorded)
    before = digest(file)
    making = ("voice-from-recordings", "sheet", "--voice", "anna", "-o", "voices")
    first = machine.json(*making)
    for number, ending in ((MISSING, "m4a"), (WRONG, "mp3")):
        line = record([texts[number - 1]], reader, seed=number, clicks=0)
        write(folder / "sheet" / f"{number:02}.{ending}", line.recorded)
    return Rehearsal(machine, texts, reader, room, before, first, machine.json(*making))


def states(report: dict[str, Any]) -> dict[int, str]:
    return {line["number"]: line["state"] for line in report["lines"]}


def test_ten_lines_are_asked_for(rehearsal: Rehearsal) -> None:
    assert len(rehearsal.texts) == 10


def test_missing_and_wrong_lines_are_named_and_all_others_are_good(rehearsal: Rehearsal) -> None:
    expected = dict.fromkeys(range(1, 11), "good") | {MISSING: "missing", WRONG: "wrong"}
    assert states(rehearsal.first) == expected, rehearsal.first["lines"]

    [wrong] = [line for line in rehearsal.first["lines"] if line["number"] == WRONG]
    assert "something else is said in its place" in wrong["why"][0]


def test_the_last_of_two_readings_of_a_line_is_used(rehearsal: Rehearsal) -> None:
    lines = {line["number"]: line for line in rehearsal.first["lines"]}

    assert lines[TWICE]["times_read"] == 2
    first, last = (rehearsal.room.starts[index] for index in (1, 2))
    assert abs(lines[TWICE]["start_s"] - last) < 0.5 < last - first


def test_hum_and_noise_are_reported(rehearsal: Rehearsal) -> None:
    [recording] = rehearsal.first["recordings"]

    assert recording["hum_hz"] == pytest.approx([50, 100, 150, 250], abs=0.1)
    assert 30 <= recording["noise_below_voice_db"] <= 46


def test_the_recording_itself_is_not_changed(rehearsal: Rehearsal) -> None:
    sheet = rehearsal.machine.folder / "sheet"

    assert digest(sheet / "New Recording 3.wav") == rehearsal.before
    assert {path.name for path in sheet.iterdir()} == {
        f"{MISSING:02}.m4a",
        f"{WRONG:02}.mp3",
        "New Recording 3.wav",
        "lines.json",
        "record-sheet.html",
    }


def test_files_of_single_lines_fill_the_gaps(rehearsal: Rehearsal) -> None:
    assert set(states(rehearsal.again).values()) == {"good"}


def test_takes_are_equally_loud(rehearsal: Rehearsal) -> None:
    levels = [clip_loudness(rehearsal.take(number)) for number in range(1, 11)]

    assert max(levels) - min(levels) <= 1.5


def alone(rehearsal: Rehearsal, number: int) -> tuple[Mono, Mono, Mono]:
    """Return a take, and the same stretch of the voice alone and of the recording."""
    take = rehearsal.take(number)
    start = next(line["start_s"] for line in rehearsal.first["lines"] if line["number"] == number)
    around = slice(int((start - 0.3) * 44_100), int((start + 0.3) * 44_100) + len(take))
    voice = rehearsal.room.voice[around]
    size = 1 << (len(voice) + len(take)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(voice, size) * np.conj(np.fft.rfft(take, size)), size)
    place = int(np.argmax(likeness[: len(voice) - len(take)]))
    here = slice(place, place + len(take))
    return take, voice[here], rehearsal.room.recorded[around][here]


def below_voice_db(sound: Mono, what: Mono) -> float:
    return float(10 * np.log10(np.square(sound).mean() / np.square(what).mean()))


def left_over(sound: Mono, voice: Mono) -> Mono:
    """Subtract ``voice``, at the level it has in ``sound``."""
    return sound - voice * np.float32(sound @ voice / (voice @ voice))


@pytest.mark.parametrize("number", [1, 4, 10])
def test_hum_is_removed_from_a_take(rehearsal: Rehearsal, number: int) -> None:
    take, voice, raw = alone(rehearsal, number)
    at = np.arange(len(take)) / 44_100

    def hum(sound: Mono) -> float:
        rest = left_over(sound, voice)
        tones = [abs(np.mean(rest * np.exp(-2j * np.pi * f * at))) for f in (50, 100, 150, 250)]
        return below_voice_db(sound, np.asarray([np.sqrt(2 * np.sum(np.square(tones)))]))

    assert hum(raw) < 25
    assert hum(take) > hum(raw) + 14


@ONE_READER
def test_a_file_that_is_not_sound_is_named(rehearsal: Rehearsal) -> None:
    machine = rehearsal.machine
    (machine.folder / "bad").mkdir()
    shutil.copy(machine.folder / "sheet" / "lines.json", machine.folder / "bad")
    (machine.folder / "bad" / "01.mp3").write_text("not music")
    message = machine.run("voice-from-recordings", "bad", status=1).stderr

    assert "01.mp3" in message
    assert "cannot be read as sound" in message


@ONE_READER
def test_a_session_is_built_with_the_voice(rehearsal: Rehearsal) -> None:
    machine = rehearsal.machine
    machine.run("build", *OPTIONS, "--voice", "anna", "-o", "rest.mp3", "-q")

    assert decoded_seconds(machine.folder / "rest.mp3") > 40


@ONE_READER
def test_for_another_listener_only_the_lines_with_the_name_are_read_again(
    rehearsal: Rehearsal,
) -> None:
    machine = rehearsal.machine
    other = ("short.md", "--name", "Alex", "--voice", "anna")
    refused = machine.run("build", *other, "-q", status=1).stderr
    assert "Alex" in refused
    assert "record-sheet" in refused

    sheet = machine.json("record-sheet", *other, "-o", "more")
    assert [line["text"] for line in sheet["lines"]] == [
        "Hello, Alex, and welcome.",
        "Go kindly, Alex.",
    ]
    shutil.rmtree(machine.folder / "more")
