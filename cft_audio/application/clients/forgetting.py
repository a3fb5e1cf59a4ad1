"""Forgetting a client: what goes, what is left and where, and what nobody here can reach."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.albums.album import album_notes
from cft_audio.application.batches.notes import forget_asked
from cft_audio.application.clients.kept import FILE_FIELDS, Kept
from cft_audio.application.clients.receipts import Left, Receipt, Removed
from cft_audio.application.made_from import PreviewNotes
from cft_audio.application.naming import slug
from cft_audio.errors import FileError, LockedError, OutputError
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private
from cft_audio.people.clients.at_work import is_at_work_for
from cft_audio.people.clients.client import Client, read_client
from cft_audio.people.clients.made import read_handed_over, read_made
from cft_audio.people.clients.places import (
    LOCK,
    NOTES,
    ROSTERS,
    STUDIO,
    client_folder,
    known_place,
)
from cft_audio.people.lexicons.files import entries
from cft_audio.people.lexicons.places import lexicon_at
from cft_audio.speech.takes.cache import ClipCache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.made import MadeFile
    from cft_audio.people.clients.places import ClientPlace

_TEXTS = {".toml", ".json", ".jsonl", ".txt", ".md", ".html"}
_LARGEST = 2_000_000
"""Bytes of a file of text that is searched for a name."""


def client_to_forget(code: str, folders: Folders) -> Kept:
    """Return what is kept of a client, though their file be wrong, or locked.

    Raises:
        RequestError: If nothing is.
    """
    place = known_place(code, folders.data, folders.keys, "code")
    try:
        return Kept(place, read_client(place, FILE_FIELDS))
    except (FileError, LockedError):
        return Kept(place, Client())


def forget_client(
    kept: Kept, folders: Folders, *, recordings: bool, dry_run: bool = False
) -> Receipt:
    """Remove all that is kept of a client, and say what became of it.

    What was made for them goes if that is wanted, where it still is what was made. The notes of it
    go last, so that a forgetting that was cut short can be begun again.

    Args:
        kept: The client.
        folders: Where things are kept.
        recordings: Whether the files go that were made for them.
        dry_run: Whether it is only told.

    Raises:
        OutputError: If the disk does not allow it to begin, or something is being made for them,
            by which what was forgotten would come back.
    """
    place = kept.place
    receipt = Receipt(place.called, dry_run)
    takes = place.personal.folder
    try:
        make_private(folders.data)
        with hold_lock(folders.data, LOCK):
            if not dry_run:
                _check_nobody_works_for(place, folders)
            receipt.words = _count_words(place, receipt)
            receipt.lines = ClipCache(takes).usage().entries
            receipt.noted = len(list((place.folder / STUDIO / NOTES).glob("*.json")))
            made = _read_made(place, receipt)
            for note in made:
                _forget_file(note, receipt, remove=recordings)
            for handed in receipt.handed:
                _remove_empty(handed.path, receipt)
            receipt.batches = forget_asked(place.called, folders, dry_run=dry_run)
            elsewhere = (*_notes_elsewhere(made, folders), *_in_studio(place.called, folders))
            own = (
                (takes, "their spoken lines"),
                (place.words, "their words"),
                (place.file, "their file"),
            )
            for path, what in (*elsewhere, *own):
                if path.exists():
                    _remove(path, what, receipt)
            _remove(place.folder, "their folder", receipt)
            with suppress(OSError):  # others are kept there
                place.folder.parent.rmdir()
    except OSError as error:
        message = f"nothing was forgotten: {error.strerror}"
        raise OutputError(message, where=str(folders.data)) from error
    if name := kept.client.values.get("name", ""):
        said = "their name, or one like it, stands in it"
        receipt.left += [Left(path, said) for path in _files_with(name, folders)]
    return receipt


def _check_nobody_works_for(place: ClientPlace, folders: Folders) -> None:
    if is_at_work_for(place.folder, folders.data):
        message = f"nothing was forgotten: something is being made for {place.called} just now"
        remedy = "Stop that, or wait until it is done, and run this again"
        raise OutputError(message, remedy=remedy)


def _count_words(place: ClientPlace, receipt: Receipt) -> int:
    try:
        return len(entries(lexicon_at(place)))
    except LockedError:
        receipt.locked = True
    except FileError:
        pass
    return 0


def _read_made(place: ClientPlace, receipt: Receipt) -> list[MadeFile]:
    try:
        receipt.handed = read_handed_over(place.made, place.seal)
        return read_made(place.made, place.seal)
    except LockedError:
        receipt.locked = True
        return []
    except FileError as error:
        receipt.left.append(Left(place.made, f"what was made cannot be read: {error.message}"))
        receipt.failed = True
        return []


def _forget_file(note: MadeFile, receipt: Receipt, *, remove: bool) -> None:
    """Remove a file that was made, or tell where it stays and why."""
    try:
        path = note.found()
        receipt.made += path is not None
        receipt.gone += path is None
        if path is None:
            return
        if not note.is_at(path):
            receipt.left.append(Left(path, "it was changed since it was made"))
        elif not remove:
            receipt.left.append(Left(path, "it was made for them", is_recording=True))
        else:
            _remove(path, "made for them", receipt)
            is_theirs = f"-{slug(receipt.code)}-" in f"-{slug(path.parent.name)}-"
            if is_theirs and not receipt.dry_run:
                with suppress(OSError):  # something else lies in it
                    path.parent.rmdir()
    except OSError as error:
        receipt.left.append(Left(note.path, f"it cannot be looked into: {error.strerror}"))
        receipt.failed = True


def _remove_empty(folder: Path, receipt: Receipt) -> None:
    """Remove the folders of a hand-over in which nothing is left."""
    if receipt.dry_run or not folder.is_dir():
        return
    inside = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in (*inside, folder):
        with suppress(OSError):  # something lies in it
            path.rmdir()


def _notes_elsewhere(made: Iterable[MadeFile], folders: Folders) -> Iterator[tuple[Path, str]]:
    """Yield the notes on previews and on albums of the files that were made, and what they are."""
    previews = PreviewNotes(folders)
    for note in dict.fromkeys(previews.file_of(note.path) for note in made):
        yield note, "the note of a preview"
    for folder in dict.fromkeys(note.path.parent for note in made):
        yield album_notes(folder, folders), "the notes of a course"


def _in_studio(code: str, folders: Folders) -> Iterator[tuple[Path, str]]:
    """Yield what the studio keeps that is not the client's alone, and what it is.

    Whom it is about, it tells. Of a roster only a copy is kept there, and whom that names may be
    locked.
    """
    for roster in sorted((folders.data / ROSTERS).glob("*")):
        yield roster, "the copy of a roster"
    for record in sorted((folders.data / STUDIO).rglob("*.json")):
        with suppress(OSError, ValueError):
            if _is_about(json.loads(record.read_bytes()), code.casefold()):
                yield record, "what was asked for in the studio"


def _is_about(told: object, code: str) -> bool:
    if isinstance(told, dict):
        codes = [str(told.get(key, "")).casefold() for key in ("code", "client")]
        return code in codes or any(_is_about(each, code) for each in told.values())
    return isinstance(told, list) and any(_is_about(each, code) for each in told)


def _remove(path: Path, what: str, receipt: Receipt) -> None:
    """Remove a file or a folder and note what it was, or tell that it stays and why."""
    try:
        if not receipt.dry_run:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        where = Path(error.filename or path)
        if all(left.path != where for left in receipt.left):
            receipt.left.append(Left(where, f"it cannot be removed: {error.strerror}"))
        receipt.failed = True
        return
    receipt.removed.append(Removed(path, what))


def _files_with(name: str, folders: Folders) -> Iterator[Path]:
    """Yield the files of text in which a name stands, in none of a client's."""
    forms = {name, json.dumps(name)[1:-1]}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in forms), re.IGNORECASE)
    clients = client_folder("any", folders.data).parent
    places = dict.fromkeys((folders.data, folders.config.parent, folders.cache.parent))
    for path in (path for place in places for path in sorted(place.rglob("*"))):
        with suppress(OSError):
            is_text = path.suffix in _TEXTS and path.is_file() and path.stat().st_size <= _LARGEST
            if not is_text or clients in path.parents:
                continue
            if pattern.search(path.read_text(encoding="utf-8", errors="replace")):
                yield path
