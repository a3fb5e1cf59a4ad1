# mypy: allow-untyped-calls
"""The comments of an Opus or a FLAC file.

Chapters are written as ``CHAPTER000`` and ``CHAPTER000NAME`` (the Vorbis chapter extension, which
both containers share), and the picture as FLAC has it, which an Opus file holds in base64.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, flac
from mutagen.oggopus import OggOpus

from cft_audio.master.tags import as_os_error, milliseconds, writable
from cft_audio.script.listening import MOST_CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.master.tags import Tags

_PADDING = 1_024
"""Bytes left free, so that a small correction by another program need not rewrite the file."""

_FRONT_COVER = 3
"""FLAC's picture types are those of ID3v2."""


def tag_opus(file: Path, tags: Tags, length: int) -> None:
    """Put ``tags`` into the Opus ``file``; see ``id3.tag_mp3``.

    Raises:
        OSError: If the disk does not take them.
    """
    del length  # the last chapter ends with the file
    try:
        opus = OggOpus(file)
        comments: Any = opus.tags
        comments.clear()
        comments.extend(_comments(tags))
        if tags.cover:
            block = base64.b64encode(_picture(tags.cover).write()).decode()
            comments.append(("METADATA_BLOCK_PICTURE", block))
        opus.save(padding=lambda _: _PADDING)
    except MutagenError as error:
        raise as_os_error(error) from error


def tag_flac(file: Path, tags: Tags, length: int) -> None:
    """Put ``tags`` into the FLAC ``file``; see ``id3.tag_mp3``.

    Raises:
        OSError: If the disk does not take them.
    """
    del length
    try:
        sound = flac.FLAC(file)
        if sound.tags is None:
            sound.add_tags()
        comments: Any = sound.tags
        comments.clear()
        comments.extend(_comments(tags))
        sound.clear_pictures()
        if tags.cover:
            sound.add_picture(_picture(tags.cover))
        sound.save(padding=lambda _: _PADDING)
    except MutagenError as error:
        raise as_os_error(error) from error


def _comments(tags: Tags) -> Iterator[tuple[str, str]]:
    number, _, total = tags.track.partition("/")
    texts = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "TRACKNUMBER": number,
        "TRACKTOTAL": total,
        "GENRE": tags.genre,
        "DATE": tags.made_on.isoformat() if tags.made_on else "",
        "LANGUAGE": tags.language,
        "DESCRIPTION": tags.comment,
        "LYRICS": tags.words,
        "SYNCEDLYRICS": tags.synchronised,
        **tags.build,
    }
    for name, text in texts.items():
        if text := writable(text):
            yield name, text
    for at, chapter in enumerate(tags.chapters[:MOST_CHAPTERS]):
        yield f"CHAPTER{at:03}", _clock(milliseconds(chapter.start))
        yield f"CHAPTER{at:03}NAME", writable(chapter.title)


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{ms:03}"


def _picture(jpeg: bytes) -> flac.Picture:
    picture = flac.Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", jpeg
    return picture
