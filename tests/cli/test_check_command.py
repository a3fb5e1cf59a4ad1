"""``check``, ``show`` and ``build --for`` tell the truth about a person's own script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.telling import telling_of

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine

FRONT = """\
---
title: Mine
technique: loving-kindness
natural: 1
slots: {name: {ask: "Your name?"}}
---
"""
BODY = "## A\n\nHello {{ name }}. You may stop at any time. [keep]\n\n[pause x3]\n\n[breathe]\n\n"
MANY = (
    "Rest (pause) and (bell) [x] ] [y.\n\n<b>a</b> | *b* &amp; ✎ ☃ 😀\n\n"
    "{{ one }} {{ two }} {{ three }}\n\n{% macro m() %}x{% endmacro %}\n"
)
LIBRARY = Library(default_folders().scripts[-1:])


def own(machine: Machine, text: str, name: str = "mine") -> Path:
    path = machine.folder / "scripts" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_findings_come_in_the_same_order_every_run(bare: Machine) -> None:
    own(bare, FRONT + BODY + MANY)
    shown = []
    for seed in ("1", "2"):
        bare.environment["PYTHONHASHSEED"] = seed
        shown.append(bare.run_apart("check", "mine", status=1).stdout)

    assert shown[0] == shown[1]
    assert shown[0].count("\n") > 8


def test_paths_can_be_opened_from_the_current_folder_and_are_absolute_for_programs(
    bare: Machine,
) -> None:
    file = own(bare, FRONT + BODY + "{% include 'partials/mine.md' %}\n\n[breath]\n")
    part = file.parent / "partials" / "mine.md"
    part.parent.mkdir()
    part.write_text("[breath]\n", encoding="utf-8")
    shown = bare.run("check", "mine", str(file), status=1).stdout.splitlines()
    problems = json.loads(bare.run("check", "scripts/mine.md", "--json", status=1).stdout)

    assert [line.split(": ")[0] for line in shown[:-1]] == [
        "scripts/mine.md:17",
        "scripts/partials/mine.md:1",
    ]
    assert [(p["file"], p["line"]) for p in problems] == [(str(file), 17), (str(part), 1)]
    refused = bare.run("build", "mine", "--name", "Sam", status=1).stderr
    assert "scripts/partials/mine.md:1: [breath] is not a cue" in refused


def test_a_file_elsewhere_is_named_as_it_was_given(bare: Machine, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(FRONT + BODY + "[breath]\n", encoding="utf-8")

    for given in ("../other.md", str(other)):
        assert bare.run("check", given, status=1).stdout.startswith(f"{given}:15: ")


def test_warnings_alone_leave_the_status_0_and_the_help_says_so(bare: Machine) -> None:
    own(bare, FRONT + BODY + "Rest (10 secs).\n")

    assert "Write [10s]." in bare.run("check", "mine").stdout
    assert "warnings alone leave it 0" in " ".join(bare.run("check", "--help").stdout.split())


def test_a_sound_is_checked_against_the_configured_voice_if_it_is_there(bare: Machine) -> None:
    own(bare, FRONT + BODY + '(Aoife)[ipa:"ˈiːfə¤"]\n')
    for voice in ("joe", "nobody"):
        bare.environment["CFT_AUDIO_BUILD_VOICE"] = voice
        assert "the voice does not know ¤" in bare.run("check", "mine", status=1).stdout


def test_show_tells_how_long_it_really_lasts(bare: Machine) -> None:
    own(bare, FRONT.replace("natural: 1\n", "") + BODY)
    shown = bare.json("show", "mine")

    [lengths] = shown["lengths"]
    assert lengths["shortest_s"] < shown["lasts_s"] < lengths["longest_s"] < 600
    assert "10:00" not in bare.run("show", "mine").stdout


def test_a_script_that_was_begun_does_not_claim_what_only_its_frame_does(machine: Machine) -> None:
    machine.run("new-script", "mine")

    assert machine.json("show", "mine")["told_by"] == dict.fromkeys(ADAPTATIONS, "frame")
    page = machine.run("show", "mine").stdout
    assert "trauma-sensitive  only its frame (partials/session.md) and its pacing change" in page
    own(machine, FRONT + BODY + "{% if for_sleep %}Good night.{% endif %}\n")
    assert machine.json("show", "mine")["told_by"] == {
        "self-criticism": "nothing",
        "anxiety": "pacing",
        "low-mood": "pacing",
        "sleep": "script",
        "trauma-sensitive": "pacing",
    }


@pytest.mark.parametrize("name", LIBRARY.practice_files())
def test_every_shipped_practice_is_told_by_its_own_script(name: str) -> None:
    telling = telling_of(LIBRARY.open(name).practice(), LIBRARY.templates)

    assert telling.script == tuple(ADAPTATIONS)


def test_what_a_script_calls_and_includes_counts_as_its_own(bare: Machine) -> None:
    file = own(bare, FRONT + BODY + "{% import 'm.md' as m with context %}\n{{ m.a() }}\n")
    (file.parent / "m.md").write_text(
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% if for_sleep %}x.{% endif %}"
        "{% endmacro %}{% macro c() %}{% if for_anxiety %}y.{% endif %}{% endmacro %}"
    )
    told = bare.json("show", "mine")["told_by"]

    assert (told["sleep"], told["anxiety"]) == ("script", "pacing")


@pytest.mark.slow
def test_a_script_that_guides_breaths_all_the_same_is_told_so(machine: Machine) -> None:
    machine.run("new-script", "mine")
    build = ("build", "mine", "--name", "Sam", "-m", "4", "--dry-run")
    done = machine.run(*build, "--for", "trauma-sensitive")

    for said in (
        "this script is not written for trauma-sensitive",
        "What changes is its frame (partials/session.md), shorter silences",
        "it guides ",
        " breaths all the same",
        "{% if for_trauma_sensitive %}",
    ):
        assert said in done.stderr
    assert "not written for" not in machine.run(*build).stderr
    assert "not written for sleep" in machine.run(*build, "--for", "sleep").stderr
    assert machine.json(*build, "--for", "sleep")["notes"]


def test_build_warns_of_words_that_are_still_to_be_written_and_keeps_them_out_of_the_tags(
    machine: Machine,
) -> None:
    from mutagen.id3 import ID3

    front = FRONT.replace("title: Mine", "title: Mine\nsummary: ✎ One sentence.")
    own(machine, front + "## A\n\n✎ Write this, {{ name }}.\n")
    done = machine.run("build", "mine", "--name", "Sam", "-o", "mine.mp3")

    assert "the summary, which is left out of the tags, says '✎ One sentence.'" in done.stderr
    assert "it says '✎ Write this, Sam.'" in done.stderr
    tags = ID3(machine.folder / "mine.mp3")
    assert not any("✎" in str(comment) for comment in tags.getall("COMM"))


def test_build_says_which_chapters_a_player_will_not_list(machine: Machine) -> None:
    many = "".join(f"## {number}\n\nRest.\n\n" for number in range(255))
    own(machine, FRONT + BODY + many)

    assert machine.json("build", "mine", "--name", "Sam", "--dry-run")["notes"] == [
        "it has 256 chapters, and an MP3 lists the first 255 of them."
    ]
