"""An album: the folder of one person's recordings of a programme, and what each was made from.

An interrupted programme goes on where it stopped. A recording that is there already is kept only
if this program made it, of the same practice, answers and options: nobody may be handed a
recording that speaks to somebody else. What was made is noted in the person's own data folder and
not beside the recordings, which are given away.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.application.building import check_settings, slug
from cft_audio.application.planning import made_from
from cft_audio.errors import FileError, OutputError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import write_private
from cft_audio.schema.files import read_json
from cft_audio.schema.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme

PLAN = "plan.txt"


@dataclass(frozen=True)
class Track:
    """One recording of an album.

    Attributes:
        number: Its place, counted from 1.
        request: The session.
        file: Where it goes.
        made_from: The hash of what it follows from, ``cft_audio.application.planning.made_from``.
    """

    number: int
    request: SessionRequest
    file: Path
    made_from: str


@dataclass(frozen=True)
class _Note:
    """What a recording was made from, and its size in bytes."""

    file: str
    made_from: str
    size: int


@dataclass(frozen=True)
class Album:
    """One person's recordings of a programme.

    Attributes:
        folder: Where the recordings lie.
        tracks: The recordings in order.
        notes: The file that says what each was made from; it need not exist.
    """

    folder: Path
    tracks: tuple[Track, ...]
    notes: Path

    @classmethod
    def of(
        cls,
        programme: Programme,
        requests: Sequence[SessionRequest],
        output: Path,
        folders: Folders,
    ) -> Album:
        """Return the album of ``programme``, in a folder of its own and the listener's.

        Args:
            programme: The course.
            requests: What is wanted of each of its sessions, in order.
            output: The folder that its folder is made in.
            folders: Where practices are found and notes are kept.

        Raises:
            RequestError: If there is no such practice, or a setting cannot be had.
            ScriptError: If a practice or a figure cannot be read.
        """
        first = requests[0]
        listener = first.answers.get("name", "") if first.name_in_tags else ""
        folder = output / slug(programme.id, listener)
        place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
        count = len(programme.sessions)
        tracks = []
        for number, (session, asked) in enumerate(
            zip(programme.sessions, requests, strict=True), start=1
        ):
            request = replace(
                asked, album=programme.title, track=f"{number}/{count}", title=session.title
            )
            check_settings(request)
            file = folder / f"{number:0{len(str(count))}} {_safe(session.title)}.mp3"
            tracks.append(Track(number, request, file, made_from(request, folders)))
        return cls(folder, tuple(tracks), folders.data / "albums" / f"{place}.json")

    def check(self, *, overwrite: bool) -> None:
        """Return if nothing is in the way of any recording; leave nothing behind.

        Raises:
            OutputError: If a file is there that was not made like this and may not be overwritten,
                or one cannot be written.
        """
        wanted = [track for track in self.tracks if overwrite or not self.holds(track)]
        others = [track.file for track in wanted if track.file.exists() and not overwrite]
        if others:
            more = f", and {len(others) - 1} more" if len(others) > 1 else ""
            raise OutputError(
                f"it is there already{more}, and was not made of the same practice with the same "
                "name and options",
                remedy="‹Choose another folder›, or ‹make all anew›",
                where=str(others[0]),
            )
        for track in wanted:
            check_writable(Destination(track.file, overwrite))

    def holds(self, track: Track) -> bool:
        """Return whether the recording is there, made from the same, and not changed since."""
        return track.file.is_file() and self._noted().get(track.file.name) == _note_of(track)

    def note(self, track: Track) -> None:
        """Note that the recording has been made.

        Raises:
            OutputError: If it cannot be noted.
        """
        notes = self._noted() | {track.file.name: _note_of(track)}
        try:
            content = {
                file: {"made_from": note.made_from, "size": note.size}
                for file, note in notes.items()
            }
            write_private(self.notes, json.dumps(content))
        except OSError as error:
            raise OutputError(
                f"what was made cannot be noted: {error.strerror}", where=str(self.notes)
            ) from None

    def write_plan(self, lines: Sequence[str]) -> None:
        """Write the plan beside the recordings.

        Raises:
            OutputError: If it cannot be written.
        """
        with new_file(Destination(self.folder / PLAN, overwrite=True)) as part:
            part.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _noted(self) -> dict[str, _Note]:
        reader = Reader(str(self.notes), FileError)
        try:
            notes = reader.tables(_Note, read_json(self.notes, FileError), "file")
            reader.check()
        except FileError:
            # Without notes nothing is taken for what it may not be.
            return {}
        return notes


def _note_of(track: Track) -> _Note:
    return _Note(track.file.name, track.made_from, track.file.stat().st_size)


def _safe(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum() or letter in " -").strip()
