"""The engine 'command', found by its entry point and used as cft-audio uses it."""

from __future__ import annotations

import math
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from cft_audio.errors import EngineError, VoiceError
from cft_audio.speech.engines.contract import check_voice
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.takes.take import make_take
from cft_audio.speech.voices.profiles import load_profile

TONE = """
import math, struct, sys, wave
mode, rest = sys.argv[1], sys.argv[2:]
if mode == "fail":
    sys.exit("no voice today")
text = rest[0] if rest[:1] and mode == "argument" else sys.stdin.buffer.read().decode()
out = rest[-1] if rest and rest[-1].endswith(".wav") else sys.stdout.buffer
count = 1000 * len(text)
tone = [round(8000 * math.sin(i / 10)) for i in range(count)]
with wave.open(out, "wb") as file:
    file.setparams((1, 2, 16000, 0, "NONE", ""))
    file.writeframes(struct.pack(f"<{count}h", *tone))
"""
"""A program that says a tone, a thousand samples for each letter of its text."""


def profile(folder: Path, *arguments: str) -> Path:
    (folder / "tone.py").write_text(TONE, encoding="utf-8")
    command = [Path(sys.executable).as_posix(), (folder / "tone.py").as_posix(), *arguments]
    path = folder / "tone.toml"
    path.write_text(f'engine = "command"\n[command]\ncommand = {command}\n', encoding="utf-8")
    return path


def said(folder: Path, text: str, *arguments: str) -> int:
    """Return how many letters the program was given."""
    profile(folder, *arguments)
    engine = load_profile("tone", [folder]).make_engine()
    spoken = engine.speak(Sentence((Fragment(text),)), 1.0)
    assert spoken.sample_rate == 16_000
    assert math.isclose(float(np.abs(spoken.samples).max()), 8000 / 32768, rel_tol=1e-3)
    return len(spoken.samples) // 1000


@pytest.mark.parametrize(
    "arguments",
    [("argument", "{text}", "{wav}"), ("argument", "{text}"), ("input", "{wav}"), ("input",)],
)
def test_text_and_wav_go_by_argument_or_by_stream(tmp_path: Path, arguments: tuple[str]) -> None:
    assert said(tmp_path, "Grüße, Aoife.", *arguments) == len("Grüße, Aoife.")


def test_a_text_is_never_an_option(tmp_path: Path) -> None:
    assert said(tmp_path, "-o x", "argument", "{text}", "{wav}") == len(" -o x")


def test_a_respelling_is_said_as_syllables(tmp_path: Path) -> None:
    profile(tmp_path, "input")
    engine = load_profile("tone", [tmp_path]).make_engine()
    spoken = engine.speak(Sentence((Fragment("Xiomara", respelling="see-oh-MAR-ah"),)), 1.0)

    assert len(spoken.samples) == 1000 * len("see oh mar ah")


def test_a_take_can_be_made_of_it(tmp_path: Path) -> None:
    profile(tmp_path, "input")
    engine = load_profile("tone", [tmp_path]).make_engine()

    assert len(make_take(engine.speak(Sentence((Fragment("Hello."),)), 1.0)).pcm) > 0


def test_the_engine_keeps_its_promises(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = profile(tmp_path / "other", "input")

    check_voice(profile(tmp_path, "input"), others=[other])


def test_the_fingerprint_changes_with_the_command(tmp_path: Path) -> None:
    profile(tmp_path, "input")
    one = load_profile("tone", [tmp_path]).make_engine().fingerprint
    same = load_profile("tone", [tmp_path]).make_engine().fingerprint
    profile(tmp_path, "input", "{wav}")

    assert one == same
    assert load_profile("tone", [tmp_path]).make_engine().fingerprint != one


def test_a_program_that_fails_is_an_error_a_person_understands(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no voice today"):
        said(tmp_path, "Hello.", "fail")


def test_a_program_that_writes_no_wav_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        f'engine = "command"\n[command]\ncommand = ["{Path(sys.executable).as_posix()}", "-V"]\n',
        encoding="utf-8",
    )
    engine = load_profile("x", [tmp_path]).make_engine()

    with pytest.raises(EngineError, match="wrote no WAV file"):
        engine.speak(Sentence((Fragment("Hello."),)), 1.0)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ('["no-such-program-anywhere"]', "'no-such-program-anywhere' is not installed"),
        ("[]", "names no program"),
        ('"flite"', "Write a list of texts"),
        ("[1]", "Write a list of texts"),
    ],
)
def test_a_wrong_profile_is_told(tmp_path: Path, command: str, message: str) -> None:
    (tmp_path / "x.toml").write_text(f'engine = "command"\n[command]\ncommand = {command}\n')

    with pytest.raises(VoiceError) as caught:
        load_profile("x", [tmp_path]).make_engine()
    assert message in str(caught.value)


@pytest.mark.skipif(
    not shutil.which("espeak-ng") and "CI" not in os.environ,
    reason="the program espeak-ng is not installed",
)
def test_espeak_says_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "robot.toml").write_text(
        'engine = "command"\n[command]\ncommand = ["espeak-ng", "--stdin", "-w", "{wav}"]\n'
    )
    engine = load_profile("robot", [tmp_path]).make_engine()
    spoken = engine.speak(Sentence((Fragment("You might let your shoulders be soft."),)), 1.0)

    assert 1.0 < len(spoken.samples) / spoken.sample_rate < 5.0
