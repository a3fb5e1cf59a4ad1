"""What a program sees of a recording, and how that differs from what there is to see."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXACT_S, MP4_S = 0.0011, 0.0101
"""How far from its place a chapter may be seen, in seconds: tags tell milliseconds, and an MP4's
text track counts in its own steps."""

NEAR_S = 0.1
"""From here on a length is another."""

FAR_S = 1.0
"""From here on a chapter is somewhere else."""

ART = ("JPEG", 1000, 1000)
"""What the cover is: its kind, and its pixels either way."""


@dataclass(frozen=True)
class Seen:
    """What a program sees of a recording, or what there is to see.

    Attributes:
        title: Its title; empty where none is seen, as are the others.
        artist: Who it is by.
        album: What it belongs to.
        date: When it was made, ``2026-11-03`` or a part of that.
        words: What is said in it.
        length_s: How long it lasts; 0 where that is not seen.
        chapters: Title of each chapter, and the second it begins at.
        cover: Kind, width and height of its picture; None where none is seen.
    """

    title: str = ""
    artist: str = ""
    album: str = ""
    date: str = ""
    words: str = ""
    length_s: float = 0.0
    chapters: tuple[tuple[str, float], ...] = ()
    cover: tuple[str, int, int] | None = None


def find_differences(seen: Seen, there: Seen, chapter_s: float) -> Iterator[str]:
    """Yield in a few words whatever a program does not see, or sees otherwise.

    Args:
        seen: What it saw.
        there: What there is to see.
        chapter_s: How far from its place a chapter may be seen.
    """
    yield from _of_chapters(seen.chapters, there.chapters, chapter_s)
    if seen.cover != there.cover:
        yield "another cover" if seen.cover else "no cover"
    for name in ("title", "artist", "album"):
        if getattr(seen, name) != getattr(there, name):
            yield f"another {name}" if getattr(seen, name) else f"no {name}"
    if seen.date != there.date:
        year = there.date.split("-")[0]
        yield "the year alone" if seen.date == year else "another date" if seen.date else "no date"
    late_s = seen.length_s - there.length_s
    if not seen.length_s:
        yield "no length"
    elif abs(late_s) > NEAR_S:
        yield f"a length too {'long' if late_s > 0 else 'short'}"
    if _plain(seen.words) != _plain(there.words):
        yield "other words" if seen.words else "no words"


def _of_chapters(
    seen: tuple[tuple[str, float], ...], there: tuple[tuple[str, float], ...], most_s: float
) -> Iterator[str]:
    if not seen and there:
        yield "no chapters"
    elif [title for title, _ in seen] != [title for title, _ in there]:
        yield "other chapters"
    else:
        off = [at - wanted for (_, at), (_, wanted) in zip(seen, there, strict=True)]
        furthest = max(off, key=abs, default=0.0)
        if abs(furthest) > FAR_S:
            yield "chapters elsewhere"
        elif abs(furthest) > most_s:
            yield f"chapters {_about(abs(furthest))} {'late' if furthest > 0 else 'early'}"


def _about(time_s: float) -> str:
    """Return a time in words that are the same for all recordings that a program treats alike."""
    ms = time_s * 1000
    if time_s > NEAR_S:
        return "less than a second"
    return f"{round(ms) if ms < 10 else 5 * round(ms / 5)} ms"


def _plain(words: str) -> list[str]:
    """Return the words alone: programs show ends of lines in ways of their own."""
    return words.split()


def seen_in_tags(
    tags: Mapping[str, str],
    length_s: float,
    chapters: tuple[tuple[str, float], ...],
    cover: tuple[str, int, int] | None,
) -> Seen:
    """Return what a program sees that lists tags by ffmpeg's names, in capitals or not."""
    found = {name.lower(): text for name, text in reversed(list(tags.items()))}
    words = next((text for name, text in found.items() if name.startswith("lyrics")), "")
    told = (found.get(name, "") for name in ("title", "artist", "album", "date"))
    return Seen(*told, words, length_s, chapters, cover)


def look_at(picture: bytes) -> tuple[str, int, int] | None:
    """Return what a picture is; None where there is none."""
    if not picture:
        return None
    with Image.open(BytesIO(picture)) as image:
        return (image.format or "", *image.size)
