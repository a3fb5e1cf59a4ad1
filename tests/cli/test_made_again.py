"""What `inspect` prints makes the same recording again, whatever was asked for."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cft_audio import request
from cft_audio.application.again import again_of, read_again
from cft_audio.application.beside.covers import DRAWN
from cft_audio.application.command_lines import command_line
from cft_audio.cli.asking import ask_for_session
from cft_audio.cli.build import command
from cft_audio.cli.face import Face
from cft_audio.cli.program import program
from cft_audio.errors import CftAudioError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.bells import PLACES, STROKES
from cft_audio.sound.names import BEDS, BELLS, TONES
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.request import SessionRequest

MADE_ON = date(2027, 1, 15)

NAMES = st.sampled_from(["Sam", "Zoë", "O'Brien", "-Lee", '"Q"', "Ann  Lee", "$HOME", "李 明"])
RATE = st.integers(45, 65).map(lambda tenths: tenths / 10)

SLOTS = {
    "soothing-rhythm-breathing": {},
    "compassionate-imagery": {
        "figure": st.sampled_from(["wise-elder", "my aunt Rosa", "the sea, at night = home"])
    },
    "loving-kindness": {
        "with": st.fixed_dictionaries(
            {},
            optional={
                "loved_one": st.sampled_from(["my dog", "Tomasz = my son", "--quiet"]),
                "include_difficult": st.sampled_from(["yes", "no"]),
            },
        )
    },
}

CHOSEN = {
    "minutes": st.sampled_from(["10", "12:30", "7.5", "15"]),
    "figure_pronouns": st.sampled_from(["she/her", "they/them"]),
    "for": st.lists(st.sampled_from(tuple(ADAPTATIONS)), unique=True, max_size=2),
    "returning": st.booleans(),
    "self_led": st.booleans(),
    "first_words": st.just("Last week you found a rhythm; it's yours."),
    "seed": st.integers(0, 99),
    "bells": st.sampled_from(tuple(STROKES)),
    "bells_at": st.lists(st.sampled_from(PLACES), unique=True, max_size=2),
    "pronounce": st.fixed_dictionaries(
        {}, optional={"Xiomara": st.just("see-oh-MAR-ah"), "Aoife": st.just("/ˈiːfə/")}
    ),
    "tone": st.sampled_from(TONES),
    "ticks": st.booleans(),
    "bed": st.sampled_from(BEDS),
    "bell": st.sampled_from(BELLS),
    "bell_every": st.sampled_from(["5", "2:30", "1.25"]),
    "bed_level": st.sampled_from(["soft", "full", "-3", "2.5"]),
    "tone_level": st.sampled_from(["soft", "-1.5"]),
    "bell_level": st.sampled_from(["full", "0"]),
    "loudness": st.sampled_from([-18, -20.5, -23]),
    "title": st.sampled_from(["For tonight", "-- json", "a 'b' \"c\""]),
    "album": st.just("Evenings"),
    "artist": st.just("Dr Lee"),
    "comment": st.just("Made on Tuesday; for the train."),
    "cover": st.just("none"),
}

PACES = st.one_of(
    st.just({}),
    st.sampled_from(tuple(PRESETS)).map(lambda name: {"pace": name}),
    st.sampled_from(["box", "4-6", "5.5-5.5", "4-7-8"]).map(
        lambda text: {"pattern": text, "insist": True}
    ),
    st.builds(lambda rate: {"breaths_per_minute": rate}, RATE),
    st.builds(lambda rate: {"breaths_per_minute": rate, "ratio": "4:0:6:0"}, RATE),
    st.builds(
        lambda rate, first: {"pace": "slow", "breaths_per_minute": rate, "ease_from": first},
        RATE,
        st.sampled_from([7, 7.25, 8]),
    ),
    st.just({"pace": "steady", "ratio": "1:0:1.4:0"}),
)

FORMATS = st.one_of(
    st.just({}),
    st.sampled_from(["phone", "mail", "insight-timer", "archive"]).map(lambda p: {"preset": p}),
    st.sampled_from(["m4a", "m4b"]).map(lambda f: {"format": f, "bitrate": "64"}),
    st.sampled_from(["mp3", "opus", "flac", "wav"]).map(lambda f: {"format": f}),
    st.just({"bitrate": "192", "sample_rate": "48000"}),
    st.just({"channels": "mono", "split_chapters": True}),
)


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Return a practice and what is chosen for it."""
    practice = draw(st.sampled_from(tuple(SLOTS)))
    slots = draw(st.fixed_dictionaries(SLOTS[practice]))
    chosen = draw(st.fixed_dictionaries({}, optional=CHOSEN))
    name = {"name": draw(NAMES)}
    return practice, name | slots | chosen | draw(PACES) | draw(FORMATS)


