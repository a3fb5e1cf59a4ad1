"""A session that holds what its listener must not hear is refused before a line is spoken."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, PRACTICE, Machine

if TYPE_CHECKING:
    import subprocess

SEA = ("--avoid", "ocean", "--avoid", "sea, waves")
SHORE = """\
---
title: The shore
technique: loving-kindness
natural: 1
slots:
  name: {ask: "Your name?"}
  figure: {ask: "Who?", type: figure, default: wise-elder}
  place: {ask: "Where?", default: ""}
cores: {walk: A walk, rest: A rest}
---
## Arriving

Hello {{ name }}. You may stop at any time.

## The way

{% if core == "walk" %}
{% vary %}
By the water, a wave draws back.
{% or %}
Over the hill, a path goes down.
{% endvary %}
{% else %}
Here is a bench.
{% endif %}

{% if place %}You have come to {{ place }}.{% endif %}

[pause x3]

You might see {{ figure.looks }}, and {{ figure.name }} might come {{ figure.moves }}.

[pause x3]
"""
"""It says wave in its first core alone, in every second variant."""

EVERY_WAY = pytest.mark.parametrize(
    "command",
    [
        ("build",),
        ("build", "--dry-run"),
        ("build", "--split-chapters"),
        ("preview", "--no-play"),
        ("words",),
        ("picture",),
        ("record-sheet",),
    ],
    ids=" ".join,
)


@pytest.fixture
def shore(cold: Machine) -> Machine:
    """A machine on which nothing was ever spoken, and a script about the shore."""
    (cold.folder / "scripts").mkdir()
    (cold.folder / "scripts" / "shore.md").write_text(SHORE, encoding="utf-8")
    (cold.folder / "scripts" / "hello.md").write_text(HELLO, encoding="utf-8")
    return cold


def told(refused: subprocess.CompletedProcess[str]) -> str:
    return " ".join(refused.stderr.split())


def kept_clips(machine: Machine) -> list[Path]:
    return list(Path(machine.json("cache")["folder"]).rglob("*"))


def in_script(name: str, *more: str) -> tuple[str, ...]:
    return (name, "--name", "Sam", "--figure", "mountain", *more)


@EVERY_WAY
def test_a_line_is_refused_and_nothing_is_spoken(shore: Machine, command: tuple[str, ...]) -> None:
    refused = shore.run(*command, *in_script("shore"), "--avoid", "waves", status=2)

    assert told(refused) == (
        "cft-audio: --avoid: the session holds what is to be avoided: 'wave' (for 'waves') is said "
        "in 'The way': \"By the water, a wave draws back\". "
        "Choose --seed 1, --core rest or the practice 'hello': there it is not said."
    )
    assert refused.stdout == ""
    assert kept_clips(shore) == []
    assert shore.left_behind() == ["scripts/hello.md", "scripts/shore.md"]


@pytest.mark.parametrize(
    ("chosen", "avoided", "told_of"),
    [
        (
            ("--tone", "ocean"),
            SEA,
            "the tone 'ocean' is heard as 'ocean'. For --tone, choose one of",
        ),
        (
            ("--bed", "rain"),
            SEA,
            "the bed 'rain' is heard as 'waves'. For --bed, choose one of none",
        ),
        (("--bed", "rain"), ("--avoid", "water"), "the bed 'rain' is heard as 'water'"),
        (("--bed", "forest"), ("--avoid", "leaf"), "the bed 'forest' is heard as 'leaves' (for"),
        (("--bed", "stream"), ("--avoid", "sound of a river"), "'stream' is heard as 'river'"),
        (("--tone", "bowls"), ("--avoid", "temples"), "the tone 'bowls' is heard as 'temple'"),
        (
            (),
            ("--avoid", "bells"),
            "'bowl' is heard as 'bell' (for 'bells'). Let no bell be struck",
        ),
        (
            ("--ticks",),
            ("--avoid", "clocks"),
            "the ticks are heard as 'clock' (for 'clocks'). Leave",
        ),
    ],
)
def test_a_sound_is_refused_with_others_that_do_not_collide(
    cold: Machine, chosen: tuple[str, ...], avoided: tuple[str, ...], told_of: str
) -> None:
    refused = cold.run("build", PRACTICE, "--name", "Sam", *chosen, *avoided, status=2)

    assert told_of in told(refused)
    assert kept_clips(cold) == []
    if offered := re.search(r"choose one of (.+?)\.", told(refused)):
        assert not {*offered[1].split(", ")} & {*chosen}


def test_each_sound_that_is_offered_is_taken(machine: Machine) -> None:
    build = ("build", "hello", "--name", "Sam", "-m", "0:15", "-n", *SEA)
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "hello.md").write_text(HELLO, encoding="utf-8")
    refused = told(machine.run(*build, "--bed", "rain", status=2))
    offered = re.search(r"For --bed, choose one of (.+?)\.", refused)

    assert offered
    assert {"none", "brown"} <= set(offered[1].split(", "))
    for name in offered[1].split(", "):
        machine.run(*build, "--bed", name)


@pytest.mark.parametrize("name", ["OceanWaves2.wav", "my_ocean.wav", "by-the-sea.wav", "Sea 1.wav"])
def test_a_sound_file_of_ones_own_is_known_by_its_name(shore: Machine, name: str) -> None:
    (shore.folder / name).write_bytes(b"RIFF")
    for field in ("bed", "bell"):
        bells = ("--bells-at", "start")
        refused = shore.run(
            *("build", *in_script("hello")[:3], f"--{field}", name, *bells, *SEA), status=2
        )
        assert f"the {field} '{name}' has '" in told(refused)
        assert "in its name" in told(refused)


@pytest.mark.slow
def test_each_way_out_is_one(shore: Machine, warm_home: Path) -> None:
    shore.environment["XDG_CACHE_HOME"] = str(warm_home / ".cache")
    for way in (("--seed", "1"), ("--core", "rest")):
        shore.run("build", *in_script("shore"), "-n", "--avoid", "waves", *way)
    shore.run("build", "hello", "--name", "Sam", "-n", "--avoid", "waves")


def test_words_of_a_figure_count_as_they_are_said_and_it_is_named(shore: Machine) -> None:
    refused = shore.run(
        "build", *in_script("shore"), "--avoid", "rocks", "--core", "rest", status=2
    )

    assert "'rock' (for 'rocks') is said in 'The way': \"You might see …, and …" in told(refused)
    assert "Change what was given for --figure." in told(refused)
    assert "broad shoulders" not in told(refused)


def test_words_of_an_answer_are_not_told_but_for_the_one(shore: Machine) -> None:
    said = ("--core", "rest", "--with", "place=the old pier where Tom lived")
    refused = shore.run("build", *in_script("shore"), *said, "--avoid", "piers", status=2)

    assert "'pier' (for 'piers') is said in 'The way': \"You have come to …\"" in told(refused)
    assert "Change what was given for --with place=…." in told(refused)
    assert "Tom" not in told(refused)


def test_a_sound_that_is_not_heard_and_cues_that_are_not_said_refuse_nothing(bare: Machine) -> None:
    (bare.folder / "scripts").mkdir()
    (bare.folder / "scripts" / "hello.md").write_text(HELLO, encoding="utf-8")

    bare.run("build", "hello", "--name", "Sam", "-n", "--avoid", "bell, breathing")


def test_it_is_kept_in_settings_and_added_to_and_named_where_it_stands(shore: Machine) -> None:
    file = shore.configure('avoid = ["wave", "deep water"]\n')
    shown = shore.json("config")["values"]["avoid"]["value"]
    refused = shore.run("build", *in_script("shore"), status=2)
    both = shore.run("build", *in_script("shore"), "--avoid", "bench", "--core", "rest", status=2)

    assert shown == ["wave", "deep water"]
    assert f"{file}:1: avoid: the session holds" in told(refused)
    assert "'bench' is said" in told(both)
    assert "'wave' is said" in told(
        shore.run("build", *in_script("shore"), "--avoid", "pier", status=2)
    )


@pytest.mark.slow
def test_nothing_of_it_is_written_anywhere(shore: Machine, warm_home: Path) -> None:
    shore.environment["XDG_CACHE_HOME"] = str(warm_home / ".cache")
    avoided = ("--avoid", "zebra, quokka")
    shore.run("build", *in_script("shore"), "--core", "rest", *avoided, "--with-text", "txt")
    shore.run("record-sheet", *in_script("shore"), "--core", "rest", *avoided)
    [made] = [file for file in shore.left_behind() if file.endswith(".mp3")]
    said = [shore.run("inspect", made).stdout, shore.run("inspect", made, "--json").stdout]
    files = [
        p.read_bytes() for top in (shore.folder, shore.home) for p in top.rglob("*") if p.is_file()
    ]

    assert not any(word in text for text in said for word in ("zebra", "quokka"))
    assert not any(word in content for content in files for word in (b"zebra", b"quokka"))


@pytest.mark.slow
def test_it_changes_no_byte_of_a_recording(shore: Machine, warm_home: Path) -> None:
    shore.environment["XDG_CACHE_HOME"] = str(warm_home / ".cache")
    build = ("build", *in_script("shore"), "--core", "rest")
    shore.run(*build, "-o", "a.mp3")
    shore.run(*build, "-o", "b.mp3", "--avoid", "zebra")

    assert (shore.folder / "a.mp3").read_bytes() == (shore.folder / "b.mp3").read_bytes()


def test_of_a_course_no_recording_is_made_if_one_is_refused(shore: Machine) -> None:
    course = "".join(
        f'[[session]]\ntitle = "Day {day}"\nday = {day}\npractice = "{name}"\nminutes = "{m}"\n'
        'plan = "Now."\n'
        for day, name, m in ((1, "hello", "0:15"), (2, "shore", "1"))
    )
    (shore.folder / "days.toml").write_text(f'title = "Days"\nsummary = "Two."\n{course}')
    build = ("programme", "build", "days.toml", "--name", "Sam", "--avoid", "waves")
    for more in ((), ("--dry-run",)):
        refused = told(shore.run(*build, *more, status=2))
        assert "cft-audio: --avoid, recording 2, 'Day 2': the session holds" in refused
        assert "Make a course of your own without this session." in refused
    assert kept_clips(shore) == []
    assert not (shore.folder / "output").exists()


def test_a_program_reads_the_refusal_as_one_object(shore: Machine) -> None:
    refused = shore.run("build", *in_script("shore"), "--avoid", "waves", "--json", status=2)
    error = json.loads(refused.stdout)

    assert (error["error"], error["field"]) == ("AvoidedError", "avoid")
    assert "'wave' (for 'waves') is said in 'The way'" in error["message"]
    assert error["remedy"].startswith("Choose the variant 1, the core of the practice rest or")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("…", "'…' has no word in it that could be said. Leave it out."),
        ("x" * 61, "has 61 characters, and 60 fit. Give words and short phrases, with commas"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(cold: Machine, words: str, why: str) -> None:
    assert why in told(cold.run("build", PRACTICE, "--avoid", words, status=2))


def test_check_finds_every_line_of_every_wording(shore: Machine) -> None:
    (shore.folder / "scripts" / "partials").mkdir()
    (shore.folder / "scripts" / "partials" / "more.md").write_text("{# x #}\nA deep\nwater.\n")
    extra = (
        '{% include "partials/more.md" %}\n\n{% set all = ["By waves and wind.", "wave"] %}\n'
        "{% if for_sleep and minutes > 70 %}\n{{ all[0] }}\n{% endif %}\n\nA {{ all[1] }}.\n\n"
        '(Sø)[sub:"the waving"] of hands. [pause] A path, '
        "{% vary %}a wave{% or %}or none{% endvary %}.\n"
    )
    file = shore.folder / "scripts" / "shore.md"
    file.write_text(SHORE + "\n" + extra, encoding="utf-8")
    checked = shore.run("check", "shore", "--avoid", "wave", "--avoid", "deep water", status=1)
    lines = file.read_text(encoding="utf-8").splitlines()
    found = re.findall(r"^scripts/(\S+\.md):(\d+): ('.+?) is to be", checked.stdout, re.MULTILINE)

    assert [(name, word) for name, _, word in found] == [
        ("partials/more.md", "'deep water'"),
        ("shore.md", "'wave'"),
        ("shore.md", "'waves' (for 'wave')"),
        ("shore.md", "'wave'"),
        ("shore.md", "'wave'"),
        ("shore.md", "'waving' (for 'wave')"),
    ]
    said = [lines[int(number) - 1] for name, number, _ in found if name == "shore.md"]
    assert [re.sub(r"\W+", " ", line).strip()[:12] for line in said] == [
        "By the water",
        "set all By w",
        "A all 1",
        "Sø sub the w",
        "Sø sub the w",
    ]
    assert re.search(r"^\d+ errors", checked.stdout, re.MULTILINE)


def test_check_finds_what_is_said_from_the_front_matter(shore: Machine) -> None:
    front = (
        "---\ntitle: Mine\ntechnique: loving-kindness\nnatural: 2\n"
        "breath_words: {inhale: [Waves in], exhale: [And out]}\n"
        "slots: {thing: {ask: What, default: a wave}}\n---\n"
        "## A\n\nStop at any time, {{ thing }}. [keep]\n\n[breathe]\n"
    )
    (shore.folder / "scripts" / "mine.md").write_text(front, encoding="utf-8")
    problems = json.loads(shore.run("check", "mine", "--avoid", "wave", "--json", status=1).stdout)

    assert [(p["line"], p["message"]) for p in problems] == [
        (5, "'Waves' (for 'wave') is to be avoided: \"Waves in\""),
        (6, "'wave' is to be avoided: \"a wave\""),
    ]


def test_check_without_it_finds_nothing_of_the_kind(shore: Machine) -> None:
    assert "is to be avoided" not in shore.run("check", "shore").stdout
