"""The configuration file: read by the table of fields, every error at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cft_audio.application.fields import OUTPUT, SESSION_FIELDS
from cft_audio.errors import ConfigError
from cft_audio.people.settings import read_config
from cft_audio.timeline.breath_patterns import Pattern

FIELDS = (*SESSION_FIELDS.values(), OUTPUT)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def problems(config: Path, text: str) -> list[str]:
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(config, FIELDS)
    assert caught.value.exit_code == 2
    return [line.removeprefix(f"{config}:") for line in str(caught.value).split("\n")]


def test_no_file_says_nothing(config: Path) -> None:
    assert read_config(config, FIELDS).values == {}


def test_every_setting_is_read_by_its_name_with_dashes_or_underscores(config: Path) -> None:
    config.write_text(
        'name = "Sam"\nfigure-voice = "~/v.toml"\nbreaths_per_minute = 5.5\nminutes = "7:30"\n'
        'ratio = "4:6"\nfor = ["sleep", "anxiety"]\nno-name = true\nvariant = 3\nbitrate = "96"\n'
        'bed = "~/sea.wav"\nlexicon = "/clinic.toml"\noutput = "there"\nloudness = -20\n'
        '[pronounce]\nXiomara = "see-oh-MAR-ah"\n[with]\ntimes = 3\nwhom = "Ann"\n'
    )

    assert read_config(config, FIELDS).values == {
        "name": "Sam",
        "figure_voice": str(Path.home() / "v.toml"),
        "breaths_per_minute": 5.5,
        "minutes": 450.0,
        "ratio": Pattern(4, 0, 6, 0),
        "for": ("sleep", "anxiety"),
        "no_name": True,
        "seed": 3,
        "bitrate": 96,
        "bed": str(Path.home() / "sea.wav"),
        "lexicon": Path("/clinic.toml"),
        "output": Path("there"),
        "loudness": -20.0,
        "pronounce": {"Xiomara": "see-oh-MAR-ah"},
        "with": {"times": "3", "whom": "Ann"},
    }


def test_several_difficulties_may_stand_in_one_text(config: Path) -> None:
    config.write_text('for = "sleep, anxiety"')

    assert read_config(config, FIELDS).values == {"for": ("sleep", "anxiety")}


def test_everything_wrong_is_told_at_once_with_its_line(config: Path) -> None:
    text = (
        "pase = 'slow'\n\npace = 'slo'\nallow-online = 'false'\nminutes = 'soon'\nseed = 1\n"
        "variant = 2\nfigure-voise = 'x'\n[pronounce]\nSam = '33'\n"
    )

    assert problems(config, text) == [
        "1: 'pase' is not a setting. Did you mean 'pace'?",
        "3: pace: 'slo' is not one of the choices. Did you mean 'slow'?",
        "4: allow-online: 'false' is neither yes nor no. Write true or false without quotes.",
        "5: minutes: 'soon' is not a length. Write minutes as 10, 7.5 or 12:30.",
        "7: 'variant' is set already. Leave one of them out.",
        "8: 'figure-voise' is not a setting. Did you mean 'figure-voice'?",
        (
            "10: pronounce.Sam: '33' is not a way to say 'Sam'. Write syllables as see-oh-MAR-ah, "
            "or IPA between slashes as /siːoʊˈmɑːɹə/."
        ),
    ]


@pytest.mark.parametrize("text", ["pace = ", "pace = slow", "[pace"])
def test_what_is_not_toml_is_told_with_its_line(config: Path, text: str) -> None:
    [problem] = problems(config, f"# mine\n{text}\n")

    assert problem.startswith("2: it is not valid TOML")
