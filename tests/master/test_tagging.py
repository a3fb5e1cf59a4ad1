"""What a recording says of itself, in every format."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import mutagen
import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.wave import WAVE
from PIL import Image

from cft_audio.errors import OutputError
from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import FORMATS, Coding
from cft_audio.master.tagging import read_tags, write_tags
from cft_audio.master.tags import Lyric, Tags
from cft_audio.timeline.events import Chapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LENGTH = 44_100 * 4
HOSTILE = "Rest / now: Zoë; a=b #1 \\ [x]"
CHAPTERS = (Chapter("Arriving", 0), Chapter(HOSTILE, 66_150), Chapter("名前 🧘🏽", 132_300))

every_format = pytest.mark.parametrize("name", FORMATS)


def cover() -> bytes:
    written = BytesIO()
    Image.new("RGB", (1000, 1000), (30, 60, 90)).save(written, "JPEG")
    return written.getvalue()


TAGS = Tags(
    title="Soothing rhythm, for Zoë",
    artist="A. Therapist",
    album="Evenings",
    track="3/14",
    genre="Meditation",
    made_on=date(2026, 11, 3),
    language="en-GB",
    comment="Settle the body.",
    chapters=CHAPTERS,
    transcript=(Lyric("Hello, Zoë.", 44_100), Lyric("", 88_200)),
    words="Hello, Zoë.",
    synchronised="[00:01.00]Hello, Zoë.\n[00:02.00]\n",
    build={"cft-audio seed": "3", "cft-audio options": '{"bed": "rain"}'},
    cover=cover(),
)


@pytest.fixture
def tagged(tmp_path: Path, name: str) -> Path:
    file, recording = tmp_path / "unfinished.part", tmp_path / f"a.{name}"
    with Encoder(file, Coding(FORMATS[name]), recording) as encoder:
        encoder.write(np.full((LENGTH, 2), 0.01, np.float32))
    write_tags(file, FORMATS[name], TAGS, LENGTH, recording)
    file.rename(recording)
    return recording


@every_format
def test_an_independent_reader_finds_the_chapters_at_their_times(
    tagged: Path, listing: Callable[[Path], str]
) -> None:
    found = re.findall(
        r"start ([\d.]+), end ([\d.]+)\s+Metadata:\s+title\s+: (.*)", listing(tagged)
    )

    assert [title for _, _, title in found] == [chapter.title for chapter in CHAPTERS]
    starts = [float(start) for start, _, _ in found]
    assert starts == pytest.approx([c.start / 44_100 for c in CHAPTERS], abs=0.001)


@every_format
def test_an_independent_reader_finds_title_artist_album_date_and_words(
    tagged: Path, listing: Callable[[Path], str]
) -> None:
    found = re.sub(r" +: ", "=", listing(tagged).lower())

    for line in ("title=soothing rhythm, for zoë", "artist=a. therapist", "album=evenings"):
        assert line in found
    assert re.search(r"\bdate=2026", found)
    assert re.search(r"\btrack=3", found)
    assert "hello, zoë." in found


@every_format
def test_the_cover_is_the_picture_that_went_in(tagged: Path) -> None:
    sound = mutagen.File(tagged)

    if isinstance(sound.tags, ID3):
        (picture,) = sound.tags.getall("APIC")
        assert (picture.type, picture.mime, picture.desc) == (3, "image/jpeg", "")
        found = picture.data
    elif "covr" in sound:
        found = bytes(sound["covr"][0])
    elif hasattr(sound, "pictures"):
        found = sound.pictures[0].data
    else:
        import base64

        from mutagen.flac import Picture

        found = Picture(base64.b64decode(sound["metadata_block_picture"][0])).data
    assert found == TAGS.cover


@every_format
def test_what_was_written_is_read_again(tagged: Path) -> None:
    found = read_tags(tagged)

    assert found["title"] == TAGS.title
    assert found["artist"] == TAGS.artist
    assert found["album"] == TAGS.album
    assert {name: found[name] for name in TAGS.build} == TAGS.build


@every_format
def test_the_sound_plays_as_long_as_before(
    tagged: Path, decode: Callable[[Path], np.ndarray]
) -> None:
    rate = 48_000 if tagged.suffix == ".opus" else 44_100
    assert len(decode(tagged)) == LENGTH * rate // 44_100


@every_format
def test_the_same_tags_give_the_same_bytes(tagged: Path, name: str, tmp_path: Path) -> None:
    again = tmp_path / "again.part"
    with Encoder(again, Coding(FORMATS[name]), tagged) as encoder:
        encoder.write(np.full((LENGTH, 2), 0.01, np.float32))
    write_tags(again, FORMATS[name], TAGS, LENGTH, tagged)

    assert again.read_bytes() == tagged.read_bytes()


@every_format
def test_a_recording_without_cover_and_chapters_has_none(
    name: str, tmp_path: Path, listing: Callable[[Path], str]
) -> None:
    file = tmp_path / f"a.{name}"
    with Encoder(file, Coding(FORMATS[name]), file) as encoder:
        encoder.write(np.zeros((LENGTH, 2), np.float32))
    write_tags(file, FORMATS[name], Tags("Plain"), LENGTH, file)

    assert "Chapter" not in listing(file)
    assert "Video" not in listing(file)
    assert read_tags(file)["title"] == "Plain"


@pytest.mark.parametrize("name", ["m4b"])
def test_a_book_has_its_brand_and_kind_and_chapters_in_both_ways(tagged: Path) -> None:
    data = tagged.read_bytes()

    assert data[8:12] == b"M4B "
    assert mutagen.File(tagged)["stik"] == [2]
    assert b"chpl" in data  # Nero's list
    assert b"chap" in data  # QuickTime's reference to its text track
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("name", ["wav"])
def test_the_chunks_of_a_wav_add_up(tagged: Path) -> None:
    data = tagged.read_bytes()

    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert len(data) % 2 == 0
    assert WAVE(tagged).tags.version == (2, 3, 0)


@every_format
def test_a_place_that_went_away_is_named_as_the_cause(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{name}"
    with Encoder(file, Coding(FORMATS[name]), file) as encoder:
        encoder.write(np.zeros((LENGTH, 2), np.float32))
    gone = tmp_path / "gone" / file.name

    with pytest.raises(OutputError):
        write_tags(gone, FORMATS[name], TAGS, LENGTH, file)
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name]


def test_a_file_that_is_none_of_ours_has_no_tags(tmp_path: Path) -> None:
    for content in (b"", b"ID3", b"text", b"RIFF....WAVE", bytes(5000)):
        (tmp_path / "a.mp3").write_bytes(content)
        assert read_tags(tmp_path / "a.mp3") == {}
