from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mutagen.id3 import ID3

from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import MP3, Coding
from cft_audio.master.id3 import tag_mp3
from cft_audio.master.tags import Lyric, Tags
from cft_audio.timeline.events import Chapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LENGTH = 44_100 * 4
HOSTILE = [
    "Siobhán Ní Mháille",
    "Xiomara; [CHAPTER] = #1 \\ back",
    "名前は太郎です",
    "اسمي مريم",
    "🧘🏽‍♀️ 👩‍👩‍👧‍👦",
    "Ελένη – “quoted”",
    "line one\nline two",
    "a/b; c",
    "(17)",
    "\ufeffmark first",
    " spaces ",
    "ÿþ",
    "long " * 20_000,
]


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    file = tmp_path / "a.mp3"
    with Encoder(file, Coding(MP3, 96), file) as encoder:
        encoder.write(np.zeros((LENGTH, 2), np.float32))
    return file


def full(text: str = "Soothing rhythm") -> Tags:
    return Tags(
        title=text,
        artist=text,
        album=text,
        genre="Meditation",
        made_on=date(2026, 11, 3),
        language="en-GB",
        comment=text,
        chapters=(Chapter("Arriving", 0), Chapter(text, 66_150), Chapter("Closing", 132_300)),
        transcript=(Lyric(text, 44_100), Lyric("Breathe in.", 88_200)),
        words=f"{text}\nBreathe in.",
        build={"CFT_PROGRAM": "cft-audio 0.1.0", "CFT_NAME": text},
    )


