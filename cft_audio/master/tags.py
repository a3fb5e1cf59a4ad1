"""What a recording says about itself, in whichever format it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cft_audio.timeline.events import Chapter


@dataclass(frozen=True)
class Lyric:
    """What is seen of the words from a sample on; empty for nothing."""

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
        transcript: What is seen of its words from each moment on; nothing in silence.
        words: Its words as a text without times.
        synchronised: The same as ``transcript`` as an LRC file, for what holds no other times.
        build: What is needed to build it again, by name.
        cover: A picture as a JPEG; empty for none.
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
    words: str = ""
    synchronised: str = ""
    build: Mapping[str, str] = field(default_factory=dict)
    cover: bytes = field(default=b"", repr=False)


def writable(text: str) -> str:
    """Return ``text`` without what no tag can hold: a terminator, and half characters."""
    return text.replace("\0", "").encode("utf-16", "replace").decode("utf-16")


def as_os_error(error: Exception) -> OSError:
    """Return the disk's own error, which mutagen hides in one of its own."""
    cause = error.__cause__ or error.__context__ or next(iter(error.args), None)
    return cause if isinstance(cause, OSError) else OSError(str(error))


def milliseconds(count: int) -> int:
    """Return how many milliseconds ``count`` samples of a session last."""
    return round(count * 1000 / SAMPLE_RATE)
