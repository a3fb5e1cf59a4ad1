# mypy: allow-untyped-calls
"""The ID3v2.3 tag of an MP3 or a WAV: what cars, phones and file managers read.

Text is written as Latin-1 where that can hold it and as UTF-16 elsewhere, the only two encodings
that version 2.3 knows.
"""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, id3

from cft_audio.master.languages import iso_639_2
from cft_audio.master.tags import as_os_error, milliseconds, writable
from cft_audio.script.listening import MOST_CHAPTERS

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.master.tags import Lyric, Tags
    from cft_audio.timeline.events import Chapter

_LATIN_1, _UTF_16 = id3.Encoding.LATIN1, id3.Encoding.UTF16

_PADDING = 1_024
"""Bytes left free, so that a small correction by another program need not rewrite the file."""

_HEADER = 10
"""Bytes before the frames of an ID3v2 tag."""

_RIFF_HEADER = 8
"""Bytes of a RIFF file that its own size does not count."""

_NO_OFFSET = 0xFFFF_FFFF
"""ID3v2 Chapter Frame Addendum 1.0, 3.1: the time counts, not a position in the file."""


_FRONT_COVER = 3
"""ID3v2.3, 4.15: the picture type of a front cover."""


def tag_mp3(file: Path, tags: Tags, length: int) -> None:
    """Put ``tags`` in front of the MP3 ``file``, which has none yet.

    Args:
        file: An MP3 file.
        tags: What to write.
        length: Samples of the recording; where the last chapter ends.

    Raises:
        OSError: If the disk does not take them.
    """
    tag = _tag(tags, length)
    try:
        tag.save(file, v1=0, v2_version=3, padding=lambda _: _PADDING)
        with file.open("rb+") as mp3:
            mp3.seek(_HEADER)
            mp3.write(_in_order(tag))
    except MutagenError as error:
        raise as_os_error(error) from error


def tag_wav(file: Path, tags: Tags, length: int) -> None:
    """Put ``tags`` behind the sound of the WAV ``file``, as a chunk; see ``tag_mp3``."""
    tag, written = _tag(tags, length), BytesIO()
    tag.save(written, v1=0, v2_version=3, padding=lambda info: info.size % 2)
    chunk = bytearray(written.getvalue())
    frames = _in_order(tag)
    chunk[_HEADER : _HEADER + len(frames)] = frames
    chunk += b"\0" * (len(chunk) % 2)
    with file.open("rb+") as wav:
        wav.seek(0, os.SEEK_END)
        wav.write(b"id3 " + len(chunk).to_bytes(4, "little") + chunk)
        whole = wav.tell() - _RIFF_HEADER
        wav.seek(4)
        wav.write(whole.to_bytes(4, "little"))


def _tag(tags: Tags, length: int) -> id3.ID3:
    tag = id3.ID3()
    for frame in _frames(tags, length):
        tag.add(frame)
    tag.update_to_v23()
    return tag


def _in_order(tag: id3.ID3) -> bytes:
    """Return the frames in the order they came in: programs number chapters as they lie there.

    mutagen sorts them by size.
    """
    return b"".join(map(_bytes, tag.values()))


def _bytes(frame: id3.Frame) -> bytes:
    """Return ``frame`` as version 2.3 writes it."""
    tag = id3.ID3()
    tag.add(frame)
    written = BytesIO()
    tag.save(written, v1=0, v2_version=3, padding=lambda _: 0)
    return written.getvalue()[_HEADER:]


def _frames(tags: Tags, length: int) -> list[id3.Frame]:
    language = iso_639_2(tags.language)
    frames = [
        *_text(id3.TIT2, tags.title),
        *_text(id3.TPE1, tags.artist),
        *_text(id3.TALB, tags.album),
        *_text(id3.TRCK, tags.track),
        *_text(id3.TCON, tags.genre),
        *_text(id3.TLAN, language),
        *_text(id3.TLEN, str(milliseconds(length))),
        *(_text(id3.TDRC, tags.made_on.isoformat()) if tags.made_on else ()),
        *_text(id3.COMM, tags.comment, lang=language, desc=""),
        *_text(id3.USLT, tags.words, lang=language, desc=""),
        *_chapters(tags.chapters[:MOST_CHAPTERS], length),
        *_synchronised(tags.transcript, language),
        *_cover(tags.cover),
    ]
    for name, value in tags.build.items():
        frames += _text(id3.TXXX, value, desc=writable(name))
    return frames


def _text(kind: type[id3.Frame], text: str, **fields: Any) -> list[id3.Frame]:
    text = writable(text)
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
            start_time=milliseconds(chapter.start),
            end_time=milliseconds(end),
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
    lines = [(writable(lyric.text), milliseconds(lyric.start)) for lyric in transcript]
    encoding = _encoding(*(text for text, _ in lines))
    # Format 2: times are milliseconds. Type 1: lyrics.
    return [id3.SYLT(encoding=encoding, lang=language, format=2, type=1, desc="", text=lines)]


def _cover(jpeg: bytes) -> list[id3.Frame]:
    if not jpeg:
        return []
    # In another encoding, or described in words, Windows does not show it.
    kind, mime = _FRONT_COVER, "image/jpeg"
    return [id3.APIC(encoding=_LATIN_1, mime=mime, type=kind, desc="", data=jpeg)]


def _encoding(*texts: str) -> int:
    """Return the encoding for one frame that holds all of ``texts``."""
    try:
        "".join(texts).encode("latin-1")
    except UnicodeEncodeError:
        return _UTF_16
    return _LATIN_1
