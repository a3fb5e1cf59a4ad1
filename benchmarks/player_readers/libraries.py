"""What libraries for Python see that many programs are made with: TagLib and eyeD3."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import eyed3
import taglib

from player_readers.seen import Seen, look_at

if TYPE_CHECKING:
    from pathlib import Path


def read_by_taglib(file: Path) -> Seen:
    """Return what TagLib sees."""
    with taglib.File(file) as sound:
        tags = {name: texts[0] for name, texts in sound.tags.items()}
        pictures = [picture.data for picture in sound.pictures]
        length_s = sound.length
    told = (tags.get(name, "") for name in ("TITLE", "ARTIST", "ALBUM", "DATE", "LYRICS"))
    cover = look_at(pictures[0]) if pictures else None
    return Seen(*told, length_s, tuple(_chapters(tags)), cover)


def _chapters(tags: dict[str, str]) -> list[tuple[str, float]]:
    """Return chapters that are told as tags."""
    found = []
    for name in sorted(tags):
        if re.fullmatch(r"CHAPTER\d+", name):
            hours, minutes, full = tags[name].split(":")
            start_s = 3600 * int(hours) + 60 * int(minutes) + float(full)
            found.append((tags[f"{name}NAME"], start_s))
    return found


def read_by_eyed3(file: Path) -> Seen:
    """Return what eyeD3 sees."""
    logging.getLogger("eyed3").setLevel(logging.CRITICAL)
    sound = eyed3.load(file)
    tag = sound.tag
    ordered = sorted(tag.chapters, key=lambda chapter: chapter.times.start)
    return Seen(
        tag.title,
        tag.artist,
        tag.album,
        str(tag.getBestDate() or ""),
        next((lyrics.text for lyrics in tag.lyrics), ""),
        sound.info.time_secs,
        tuple((chapter.title, chapter.times.start / 1000) for chapter in ordered),
        next((look_at(image.image_data) for image in tag.images), None),
    )
