# mypy: allow-untyped-calls
"""The ID3v2.3 tag of a recording: what cars, phones and file managers read.

Text is written as Latin-1 where that can hold it and as UTF-16 elsewhere, the only two encodings
that version 2.3 knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, id3

from cft_audio.master.languages import iso_639_2
from cft_audio.script.listening import MOST_CHAPTERS
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from cft_audio.timeline.events import Chapter

_LATIN_1, _UTF_16 = id3.Encoding.LATIN1, id3.Encoding.UTF16

_PADDING = 1_024
"""Bytes left free, so that a small correction by another program need not rewrite the file."""

_HEADER = 10
"""Bytes before the frames of an ID3v2 tag."""

_NO_OFFSET = 0xFFFF_FFFF
"""ID3v2 Chapter Frame Addendum 1.0, 3.1: the time counts, not a position in the file."""


@dataclass(frozen=True)
class Lyric:
    """A spoken line of the transcript: its text and its first sample."""

    text: str
    start: int


@dataclass(frozen=True)
class Tags:
    """What a recording says about itself. Empty text leaves its frame out.

    Attributes:
        title: The recording's title.
        artist: Who it is by.
        album: What it belongs to.
        track: Its number in the album, as ``3`` or ``3/14``.
        genre: Its genre, in words.
        made_on: The date it was made; None for none.
        language: An IETF language tag.
        comment: A sentence about it.
        chapters: Its chapters in order; the first 255 are listed.
        transcript: Its spoken lines in order.
        build: What is needed to build it again, by name.
    """

    title: str
    artist: str = ""
    album: str = ""
    track: str = ""
    genre: str = ""
    made_on: date | None = None
    language: str = "en"
    comment: str = ""
    chapters: tuple[Chapter, ...] = ()
    transcript: tuple[Lyric, ...] = ()
    build: Mapping[str, str] = field(default_factory=dict)


def write_tags(file: Path, tags: Tags, length: int) -> None:
    """Put ``tags`` in front of the MP3 ``file``, which has none yet.

    The same tags give the same bytes.

    Args:
        file: An MP3 file.
        tags: What to write.
        length: Samples of the recording; where the last chapter ends.

    Raises:
        OSError: If the disk does not take them.
    """
    frames = id3.ID3()
    for frame in _frames(tags, length):
        frames.add(frame)
    frames.update_to_v23()
    # mutagen sorts frames by size, and programs number chapters as they lie in the file.
    in_order = b"".join(map(_bytes, frames.values()))
    try:
        frames.save(file, v1=0, v2_version=3, padding=lambda _: _PADDING)
        with file.open("rb+") as mp3:
            mp3.seek(_HEADER)
            mp3.write(in_order)
    except id3.error as error:
        # mutagen hides the disk's own error in one of its own.
        cause = error.__cause__ or error.__context__ or error.args[0]
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def read_tags(file: Path) -> dict[str, str]:
    """Return title, artist and album of an MP3 file, and what it was built from by name.

    It is empty where the file has no tag that can be read.
    """
    try:
        tag = id3.ID3(file, translate=False)
    except (MutagenError, OSError, ValueError):
        return {}
    named = {"title": "TIT2", "artist": "TPE1", "album": "TALB"}
    texts = {name: tag[key] for name, key in named.items() if key in tag}
    texts |= {frame.desc: frame for frame in tag.getall("TXXX")}
    return {name: str(frame) for name, frame in texts.items()}


def _bytes(frame: id3.Frame) -> bytes:
    """Return ``frame`` as version 2.3 writes it."""
    tag = id3.ID3()
    tag.add(frame)
    written = BytesIO()
    tag.save(written, v1=0, v2_version=3, padding=lambda _: 0)
    return written.getvalue()[_HEADER:]


def _frames(tags: Tags, length: int) -> list[id3.Frame]:
    language = iso_639_2(tags.language)
    words = "\n".join(lyric.text for lyric in tags.transcript)
    frames = [
        *_text(id3.TIT2, tags.title),
        *_text(id3.TPE1, tags.artist),
        *_text(id3.TALB, tags.album),
        *_text(id3.TRCK, tags.track),
        *_text(id3.TCON, tags.genre),
        *_text(id3.TLAN, language),
        *_text(id3.TLEN, str(_milliseconds(length))),
        *(_text(id3.TDRC, tags.made_on.isoformat()) if tags.made_on else ()),
        *_text(id3.COMM, tags.comment, lang=language, desc=""),
        *_text(id3.USLT, words, lang=language, desc=""),
        *_chapters(tags.chapters[:MOST_CHAPTERS], length),
        *_synchronised(tags.transcript, language),
    ]
    for name, value in tags.build.items():
        frames += _text(id3.TXXX, value, desc=_writable(name))
    return frames


def _text(kind: type[id3.Frame], text: str, **fields: Any) -> list[id3.Frame]:
    text = _writable(text)
    if not text:
        return []
    return [kind(encoding=_encoding(text, fields.get("desc", "")), text=text, **fields)]


def _chapters(chapters: tuple[Chapter, ...], length: int) -> list[id3.Frame]:
    if not chapters:
        return []
    ends = [*(chapter.start for chapter in chapters[1:]), length]
    names = [f"chp{number}" for number in range(len(chapters))]
    frames = [
        id3.CHAP(
            element_id=name,
            start_time=_milliseconds(chapter.start),
            end_time=_milliseconds(end),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=_text(id3.TIT2, chapter.title),
        )
        for name, chapter, end in zip(names, chapters, ends, strict=True)
    ]
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    contents = id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    return [contents, *frames]


def _synchronised(transcript: tuple[Lyric, ...], language: str) -> list[id3.Frame]:
    if not transcript:
        return []
    lines = [(_writable(lyric.text), _milliseconds(lyric.start)) for lyric in transcript]
    encoding = _encoding(*(text for text, _ in lines))
    # Format 2: times are milliseconds. Type 1: lyrics.
    return [id3.SYLT(encoding=encoding, lang=language, format=2, type=1, desc="", text=lines)]


def _encoding(*texts: str) -> int:
    """Return the encoding for one frame that holds all of ``texts``."""
    try:
        "".join(texts).encode("latin-1")
    except UnicodeEncodeError:
        return _UTF_16
    return _LATIN_1


def _writable(text: str) -> str:
    """Return ``text`` without what ID3 cannot hold: its own terminator, and half characters."""
    return text.replace("\0", "").encode("utf-16", "replace").decode("utf-16")


def _milliseconds(count: int) -> int:
    return round(count * 1000 / SAMPLE_RATE)
