"""The table of the fields of a session, which everyone who asks goes by."""

from __future__ import annotations

import subprocess
import sys

import pytest
from write_fields_page import PAGE, fields_page

from cft_audio.application.fields import OUTPUT, SESSION_FIELDS
from cft_audio.application.request import SessionRequest
from cft_audio.errors import RequestError
from cft_audio.planning.session import Session
from cft_audio.references import FIELDS
from cft_audio.timeline.breath_patterns import Pattern
from cft_audio.timeline.pace import PRESETS


def test_the_page_about_fields_is_that_of_the_table() -> None:
    """``python tests/application/write_fields_page.py`` writes it anew."""
    page = PAGE.read_text(encoding="utf-8")

    assert page.endswith(fields_page([*SESSION_FIELDS.values(), OUTPUT]))


def test_the_table_costs_no_heavy_import() -> None:
    code = (
        "import sys; before = set(sys.modules);"
        "import cft_audio.application.fields;"
        "heavy = {'numpy', 'scipy', 'yaml', 'jinja2', 'click', 'tomlkit'};"
        "print(sorted(heavy & (sys.modules.keys() - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_every_field_has_a_name_that_a_person_knows() -> None:
    assert [name for name in (*SESSION_FIELDS, OUTPUT.name) if name not in FIELDS] == []


@pytest.mark.parametrize("name", list(SESSION_FIELDS))
def test_a_default_is_a_value_that_the_field_can_have(name: str) -> None:
    field = SESSION_FIELDS[name]

    if field.default is not None:
        assert field.parse(field.default) == field.default


def test_a_request_has_the_defaults_of_the_table() -> None:
    request = SessionRequest(Session("any"))
    values = {
        "voice": request.voicing.voice,
        "figure_voice": request.voicing.figure_voice,
        "allow_online": request.voicing.allow_online,
        "bed": request.sound.bed,
        "tone": request.sound.tone,
        "loudness": request.sound.loudness_lufs,
        "seed": request.session.seed,
        "minutes": request.session.length_s,
        "for": request.session.adaptations,
        "artist": request.output.artist,
        "channels": request.output.channels,
        "album": request.output.album,
        "cover": request.output.cover,
        "no_name": not request.output.name_in_tags,
    }

    assert values == {name: SESSION_FIELDS[name].default for name in values}
    assert request.session.pace is PRESETS[SESSION_FIELDS["pace"].default]


@pytest.mark.parametrize(
    ("name", "value", "parsed"),
    [
        ("figure_pronouns", "she", "she"),
        ("ratio", "4:6", Pattern(4, 0, 6, 0)),
        ("breaths_per_minute", "5.5", 5.5),
        ("bitrate", "320", 320),
        ("pronounce", ["Xiomara=see-oh-MAR-ah"], {"Xiomara": "see-oh-MAR-ah"}),
        ("for", "sleep", ("sleep",)),
    ],
)
def test_fields_know_what_their_values_mean(name: str, value: object, parsed: object) -> None:
    assert SESSION_FIELDS[name].parse(value) == parsed


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("figure_pronouns", "xe", "Choose one of she/her"),
        ("ratio", "4", "Write inhale:hold:exhale:hold as 4:0:6:0"),
        ("breaths_per_minute", "2", "air hunger"),
        ("ease_from", "20", "light-headed"),
        ("pace", "fast", "Known are: fours, gentle, slow, steady"),
        ("tone", "ocaen", "Did you mean 'ocean'?"),
        ("bitrate", "100", "Choose one of 32, 48, 64, 96, 128, 160, 192, 256, 320"),
        ("format", "ogg", "Choose .opus"),
        ("format", "mp4", "Did you mean 'mp3'?"),
        ("cover", "sunset", "Give drawn, none or the path of a file"),
        ("loudness", "-3", "Choose a number from -30 to -14"),
        ("seed", "-1", "Choose a number from 0 up"),
        ("pronounce", {"Sam": "33"}, "Write syllables as see-oh-MAR-ah"),
        ("for", ["slep"], "Did you mean 'sleep'?"),
    ],
)
def test_what_a_field_cannot_have_is_told_with_its_reason(
    name: str, value: object, message: str
) -> None:
    with pytest.raises(RequestError, match=message) as caught:
        SESSION_FIELDS[name].parse(value)

    assert caught.value.field == name
