"""Notes of the files that were made for a client, so that they can be found and removed again.

One a line, as JSON: where a file was written, how large it was, and the SHA-256 of its content. A
file that is not what was noted is none of the program's any more. A line of another kind says what
was put together to be handed over, and when: from then on, copies may be anywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.errors import FileError, OutputError
from cft_audio.files.digests import sha256_of
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private
from cft_audio.people.clients.places import LOCK, read_private_text, write_private_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.files.folders import Folders, Seal

_LARGEST = 20_000_000
"""Bytes of notes, some 80,000 files."""


@dataclass(frozen=True)
class MadeFile:
    """A file as it was when it was made.

    Attributes:
        path: Where it was written, absolute.
        bytes: Its size.
        sha256: The SHA-256 of its content, in hex.
    """

    path: Path
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> MadeFile:
        """Return the file at ``path`` as it is.

        Raises:
            OSError: If it cannot be read.
        """
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            return cls(path.absolute(), os.fstat(file.fileno()).st_size, sha256)

    def is_at(self, path: Path) -> bool:
        """Return whether ``path`` is a file of the same content.

        Raises:
            OSError: If it cannot be read.
        """
        return (
            path.is_file() and path.stat().st_size == self.bytes and sha256_of(path) == self.sha256
        )

    def found(self) -> Path | None:
        """Return where it is: at its place, or in the same folder by another name; None for gone.

        Raises:
            OSError: If the file, or its folder, cannot be read.
        """
        if self.path.exists():
            return self.path
        if not self.path.parent.is_dir():
            return None
        suffix = self.path.suffix
        others = (path for path in self.path.parent.iterdir() if path.suffix == suffix)
        return next((path for path in sorted(others) if self.is_at(path)), None)


@dataclass(frozen=True)
class HandedOver:
    """What was put together to be handed over.

    Attributes:
        path: The folder or the ZIP, absolute.
        on: The day; None where nobody said.
        recordings: How many recordings are in it.
    """

    path: Path
    on: date | None
    recordings: int


def note_made(files: Iterable[Path], folders: Folders) -> None:
    """Note that files were made for the client whose own place ``folders`` has; else nothing.

    Raises:
        OutputError: If it cannot be noted.
        FileError: If the notes cannot be read.
    """
    _note(files, (), folders)


def note_handed_over(handed: HandedOver, files: Iterable[Path], folders: Folders) -> None:
    """Note what was put together to be handed over, and its files as ``note_made``.

    Raises:
        OutputError: If it cannot be noted.
        FileError: If the notes cannot be read.
    """
    day = handed.on.isoformat() if handed.on else None
    told = {"handed_over": os.fspath(handed.path), "on": day, "recordings": handed.recordings}
    _note(files, (json.dumps(told),), folders)


def _note(files: Iterable[Path], lines: Iterable[str], folders: Folders) -> None:
    if folders.personal is None or folders.personal.made is None:
        return
    notes, seal = folders.personal.made, folders.personal.seal
    try:
        made = {str(note.path): note for note in map(MadeFile.of, files)}
        make_private(folders.data)
        with hold_lock(folders.data, LOCK):
            before = _lines(notes, seal)
            # A line that cannot be read may be a later version's, and stays.
            others = [line for line in before if _path_in(line) not in made]
            after = [*others, *(line for line in lines if line not in others)]
            after += map(_line, made.values())
            if after != before:
                _write(notes, after, seal)
    except OSError as error:
        # It says where the notes are, and not which file: its name may be a person's.
        message = f"what was made for a client cannot be noted: {error.strerror}"
        remedy = "See to room on the disk, and run the same again"
        raise OutputError(message, remedy=remedy, where=str(notes)) from error


def note_kept(files: Iterable[Path], folders: Folders) -> None:
    """Note files that were there already, as ``note_made``, unless they are noted in this size.

    Raises:
        OutputError: If it cannot be noted.
        FileError: If the notes cannot be read.
    """
    if folders.personal is None or folders.personal.made is None:
        return
    noted = read_made(folders.personal.made, folders.personal.seal)
    sizes = {note.path: note.bytes for note in noted}
    note_made((f for f in files if sizes.get(f.absolute()) != f.stat().st_size), folders)


def move_made(notes: Path, others: Path, seal: Seal | None) -> None:
    """Add notes to ``others``; what they are taken from is left for the caller to remove.

    Args:
        notes: Notes.
        others: What they are added to.
        seal: What closes and opens both; None for nothing.

    Raises:
        OSError: If the disk does not allow it.
        FileError: If one of them cannot be read.
    """
    if lines := _lines(notes, seal):
        _write(others, list(dict.fromkeys([*_lines(others, seal), *lines])), seal)


def read_made(notes: Path, seal: Seal | None) -> list[MadeFile]:
    """Return what is noted; a line that is damaged is passed over.

    Args:
        notes: The notes.
        seal: What opens them; None for nothing.

    Raises:
        FileError: If the notes cannot be read.
        LockedError: If they are locked, and cannot be opened.
    """
    return [note for note in map(_note_in, _lines(notes, seal)) if note]


def read_handed_over(notes: Path, seal: Seal | None) -> list[HandedOver]:
    """Return what was put together to be handed over, the earliest first.

    Args:
        notes: The notes.
        seal: What opens them; None for nothing.

    Raises:
        FileError: If the notes cannot be read.
        LockedError: If they are locked, and cannot be opened.
    """
    return [handed for handed in map(_handed_in, _lines(notes, seal)) if handed]


def _lines(notes: Path, seal: Seal | None) -> list[str]:
    return read_private_text(notes, FileError, seal, _LARGEST, needed=False).splitlines()


def _write(notes: Path, lines: Iterable[str], seal: Seal | None) -> None:
    write_private_text(notes, "".join(f"{line}\n" for line in lines), seal)


def _note_in(line: str) -> MadeFile | None:
    with suppress(ValueError, TypeError, KeyError):
        row = json.loads(line)
        return MadeFile(Path(row["path"]), int(row["bytes"]), str(row["sha256"]))
    return None


def _handed_in(line: str) -> HandedOver | None:
    with suppress(ValueError, TypeError, KeyError):
        row = json.loads(line)
        on = date.fromisoformat(row["on"]) if row["on"] else None
        return HandedOver(Path(row["handed_over"]), on, int(row["recordings"]))
    return None


def _path_in(line: str) -> str:
    note = _note_in(line)
    return str(note.path) if note else ""


def _line(note: MadeFile) -> str:
    return json.dumps(asdict(note) | {"path": os.fspath(note.path)})
