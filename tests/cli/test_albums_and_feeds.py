"""What lies beside the recordings of a course, and the podcast feed that is made of them."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from program_runs import HELLO, Machine, decoded_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

COURSE = """
title = "Two evenings"
summary = "A short course, & a <quiet> one."

[[session]]
title = "The first: arriving"
day = 1
practice = "hello"
minutes = "0:12"
plan = "Tonight, before sleep."

[[session]]
title = "The second"
day = 8
practice = "hello"
minutes = "0:14"
seed = 2
plan = "A week later."
"""

BUILD = ("programme", "build", "evenings.toml", "--name")
FEED = ("--feed", "https://example.org/my evenings/")
SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}


def write_course(machine: Machine) -> Machine:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "hello.md").write_text(HELLO)
    (machine.folder / "evenings.toml").write_text(COURSE)
    return machine


@pytest.fixture
def course(machine: Machine) -> Machine:
    return write_course(machine)


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Path:
    """The folder of a course that was made with a feed."""
    machine = write_course(Machine(tmp_path_factory.mktemp("feed"), warm_home))
    told = machine.json(*BUILD, "friend", "--feed", "https://example.org/evenings")
    assert [Path(file).name for file in told["feed"]][-1] == "feed.xml"
    return machine.folder / "output" / "evenings"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_playlist_names_the_recordings_in_their_order(course: Machine) -> None:
    course.run(*BUILD, "Sam", "--artist", "Dr Lee")
    folder = course.folder / "output" / "evenings-sam"
    lines = (folder / "playlist.m3u8").read_text(encoding="utf-8").splitlines()

    assert lines == [
        "#EXTM3U",
        "#PLAYLIST:Two evenings, for Sam",
        "#EXTINF:12,Dr Lee - The first: arriving",
        "1 The first arriving.mp3",
        "#EXTINF:14,Dr Lee - The second",
        "2 The second.mp3",
    ]
    assert all((folder / line).is_file() for line in lines if not line.startswith("#"))


def test_the_plan_to_print_has_the_days_and_words_of_care(course: Machine) -> None:
    course.run(*BUILD, "Sam", "--starts", "2027-01-31")
    page = (course.folder / "output" / "evenings-sam" / "plan.html").read_text(encoding="utf-8")

    for words in (
        "Two evenings, for Sam",
        "A short course, &amp; a &lt;quiet&gt; one.",
        "from Sunday 31 January 2027",
        "from Sunday 7 February 2027",
        "Tonight, before sleep.",
        "116 123",
    ):
        assert words in page
    assert "<script" not in page


def test_without_a_first_day_the_plan_counts_them(course: Machine) -> None:
    course.run(*BUILD, "Xiomara", "--no-name")
    page = (course.folder / "output" / "evenings" / "plan.html").read_text(encoding="utf-8")

    assert "day 8" in page
    assert "Xiomara" not in page


@pytest.mark.slow
def test_a_cover_of_the_course_lies_beside_its_recordings(fed: Path) -> None:
    with Image.open(fed / "cover.jpg") as cover:
        assert (cover.format, cover.size) == ("JPEG", (1000, 1000))
    assert (fed / "cover.jpg").stat().st_size <= 200_000


def test_a_kept_recording_gets_what_is_missing_beside_it(course: Machine) -> None:
    words = ("--with-text", "vtt")
    course.run(*BUILD, "Sam", *words)
    folder = course.folder / "output" / "evenings-sam"
    whole = names(folder)
    for name in ("1 The first arriving.vtt", "playlist.m3u8", "cover.jpg", "plan.html"):
        (folder / name).unlink()
    (folder / "2 The second.vtt").write_text("mine")
    told = course.json(*BUILD, "Sam", *words)

    assert [step["state"] for step in told["recordings"]] == ["kept", "kept"]
    assert names(folder) == whole
    assert (folder / "2 The second.vtt").read_text() == "mine"
    assert names(folder.parent) == ["evenings-sam"]


@pytest.mark.parametrize(
    ("day", "told"), [("31.1.2027", "is not a day"), ("2027-02-30", "is not a day")]
)
def test_a_day_that_there_is_not_is_told_before_any_work(
    course: Machine, day: str, told: str
) -> None:
    refused = course.run(*BUILD, "Sam", "--starts", day, status=2)

    assert told in refused.stderr
    assert "2027-01-31" in refused.stderr
    assert not (course.folder / "output").exists()


@pytest.mark.slow
def test_a_feed_is_rss_that_names_every_file_by_its_address(fed: Path) -> None:
    rss = feed_of(fed)
    channel = rss.find("channel")
    assert channel is not None
    here = "https://example.org/evenings/"

    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    assert channel.findtext("title") == "Two evenings"
    assert channel.findtext("description") == "A short course, & a <quiet> one."
    assert channel.findtext("language") == "en"
    assert channel.findtext("itunes:explicit", None, SPACES) == "false"
    assert attributes(channel, "atom:link")["href"] == here + "feed.xml"
    assert attributes(channel, "itunes:image")["href"] == here + "cover-3000.jpg"
    assert attributes(channel, "itunes:category")["text"] == "Health & Fitness"
    text = (fed / "feed.xml").read_text(encoding="utf-8")
    assert all(f'xmlns:{prefix}="{space}"' in text for prefix, space in SPACES.items())
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>")
    addresses = [one for e in rss.iter() for k, one in e.items() if k in ("url", "href")]
    assert {one.removeprefix(here).replace("%20", " ") for one in addresses} <= {*names(fed)}


def test_an_episode_has_its_sound_its_chapters_and_its_words(fed: Path) -> None:
    items = feed_of(fed).findall("channel/item")
    files = [fed / "1 The first arriving.mp3", fed / "2 The second.mp3"]

    assert [item.findtext("title") for item in items] == ["The first: arriving", "The second"]
    for number, (item, file) in enumerate(zip(items, files, strict=True), start=1):
        sound = attributes(item, "enclosure")
        assert sound["url"] == f"https://example.org/evenings/{file.name.replace(' ', '%20')}"
        assert (int(sound["length"]), sound["type"]) == (file.stat().st_size, "audio/mpeg")
        length = float(item.findtext("itunes:duration", "", SPACES))
        assert length == pytest.approx(decoded_seconds(file), abs=0.6)
        assert item.findtext("itunes:episode", None, SPACES) == str(number)
        assert item.findtext("guid") == sound["url"]
        assert parsedate_to_datetime(item.findtext("pubDate") or "").date().isoformat() == (
            "2027-01-15"
        )
        assert attributes(item, "podcast:transcript")["type"] == "text/vtt"
        assert attributes(item, "podcast:chapters")["type"] == "application/json+chapters"
        chapters = json.loads((fed / f"{file.stem}-chapters.json").read_text(encoding="utf-8"))
        assert chapters == {"version": "1.2.0", "chapters": [{"startTime": 0.0, "title": "Hello"}]}
        assert (fed / f"{file.stem}.vtt").read_text(encoding="utf-8").startswith("WEBVTT")


def test_its_art_is_as_large_as_podcasts_ask_for(fed: Path) -> None:
    with Image.open(fed / "cover-3000.jpg") as art:
        assert (art.format, art.size, art.mode) == ("JPEG", (3000, 3000), "RGB")


def test_the_same_course_again_gives_the_same_feed(fed: Path, warm_home: Path) -> None:
    machine = Machine(fed.parent.parent, warm_home)
    before = {path.name: path.read_bytes() for path in fed.iterdir()}
    told = machine.json(*BUILD, "friend", "--feed", "https://example.org/evenings/")

    assert [step["state"] for step in told["recordings"]] == ["kept", "kept"]
    assert {path.name: path.read_bytes() for path in fed.iterdir()} == before


def test_what_speaks_to_somebody_is_not_fed(course: Machine) -> None:
    """It is refused before a single line is spoken."""
    refused = course.run(*BUILD, "Zebedee", "--feed", "https://example.org/", status=2)

    assert "in recording 1 something personal is spoken, and a feed is public" in refused.stderr
    assert "--name friend" in refused.stderr
    assert not (course.folder / "output").exists()


@pytest.mark.slow
def test_the_first_week_can_be_fed_with_what_it_says_of_itself(machine: Machine) -> None:
    """Its own words on each day, and what practices say where nobody answers."""
    week = ("programme", "build", "first-week", "--name", "friend", "-n", *FEED)
    machine.run(*week)
    refused = machine.run(*week, "--first-words", "Rosa, last week you came by train.", status=2)

    assert "in recording 1 something personal is spoken" in refused.stderr


def test_an_answer_of_ones_own_is_not_fed(course: Machine) -> None:
    dog = HELLO.replace("slots: {", 'slots: {loved: {ask: "Who?"}, ').replace(
        "Stop at", "Think of {{ loved }}. Stop at"
    )
    (course.folder / "scripts" / "hello.md").write_text(dog)
    longer = COURSE.replace('"0:12"', '"0:17"').replace('"0:14"', '"0:18"')
    (course.folder / "evenings.toml").write_text(longer)
    answers = ("--with", "loved=my son Tomasz")
    refused = course.run(*BUILD, "friend", *answers, "--feed", "https://example.org/", status=2)

    assert "something personal is spoken" in refused.stderr


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org/", "https://", "https://example.org/?a=b", "a b"]
)
def test_what_is_no_address_of_a_folder_is_told(course: Machine, url: str) -> None:
    refused = course.run(*BUILD, "friend", "--feed", url, status=2)

    assert "is not the address of a folder on the web" in refused.stderr
    assert not (course.folder / "output").exists()


def test_an_address_with_a_blank_is_written_as_the_web_writes_it(course: Machine) -> None:
    course.run(*BUILD, "friend", *FEED)
    text = (course.folder / "output" / "evenings" / "feed.xml").read_text(encoding="utf-8")

    assert "https://example.org/my%20evenings/feed.xml" in text
    assert "my evenings" not in text


def feed_of(folder: Path) -> ET.Element:
    return ET.parse(folder / "feed.xml").getroot()  # noqa: S314 -- it was written here


def attributes(element: ET.Element, path: str) -> Mapping[str, str]:
    """Return the attributes of the one element at a path."""
    found = element.find(path, SPACES)
    assert found is not None
    return found.attrib
