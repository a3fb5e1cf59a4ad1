"""A setting that is wrong is told with its file, its line and its key, and never as an option."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from program_runs import PRACTICE

if TYPE_CHECKING:
    from program_runs import Machine

IMAGERY = ("build", "compassionate-imagery", "--name", "Sam", "-n")
KINDNESS = ("build", "loving-kindness", "--name", "Sam", "-n")


@pytest.mark.parametrize(
    ("content", "line", "key", "message"),
    [
        ('pace = "quick"', 1, "pace", "'quick' is not one of the choices"),
        ('\nminutes = "abc"', 2, "minutes", "'abc' is not a length"),
        ("minutes = 999", 1, "minutes", "the practice cannot be 16:39:00 long"),
        ('# mine\nvoice = "nobody"', 2, "voice", "there is no voice called 'nobody'"),
        ('figure-voice = "nobody"', 1, "figure-voice", "there is no voice called 'nobody'"),
        ('figure_voice = "gone.toml"', 1, "figure_voice", "there is no file 'gone.toml'"),
        ("bed = 3", 1, "bed", "there is no bed and no sound file '3'"),
        ('client = "/"', 1, "client", "'/' cannot be a client's name"),
        ('pronounce = "x"', 1, "pronounce", "'x' is not of the form"),
        ('tone = "oce"', 1, "tone", "Did you mean 'ocean'?"),
        ('figure = "wise-eldr"', 1, "figure", "Did you mean 'wise-elder'?"),
        ('figure-pronouns = "xe"', 1, "figure-pronouns", "Choose one of she/her"),
        ("breaths-per-minute = 3", 1, "breaths-per-minute", "air hunger"),
        ('ratio = "1:0:9:0"', 1, "ratio", "too quick to follow"),
        ('pattern = "4-7-8"', 1, "pattern", "insist on it with --insist"),
        ('pattern = "boxx"', 1, "pattern", "Did you mean 'box'?"),
        ('ratio = "4:6"\npattern = "box"', 2, "pattern", "'pattern' gives each breath its seconds"),
        ('[patterns]\nevening = "4"', 2, "patterns.evening", "'4' is not a breathing pattern"),
        ('[patterns]\nBox = "5-5"', 2, "patterns.Box", "'Box' has a meaning already"),
        ("loudness = -3", 1, "loudness", "Choose a number from -30 to -14"),
        ('output = "a.ogg"', 1, "output", "no .ogg file can be written"),
    ],
)
def test_the_file_the_line_and_the_key_are_named(
    bare: Machine, content: str, line: int, key: str, message: str
) -> None:
    file = bare.configure(content)
    # Where it is written to is asked only of what is written.
    done = bare.run(*(IMAGERY[:-1] if key == "output" else IMAGERY), status=2)

    assert message in done.stderr
    assert f"cft-audio: {file}:{line}: {key}" in done.stderr
    assert f"--{key.replace('_', '-')}:" not in done.stderr


@pytest.mark.parametrize("asked", [("build", "--help"), ("help", "build"), ("preview", "-h")])
def test_help_is_there_while_a_setting_is_wrong(bare: Machine, asked: tuple[str, ...]) -> None:
    bare.configure('pace = "quick"')

    assert "--minutes" in bare.run(*asked).stdout


@pytest.mark.parametrize("key", ["figure", "lexicon", "letter"])
def test_a_setting_that_names_a_file_which_is_not_there_is_named(bare: Machine, key: str) -> None:
    file = bare.configure(f'\n{key} = "gone.toml"\n')
    practice = "compassionate-letter-reading" if key == "letter" else "compassionate-imagery"
    done = bare.run("build", practice, "--name", "Sam", "-n", status=2 if key == "letter" else 1)

    assert "gone.toml" in done.stderr
    assert f"{file}:2: {key}" in done.stderr
    assert "--" not in done.stderr


def test_an_error_about_an_option_that_was_typed_does_not_blame_the_file(bare: Machine) -> None:
    file = bare.configure('voice = "joe"\nbed = "rain"\n[with]\ninclude_difficult = "no"\n')

    for typed in (("--voice", "jo"), ("--bed", "rian"), ("--with", "include_difficult=maybe")):
        done = bare.run(*KINDNESS, *typed, status=2)
        assert str(file) not in done.stderr
        assert typed[0] in done.stderr
    assert "config.toml" not in bare.run("voices", "hear", "jo", status=2).stderr


@pytest.mark.slow
def test_an_answer_that_is_wrong_is_named_and_disturbs_no_other_practice(bare: Machine) -> None:
    file = bare.configure('letter = "gone.txt"\n[with]\nloved_one = "Rex"\npart = "furious"\n')

    bare.run("build", PRACTICE, "--name", "Sam", "-m", "3", "-n")
    plan = bare.json(*KINDNESS, "-m", "3")
    assert any("Rex" in event.get("text", "") for event in plan["events"])
    wrong = ("build", "inner-compassionate-other-parts", "--name", "Sam", "-n")
    assert f"{file}:4: with.part: 'furious' is not one of" in bare.run(*wrong, status=2).stderr
    bare.run(*wrong, "--with", "part=angry", "-m", "10")


@pytest.mark.slow
def test_answers_of_the_settings_and_the_command_line_count_together(bare: Machine) -> None:
    bare.configure('[with]\nloved_one = "Rex"\n')
    plan = bare.json(*KINDNESS, "-m", "3", "--with", "include_difficult=no")

    assert any("Rex" in event.get("text", "") for event in plan["events"])


def test_a_variable_is_named(bare: Machine) -> None:
    bare.environment["CFT_AUDIO_BUILD_VOICE"] = "nobody"
    assert (
        "cft-audio: CFT_AUDIO_BUILD_VOICE: there is no voice" in bare.run(*IMAGERY, status=2).stderr
    )
    bare.environment["CFT_AUDIO_BUILD_VOICE"] = ""
    bare.environment["CFT_AUDIO_BUILD_MINUTES"] = "soon"
    done = bare.run(*IMAGERY, status=2)
    assert "cft-audio: CFT_AUDIO_BUILD_MINUTES: 'soon' is not a length" in done.stderr
    assert "--minutes" not in done.stderr


def test_programs_read_which_setting_it_was(bare: Machine) -> None:
    file = bare.configure('voice = "nobody"')
    error = json.loads(bare.run(*IMAGERY, "--json", status=2).stdout)

    assert (error["field"], error["setting"]) == ("voice", f"{file}:1: voice")


def test_a_folder_or_another_encoding_in_its_place_is_told_in_plain_words(bare: Machine) -> None:
    file = bare.configure('name = "Zoë"')
    file.write_bytes('bed = "rain"\nname = "Zoë"'.encode("latin-1"))
    assert (
        f"{file}:2: a letter or a sign in this line is saved in a way that cannot be read"
        in bare.run(*IMAGERY, status=2).stderr
    )
    file.unlink()
    file.mkdir()
    assert f"{file}: this is a folder, not a file" in bare.run(*IMAGERY, status=2).stderr


def test_what_programs_read_of_settings_and_programmes_has_types(bare: Machine) -> None:
    bare.configure(
        'minutes = "7:30"\nseed = 3\nno-name = true\nfor = "sleep"\nratio = "4:6"\n'
        '[patterns]\nevening = "4-0-8"\n'
    )
    values = {key: row["value"] for key, row in bare.json("config")["values"].items()}

    assert (values["minutes"], values["variant"], values["no-name"]) == (7.5, 3, True)
    assert (values["for"], values["ratio"], values["loudness"]) == (["sleep"], "4:0:6:0", -18.0)
    assert (values["name"], values["force"]) == (None, False)
    assert values["patterns"] == {"evening": "4-0-8"}
    first = next(row for row in bare.json("programme", "list") if row["id"] == "first-week")
    assert isinstance(first["sessions"], int)
    assert isinstance(first["length"], float)
    assert "configuration file, line 2" in bare.run("config").stdout