def raw_frames(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the frames of an ID3v2.3 tag's body, read by hand."""
    at = 0
    while at + 10 <= len(data) and data[at : at + 1] != b"\0":
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        yield data[at : at + 4].decode("ascii"), data[at + 10 : at + 10 + size]
        at += 10 + size


def tag_body(file: Path) -> bytes:
    head = file.read_bytes()[:10]
    size = sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    return file.read_bytes()[10 : 10 + size]


def test_the_tag_is_version_2_3_with_no_encoding_of_a_later_one(mp3: Path) -> None:
    tag_mp3(mp3, full("Ελένη"), LENGTH)
    assert mp3.read_bytes()[:6] == b"ID3\x03\x00\x00"
    encodings: dict[str, set[int]] = {}
    for name, body in raw_frames(tag_body(mp3)):
        if name == "CHAP":
            inner = body[body.index(b"\0") + 1 + 16 :]
            for inner_name, inner_body in raw_frames(inner):
                encodings.setdefault(f"CHAP/{inner_name}", set()).add(inner_body[0])
        elif name != "CTOC":
            encodings.setdefault(name, set()).add(body[0])
    assert set(encodings) == {
        *("TIT2", "TPE1", "TALB", "TCON", "TLAN", "TLEN", "TYER", "TDAT", "COMM"),
        *("USLT", "SYLT", "TXXX", "CHAP/TIT2"),
    }
    assert set.union(*encodings.values()) == {0, 1}
    assert encodings["SYLT"] == encodings["USLT"] == {1}


def test_an_independent_reader_finds_everything(mp3: Path, metadata: Callable[[Path], str]) -> None:
    tag_mp3(mp3, full(), LENGTH)
    found = metadata(mp3)
    for line in (
        *("title=Soothing rhythm", "artist=Soothing rhythm", "album=Soothing rhythm"),
        *("genre=Meditation", "date=2026-11-03", "language=eng", "comment=Soothing rhythm"),
        *("TLEN=4000", "CFT_PROGRAM=cft-audio 0.1.0", "CFT_NAME=Soothing rhythm"),
    ):
        assert line in found.splitlines()
    assert "Breathe in." in found


def test_an_independent_reader_finds_the_chapters_at_their_times(
    mp3: Path, listing: Callable[[Path], str]
) -> None:
    tag_mp3(mp3, full(), LENGTH)
    found = re.findall(r"start ([\d.]+), end ([\d.]+)\s+Metadata:\s+title\s+: (.*)", listing(mp3))
    assert [(float(start), float(end), title) for start, end, title in found] == [
        (0.0, 1.5, "Arriving"),
        (1.5, 3.0, "Soothing rhythm"),
        (3.0, 4.0, "Closing"),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_survives(text: str, mp3: Path) -> None:
    tag_mp3(mp3, full(text), LENGTH)
    tags = ID3(mp3)
    for name in ("TIT2", "TPE1", "TALB", "COMM::eng", "TXXX:CFT_NAME"):
        assert tags[name].text == [text]
    assert tags["USLT::eng"].text == f"{text}\nBreathe in."
    assert tags["SYLT::eng"].text == [(text, 1000), ("Breathe in.", 2000)]
    assert tags["CHAP:chp1"].sub_frames["TIT2"].text == [text]


def test_names_are_read_alike_by_an_independent_reader(
    mp3: Path, metadata: Callable[[Path], str]
) -> None:
    for text in ("Siobhán", "名前は太郎です", "اسمي مريم", "🧘🏽‍♀️"):
        tag_mp3(mp3, Tags(title=text, chapters=(Chapter(text, 0),)), LENGTH)
        assert metadata(mp3).splitlines().count(f"title={text}") == 2


def test_the_table_of_contents_is_ordered_and_on_top(mp3: Path) -> None:
    tag_mp3(mp3, full(), LENGTH)
    contents = ID3(mp3)["CTOC:toc"]
    assert contents.child_element_ids == ["chp0", "chp1", "chp2"]
    assert int(contents.flags) == 0b11


def test_what_cannot_be_written_is_left_out_without_failing(mp3: Path) -> None:
    """ID3's own terminator, and half of a character outside the first plane."""
    tag_mp3(mp3, full("Sam\0 \ud83e!"), LENGTH)
    assert ID3(mp3)["TIT2"].text == ["Sam ?!"]
    assert ID3(mp3)["SYLT::eng"].text[1] == ("Breathe in.", 2000)


def test_empty_text_leaves_its_frame_out(mp3: Path) -> None:
    tag_mp3(mp3, Tags(title="", chapters=(Chapter("", 0),), build={"CFT_X": ""}), LENGTH)
    assert sorted(ID3(mp3)) == ["CHAP:chp0", "CTOC:toc", "TLAN", "TLEN"]


def test_more_chapters_than_a_table_of_contents_holds_do_not_fail(mp3: Path) -> None:
    chapters = tuple(Chapter(f"{number}", number * 100) for number in range(300))
    tag_mp3(mp3, Tags(title="x", chapters=chapters), LENGTH)
    assert len(ID3(mp3).getall("CHAP")) == 255


def test_the_tag_of_three_hours_stays_under_a_megabyte(mp3: Path) -> None:
    """Android's reader gives up at three."""
    line = "Notice the air – cool as it enters, and warmer as it leaves."
    transcript = tuple(Lyric(line, second * 44_100) for second in range(0, 10_800, 7))
    tag_mp3(mp3, Tags(title="x", transcript=transcript), LENGTH)
    assert ID3(mp3).size < 1_000_000


@pytest.mark.parametrize(
    ("language", "code"),
    [("en-GB", "eng"), ("de", "deu"), ("haw", "haw"), ("tlh-x", "tlh"), ("", "und"), ("q", "und")],
)
def test_languages_become_three_letters(language: str, code: str, mp3: Path) -> None:
    tag_mp3(mp3, Tags(title="x", language=language, comment="c"), LENGTH)
    assert ID3(mp3)["TLAN"].text == [code]
    assert ID3(mp3).getall("COMM")[0].lang == code


def test_the_same_tags_give_the_same_bytes_and_the_same_audio_follows(
    mp3: Path, tmp_path: Path
) -> None:
    audio = mp3.read_bytes()
    other = tmp_path / "b.mp3"
    other.write_bytes(audio)
    tag_mp3(mp3, full(), LENGTH)
    tag_mp3(other, full(), LENGTH)
    assert mp3.read_bytes() == other.read_bytes()
    assert mp3.read_bytes().endswith(audio)
    assert len(mp3.read_bytes()) == len(audio) + 10 + len(tag_body(mp3))
