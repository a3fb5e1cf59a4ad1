"""The recordings in a folder, by what their tags say; one that has not changed is read once.

What is read is kept in memory alone: the titles of recordings name people.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cft_audio.application.tags import AGAIN_TAG, VIEW_TAG
from cft_audio.errors import LockedError
from cft_audio.files.decoding import probe
from cft_audio.inspection.contents import Contents, read_contents
from cft_audio.master.formats import SUFFIXES
from cft_audio.master.mastering import BYTES_TAG
from cft_audio.master.tagging import read_tags
from cft_audio.people.clients.made import MadeFile, read_made
from cft_audio.people.clients.places import known_clients, known_place
from cft_audio.pictures.view import view_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.files.folders import Folders

_DEPTHS = ("*", "*/*", "*/*/*")
"""How deep it is looked: an album's recordings lie in a folder, their chapters in one of it."""


@dataclass(frozen=True)
class Shelved:
    """A sound file that is there.

    Attributes:
        title: What it is called; somebody's name may be in it.
        album: What it belongs to.
        length_s: Seconds that it lasts; 0 where that is not known.
        made_at: When it was last changed, in seconds since 1970.
        size: Its bytes.
        is_ours: Whether it is a recording of this program.
        is_whole: Whether it is one, and nothing is missing at its end.
    """

    title: str = field(repr=False)
    album: str = field(repr=False)
    length_s: float
    made_at: float
    size: int
    is_ours: bool
    is_whole: bool


def look_at(file: Path) -> Shelved | None:
    """Return what there is to say of a file in a list; None where it has gone."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return _look_at(file, stat.st_size, stat.st_mtime_ns)


def contents_of(file: Path) -> Contents:
    """Return what a recording says of itself.

    Raises:
        SoundError: If there is no such file, or no sound in it.
    """
    try:
        stat = file.stat()
    except OSError:
        return read_contents(file)
    return _contents_of(file, stat.st_size, stat.st_mtime_ns)


def recordings_in(folder: Path) -> Iterator[Path]:
    """Yield every recording of this program in a folder."""
    for depth in _DEPTHS:
        for file in folder.glob(depth):
            if file.suffix in SUFFIXES and not file.name.startswith("."):
                found = look_at(file)
                if found and found.is_ours:
                    yield file


def made_for_clients(folders: Folders) -> Iterator[tuple[str, MadeFile]]:
    """Yield every file that is noted as made for a client, after the client's code.

    Raises:
        LockedError: At the end, if what was made for some client is locked.
    """
    locked = None
    for code in known_clients(folders.data):
        place = known_place(code, folders.data, folders.keys)
        try:
            notes = read_made(place.made, place.seal)
        except LockedError as error:
            locked = error
            continue
        yield from ((code, note) for note in notes)
    if locked:
        raise locked


def made_for(file: Path, folders: Folders) -> tuple[str, MadeFile | None]:
    """Return the code of the client whom a file was made for, and the note of it.

    Both are empty for nobody of whom things are kept.

    Raises:
        LockedError: If that cannot be told, since what was made for some client is locked.
    """
    place = file.absolute()
    found = ((code, note) for code, note in made_for_clients(folders) if note.path == place)
    return next(found, ("", None))


@lru_cache(maxsize=4096)
def _look_at(file: Path, size: int, changed_ns: int) -> Shelved:
    tags = read_tags(file)
    is_ours, least = AGAIN_TAG in tags, tags.get(BYTES_TAG, "0")
    view = view_from_text(tags.get(VIEW_TAG, ""), "")
    length_s = view.length if view else 0.0
    if is_ours and not view:  # a chapter
        with suppress(OSError, RuntimeError):
            length_s = probe(file).length_s or 0.0
    is_whole = is_ours and least.isdecimal() and size >= int(least)
    title, album = tags.get("title", file.stem), tags.get("album", "")
    return Shelved(title, album, length_s, changed_ns / 1e9, size, is_ours, is_whole)


@lru_cache(maxsize=16)
def _contents_of(file: Path, size: int, changed_ns: int) -> Contents:  # noqa: ARG001 -- of that version
    return read_contents(file)
