"""A hand-over put at its place: a folder or a ZIP, whole or not at all, replaced if it differs."""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.errors import OutputError
from cft_audio.files.faults import output_errors
from cft_audio.files.locks import hold_lock
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import make_private
from cft_audio.files.whole_folder import open_to_usual, replace_folder
from cft_audio.files.zips import write_zip, zip_holds
from cft_audio.languages.registry import language_of
from cft_audio.papers.letter import opening_page
from cft_audio.people.clients.made import HandedOver, note_handed_over, read_handed_over, read_made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from cft_audio.application.clients.hand_over import HandOver
    from cft_audio.files.folders import Folders
    from cft_audio.files.passwords import Password

FOLDER, ZIP = "folder", "zip"
FORMS = (FOLDER, ZIP)
"""What a hand-over can be."""

HAND_OVER = "hand-over"
"""The folder that hand-overs go to, beside recordings."""

_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What file managers leave where somebody looks."""


@dataclass(frozen=True)
class HandOverForm:
    """What becomes of hand-overs.

    Attributes:
        kind: One of ``FORMS``.
        password: What a ZIP is locked with; None for nothing.
        on: The day; None for none.
    """

    kind: str
    password: Password | None = None
    on: date | None = None


@dataclass(frozen=True)
class PutDown:
    """A hand-over that is at its place.

    Attributes:
        path: The folder or the ZIP.
        state: ``made``, or ``kept`` where it was there already.
        recordings: How many recordings are in it.
        opening: The page that says how it is opened; None where it is not locked.
    """

    path: Path
    state: str
    recordings: int
    opening: Path | None = None

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        opening = str(self.opening) if self.opening else None
        told = {"path": str(self.path), "state": self.state, "recordings": self.recordings}
        return told | {"how_to_open": opening}


def place_of_hand_over(code: str, form: HandOverForm, place: Path) -> Path:
    """Return the folder or the ZIP in the folder ``place`` that a client gets."""
    return place / (code + (".zip" if form.kind == ZIP else ""))


def put_down(hand_over: HandOver, form: HandOverForm, place: Path, folders: Folders) -> PutDown:
    """Put a hand-over into the folder ``place``, and note with its client that it was made.

    What is there of an earlier one is replaced where it is as it was made, and differs.

    Args:
        hand_over: What is handed over.
        form: What becomes of it.
        place: The folder that it goes to, which is made if it is missing.
        folders: Where everything is kept; its own place is the client's.

    Raises:
        OutputError: If it cannot be written, or noted, or something else is there.
        FileError: If what was made cannot be read.
    """
    path = place_of_hand_over(hand_over.code, form, place)
    page = path.with_name(f"{path.stem}-{language_of(hand_over.language).opening.file}.html")
    opening = opening_page(path.name, hand_over.language).encode() if form.password else None
    with _one_at_a_time(folders):
        with output_errors(path):
            is_there = _holds(path, hand_over, form)
            if not is_there:
                _check_is_ours(path, folders)
            is_told = opening is None or (page.is_file() and page.read_bytes() == opening)
            if not is_told:
                _check_is_ours(page, folders)
            if not is_there:
                _write(path, hand_over, form)
            if opening is not None and not is_told:
                with new_file(Destination(page, overwrite=True)) as part:
                    part.write_bytes(opening)
            if opening is None and form.kind == ZIP:
                _remove_ours(page, folders)
            pages = [] if opening is None else [page]
            handed = HandedOver(path.absolute(), form.on, hand_over.recordings)
            made = [file for file in _files_in(path) if file.name not in _LITTER]
        if not (is_there and is_told and _is_noted(handed, folders)):
            note_handed_over(handed, [*made, *pages], folders)
    state = "kept" if is_there and is_told else "made"
    return PutDown(path, state, hand_over.recordings, next(iter(pages), None))


@contextmanager
def _one_at_a_time(folders: Folders) -> Iterator[None]:
    """Let no other run put anything down meanwhile."""
    with output_errors(folders.data):
        make_private(folders.data)
    with hold_lock(folders.data, HAND_OVER):
        yield


def _holds(path: Path, hand_over: HandOver, form: HandOverForm) -> bool:
    """Return whether the same hand-over is there already, and nothing else in it."""
    if form.kind == ZIP:
        return path.is_file() and zip_holds(path, hand_over.contents, form.password)
    if not path.is_dir():
        return False
    there = {
        file.relative_to(path).as_posix(): file
        for file in _files_in(path)
        if file.name not in _LITTER
    }
    return there.keys() == hand_over.contents.keys() and all(
        _is_same(there[name], content) for name, content in hand_over.contents.items()
    )


def _is_same(file: Path, content: Path | bytes) -> bool:
    if isinstance(content, bytes):
        return file.read_bytes() == content
    return filecmp.cmp(file, content, shallow=False)


def _check_is_ours(path: Path, folders: Folders) -> None:
    """Check that what is at ``path``, if anything, is as this program made it.

    Raises:
        OutputError: If somebody changed it, or put something into it, or it is none of ours.
    """
    if not os.path.lexists(path):
        check_writable(Destination(path))
        return
    own = folders.personal
    noted = read_made(own.made, own.seal) if own and own.made else []
    made = {note.path: note for note in noted}
    for file in _files_in(path):
        note = made.get(file.absolute())
        if file.name not in _LITTER and not (note and note.is_at(file)):
            raise OutputError(
                "there is something that was changed, or was not put there by this program",
                remedy="Move it away, and run the same again",
                where=str(file),
            )


def _remove_ours(page: Path, folders: Folders) -> None:
    """Remove a page about a lock that is no more, if it is as it was made."""
    with suppress(OutputError):
        if page.exists():
            _check_is_ours(page, folders)
            page.unlink()


def _write(path: Path, hand_over: HandOver, form: HandOverForm) -> None:
    if form.kind == ZIP:
        with new_file(Destination(path, overwrite=True)) as part, output_errors(path):
            write_zip(part, hand_over.contents, form.password)
        return
    with replace_folder(path, lambda: None) as beside:
        for name, content in hand_over.contents.items():
            file = beside / name
            file.parent.mkdir(exist_ok=True)
            if isinstance(content, bytes):
                file.write_bytes(content)
            else:
                shutil.copyfile(content, file)
        open_to_usual(beside)


def _files_in(path: Path) -> list[Path]:
    """Return every file of a folder, or the file itself, sorted."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_symlink() or not file.is_dir())


def _is_noted(handed: HandedOver, folders: Folders) -> bool:
    own = folders.personal
    if own is None or own.made is None:
        return False
    return handed.path in {each.path for each in read_handed_over(own.made, own.seal)}
