"""A recorded voice says what was read, names what was not, and falls back only where told."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Engine, Fragment, Sentence
from cft_audio.speech.engines.recorded import INDEX, RecordedTake, as_index, key_of_sentence
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = default_folders().voices[-1]
PROFILE = 'engine = "recorded"\n[recorded]\ntakes = "anna"\nfallback = "{}"\n'


def said(text: str) -> Sentence:
    return Sentence((Fragment(text),))


def tone(level: int = 8000) -> np.ndarray:
    return np.asarray(level * np.sin(np.arange(20_000) * 0.05), "<i2")


def write_take(path: Path, pcm: np.ndarray, width: int = 2) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, width, 44_100, 0, "NONE", ""))
        file.writeframes(pcm.tobytes())


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    takes = tmp_path / "anna"
    takes.mkdir()
    write_take(takes / "1.wav", tone())
    index = as_index([RecordedTake("Hello, Sam.", "1.wav", (9000,), "a sheet")])
    (takes / INDEX).write_text(json.dumps(index))
    (tmp_path / "anna.toml").write_text(PROFILE.format(""))
    return tmp_path


def engine_in(voices: Path) -> Engine:
    return load_profile("anna", [voices, SHIPPED]).make_engine()


def test_a_sentence_is_known_by_its_words(voices: Path) -> None:
    spoken = engine_in(voices).speak(said("hello Sam!"), 1.3)

    assert spoken.sample_rate == 44_100
    assert spoken.breaks == (9000,)
    assert np.allclose(spoken.samples * 32768, tone(), atol=0.01)


def test_keys_ignore_case_and_marks_and_nothing_else() -> None:
    assert key_of_sentence("Don't hurry, Sam.") == key_of_sentence("don't hurry — SAM…")
    assert key_of_sentence("Don't hurry.") != key_of_sentence("Dont hurry.")
    assert key_of_sentence("in 4, out 6") != key_of_sentence("in 4, out 7")


def test_a_sentence_that_was_not_read_is_named_with_what_to_do(voices: Path) -> None:
    with pytest.raises(EngineError, match=r"'Go well, Sam\.'") as raised:
        engine_in(voices).speak(said("Go well, Sam."), 1.0)

    assert "‹write record sheet›" in raised.value.remedy
    assert 'fallback = "joe"' in raised.value.remedy


def test_the_fallback_says_what_was_not_read_and_counts_in_the_fingerprint(
    voices: Path, engine: Engine
) -> None:
    alone = engine_in(voices).fingerprint
    (voices / "anna.toml").write_text(PROFILE.format("joe"))
    both = engine_in(voices)

    assert both.fingerprint not in (alone, engine.fingerprint)
    assert engine.fingerprint in both.fingerprint
    expected = engine.speak(said("Go well."), 1.1).samples
    assert np.array_equal(both.speak(said("Go well."), 1.1).samples, expected)
    assert np.allclose(both.speak(said("Hello, Sam."), 1.0).samples * 32768, tone(), atol=0.01)


def test_a_take_that_is_mended_by_hand_is_heard(voices: Path) -> None:
    before = engine_in(voices).fingerprint
    write_take(voices / "anna" / "1.wav", tone(4000))
    after = engine_in(voices)

    assert after.fingerprint != before
    assert np.allclose(after.speak(said("Hello, Sam."), 1.0).samples * 32768, tone(4000), atol=0.01)


def test_a_fallback_that_is_recorded_itself_is_refused(voices: Path) -> None:
    (voices / "anna.toml").write_text(PROFILE.format("anna"))

    with pytest.raises(VoiceError, match="itself a recorded voice"):
        _ = engine_in(voices).fingerprint


def test_missing_takes_are_told(voices: Path) -> None:
    (voices / "anna" / "1.wav").unlink()
    with pytest.raises(VoiceError, match=r"1\.wav"):
        _ = engine_in(voices).fingerprint
    (voices / "anna" / INDEX).unlink()
    with pytest.raises(VoiceError, match="no takes of a recorded voice") as raised:
        engine_in(voices)
    assert "‹make own voice›" in raised.value.remedy


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "takes": []}', '{"takes": 1}'])
def test_a_damaged_index_is_told(voices: Path, content: str) -> None:
    (voices / "anna" / INDEX).write_text(content)

    with pytest.raises(VoiceError, match="damaged"):
        engine_in(voices)


def test_a_take_of_another_kind_is_told(voices: Path) -> None:
    path = voices / "anna" / "1.wav"
    write_take(path, np.zeros(3000, np.uint8), width=3)
    with pytest.raises(EngineError, match="16 bits"):
        engine_in(voices).speak(said("Hello, Sam."), 1.0)
    path.write_bytes(b"no sound")
    with pytest.raises(EngineError, match="16 bits"):
        engine_in(voices).speak(said("Hello, Sam."), 1.0)