def typed(line: str) -> SessionRequest:
    """Return the request of a command line, as the program reads it."""
    called, name, *arguments = shlex.split(line)
    assert (called, name) == ("cft-audio", "build")
    face = Face(default_folders(), quiet=True)
    whole = click.Context(program, obj=face)
    context = command.make_context("build", arguments, parent=whole)
    options = {k: v for k, v in context.params.items() if k not in ("practice", "output", "force")}
    return ask_for_session(face, context.params["practice"], options | {"dry_run": None})


def essence(one: SessionRequest) -> object:
    """Return what a recording follows from.

    How its format was asked for is no part of it, nor whether an answer was given or is usual.
    """
    coding = one.output.coding(length_s=one.session.length_s or 600)
    plain = {"format": "", "bitrate_kbps": 0, "usual_kbps": 0, "most_bytes": 0, "sample_rate": 0}
    slots = Library(default_folders().scripts).open(one.session.practice).practice().slots
    usual = {slot.name: slot.default for slot in slots.values() if slot.default is not None}
    session = replace(one.session, answers=usual | dict(one.session.answers))
    output = replace(one.output, channels="", **plain)
    return coding, replace(one, session=session, output=output)


@pytest.fixture
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without settings, and tags of one day."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("no_settings")
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked())
def test_the_command_line_that_is_told_asks_for_the_same(wanted: tuple[str, Any]) -> None:
    practice, fields = wanted
    try:
        first = request(practice, made_on=MADE_ON, **fields)
        coding = first.output.coding(length_s=first.session.length_s or 600)
    except CftAudioError:
        assume(False)
    told = again_of(first, Library(default_folders().scripts).open(practice).practice(), coding)
    kept = read_again(told.as_text())
    assert kept == told
    again = typed(command_line("build", kept.practice, kept.fields))

    assert essence(again) == essence(first)
    assert kept.epoch is not None
    assert datetime.fromtimestamp(kept.epoch, UTC).date() == MADE_ON


@pytest.mark.usefixtures("no_settings")
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked())
def test_once_capitals_are_filled_in_a_nameless_recording_asks_for_the_same(
    wanted: tuple[str, Any],
) -> None:
    """But for what else may say more of a listener than their name."""
    practice, fields = wanted
    hidden = ("figure_pronouns", "first_words", "pronounce", "for")
    fields = {name: value for name, value in fields.items() if name not in hidden}
    try:
        first = request(practice, made_on=MADE_ON, no_name=True, **fields)
        coding = first.output.coding(length_s=first.session.length_s or 600)
    except CftAudioError:
        assume(False)
    told = again_of(first, Library(default_folders().scripts).open(practice).practice(), coding)
    assert fields["name"] not in told.as_text()
    assert told.withheld

    filled = dict(told.fields)
    for slot in ("name", "figure"):
        if slot in filled:
            assert filled[slot] == slot.upper()
            filled[slot] = fields[slot]
    if "with" in filled:
        filled["with"] = [f"{slot}={text}" for slot, text in fields["with"].items()]
    again = typed(command_line("build", told.practice, filled))
    assert essence(again) == essence(first)


@pytest.mark.parametrize("text", ["", "{}", "[]", "no", '{"practice": "a", "fields": 3}', "null"])
def test_a_tag_that_somebody_changed_is_no_command(text: str) -> None:
    assert read_again(text) is None


def test_a_field_that_is_none_is_not_taken_over() -> None:
    told = read_again(
        '{"practice": "a", "fields": {"rm": "-rf", "seed": 3}, "made_on": null, "withheld": false}'
    )

    assert told is not None
    assert dict(told.fields) == {"seed": 3}
    assert told.epoch is None


def test_what_lies_on_a_disk_is_named_in_capitals(no_settings: Path) -> None:
    """A bed, a bell and a picture of one's own, whose names may tell of anybody."""
    for name in ("rosa-singing.wav", "rosa.jpg"):
        (no_settings / name).write_bytes(b"")
    own = {"bed": "./rosa-singing.wav", "bell": "./rosa-singing.wav", "cover": "./rosa.jpg"}
    first = request("soothing-rhythm-breathing", name="Sam", **own)
    practice = Library(default_folders().scripts).open("soothing-rhythm-breathing").practice()
    told = again_of(first, practice, first.output.coding())

    assert "rosa" not in told.as_text()
    assert [told.fields[name] for name in own] == ["BED", "BELL", "PICTURE"]
    assert first.output.cover != DRAWN
