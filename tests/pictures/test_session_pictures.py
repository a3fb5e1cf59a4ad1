"""The picture of a session: all that is heard in it, for the eye, and in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3, TIT2
from program_runs import Machine, decoded
from stems import VOICE_ALONE, rests_of

import cft_audio

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
ENDS = (("x1", -2), ("x2", 2))
"""The ends of a mark of silence, which leaves two units free at either side."""

ACROSS = 1180 - 96
"""Units of its length."""

SCRIPT = """---
title: Company & <kindness>
technique: compassionate-imagery
slots:
  name: {ask: "Your name?"}
  figure: {ask: "Who?", type: figure}
---
## Arriving

Hello, {{ name }}. Stop at any time.

[breathe 2]

## Somebody kind

{{ figure.name }} is with you.

> I am glad that you are here.

[12s]

Let it be.

[chime]

[20s]
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Machine:
    """A machine with a recording of a voice alone, its picture, and that of its plan."""
    machine = Machine(tmp_path_factory.mktemp("drawn"), warm_home)
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "kind.md").write_text(SCRIPT, encoding="utf-8")
    alone = [part for name, value in VOICE_ALONE.items() for part in (f"--{name}", value)]
    asked = ("kind", "--name", "Zoë", "--figure", "wise-elder", *alone)
    machine.run("build", *asked, "-o", "kind.flac")
    machine.run("picture", "kind.flac", "-o", "file.svg")
    machine.run("picture", *asked, "-o", "plan.svg")
    return machine


@pytest.fixture(params=["file.svg", "plan.svg"])
def picture(drawn: Machine, request: pytest.FixtureRequest) -> ET.Element:
    """Each of the two pictures, read as XML."""
    return ET.parse(drawn.folder / request.param).getroot()  # noqa: S314 -- our own


def blocks(picture: ET.Element, *kinds: str) -> list[tuple[float, float]]:
    """Return where blocks of some kinds begin and end, as shares of the session."""
    found = [
        (float(block.get("x")), float(block.get("width")))
        for block in picture.iter(f"{SVG}rect")
        if block.get("class") in kinds
    ]
    return [((x - 96) / ACROSS, (x + width - 96) / ACROSS) for x, width in found]


@pytest.mark.slow
def test_it_says_in_its_title_and_description_what_it_shows(picture: ET.Element) -> None:
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")

    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Company & <kindness>, for Zoë"
    assert "Arriving at 0:00, Somebody kind at " in description.text
    assert "2 breaths" in description.text
    assert re.search(r"\d silences over 8 seconds, the longest 0:\d\d", description.text)


def test_every_silence_over_8_s_is_marked_where_it_is(picture: ET.Element, drawn: Machine) -> None:
    recording = drawn.folder / "kind.flac"
    length = len(decoded(recording)) / 44_100
    heard = rests_of(recording, longest=8.0)

    marked = [
        (
            (float(line.get("x1")) - 98) / ACROSS * length,
            (float(line.get("x2")) - 94) / ACROSS * length,
        )
        for line in picture.iter(f"{SVG}line")
        if line.get("class") == "quiet"
    ]

    assert len(heard) >= 1
    for mark, rest in zip(marked, heard, strict=False):
        assert mark == pytest.approx(rest, abs=0.2)
    # What rings out after the last word is quiet too, and nothing is heard after it.
    assert len(marked) == len(heard) + 1
    assert marked[-1][1] == pytest.approx(length, abs=0.2)


def test_its_blocks_of_voice_add_up_to_the_share_of_speech(
    picture: ET.Element, drawn: Machine
) -> None:
    share = sum(stop - start for start, stop in blocks(picture, "guide", "figure"))

    assert share == pytest.approx(1 - drawn.json("inspect", "kind.flac")["silence_share"], abs=0.01)


def test_it_tells_by_colour_who_speaks(picture: ET.Element) -> None:
    (figure,) = blocks(picture, "figure")

    assert len(blocks(picture, "guide")) >= 4
    assert not [one for one in blocks(picture, "guide") if figure[0] < one[0] < figure[1]]


def test_blocks_of_voice_follow_one_another(picture: ET.Element) -> None:
    voice = sorted(blocks(picture, "guide", "figure"))

    assert all(one[1] <= other[0] + 1e-4 for one, other in pairwise(voice))


def test_it_has_colours_for_light_and_for_dark(picture: ET.Element) -> None:
    style = picture.find(f"{SVG}style").text

    assert "@media(prefers-color-scheme:dark)" in style
    classes = set(re.findall(r"\.(\w+)\{", style.split("@media")[0]))
    assert classes - set(re.findall(r"\.(\w+)\{", style.split("@media")[1])) == {"heading"}


def test_it_needs_nothing_from_elsewhere(drawn: Machine) -> None:
    page = (drawn.folder / "plan.svg").read_text(encoding="utf-8")

    assert page.count("http") == 1, "the name of the format is the only address"
    assert not re.search(r"<(script|image|use|foreignObject)\b|url\(|href", page)


def test_a_recording_is_drawn_as_its_plan_is_but_for_its_loudness(drawn: Machine) -> None:
    def without_loudness(name: str) -> list[str]:
        rows = (drawn.folder / name).read_text(encoding="utf-8").splitlines()
        return [row for row in rows if "polyline" not in row]

    assert without_loudness("file.svg") == without_loudness("plan.svg")


def test_it_has_the_same_bytes_each_time(drawn: Machine) -> None:
    drawn.run("picture", "kind.flac", "-o", "again.svg", "--force")

    again = (drawn.folder / "again.svg").read_bytes()
    assert again == (drawn.folder / "file.svg").read_bytes()


def test_any_other_sound_is_drawn_by_its_loudness_alone(drawn: Machine) -> None:
    cft_audio.say("Nobody knows me.", drawn.folder / "said.wav", overwrite=True)

    drawn.run("picture", "said.wav", "-o", "said.svg", "--force")

    picture = ET.parse(drawn.folder / "said.svg").getroot()  # noqa: S314 -- our own
    assert blocks(picture, "guide", "figure") == []
    assert picture.find(f"{SVG}title").text == "said"


def test_a_title_with_letters_that_xml_cannot_hold_is_drawn_without_them(drawn: Machine) -> None:
    drawn.run("build", "kind", "--name", "Sam", "--figure", "wise-elder", "-o", "odd.mp3")
    tags = ID3(drawn.folder / "odd.mp3")
    tags.add(TIT2(encoding=3, text=["A\x0bb\x01c & <d>"]))
    tags.save()

    drawn.run("picture", "odd.mp3", "-o", "odd.svg", "--force")

    picture = ET.parse(drawn.folder / "odd.svg").getroot()  # noqa: S314 -- our own
    assert "& <d>" in picture.find(f"{SVG}title").text


def test_a_session_shows_on_the_screen_of_a_dry_run_as_well(drawn: Machine) -> None:
    asked = ("build", "kind", "--name", "Sam", "--figure", "wise-elder", "--dry-run")

    said = drawn.run(*asked).stdout

    assert "Arriving" in said
    assert "Somebody kind" in said


@pytest.mark.parametrize("name", ["none.mp3", "empty.mp3", "words.mp3"])
def test_what_is_no_sound_is_refused(name: str, drawn: Machine) -> None:
    (drawn.folder / "empty.mp3").write_bytes(b"")
    (drawn.folder / "words.mp3").write_text("Words.", encoding="utf-8")

    assert name in drawn.run("picture", f"./{name}", "-o", "none.svg", status=1).stderr
    assert not (drawn.folder / "none.svg").exists()
