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
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.albums.files import AlbumSubject, album_files
from cft_audio.application.beside.files import pages_beside, paths_beside, write_beside
from cft_audio.application.made_from import digest_request
from cft_audio.application.naming import (
    differences,
    ending,
    listener_in_names,
    name_of_its_own,
    slug,
)
from cft_audio.application.plans import foretell, plan
from cft_audio.application.programmes import of_course
from cft_audio.application.recordings import build, check_folder, check_settings
from cft_audio.application.refusing import check_avoided
from cft_audio.application.tags import options_in, options_of
from cft_audio.errors import AvoidedError, CftAudioError, FileError, OutputError, RequestError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import write_private
from cft_audio.library.practices import Library
from cft_audio.master.tagging import read_tags
from cft_audio.people.clients.made import note_kept, note_made
from cft_audio.schema.files import read_json
from cft_audio.schema.nodes import plain
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.application.progress import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme

_LONGEST_TITLE = 60
"""Characters of a title in a file's name: of any script, they fit into its 255 bytes."""


@dataclass(frozen=True)
class Track:
    """One recording of an album.

    Attributes:
        number: Its place, counted from 1.
        request: The session.
        file: Where it goes.
        made_from: SHA-256, in hex, of what it follows from: see ``digest_request``.
        given: The fields that the programme gives, and no person chose.
    """

    number: int
    request: SessionRequest
    file: Path
    made_from: str
    given: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Album:
    """One person's recordings of a programme.

    Attributes:
        folder: Where the recordings lie.
        tracks: The recordings in order.
        notes: The file that says what each was made from; it need not exist.
        subject: What it is of.
        files: What lies beside the recordings, by the files' names.
    """

    folder: Path
    tracks: tuple[Track, ...]
    notes: Path
    subject: AlbumSubject = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)

    def _check(self, *, overwrite: bool) -> None:
        """Raise OutputError if something is in the way of a recording; leave nothing behind."""
        wanted = [track for track in self.tracks if overwrite or not self.holds(track)]
        others = [track.file for track in wanted if track.file.exists() and not overwrite]
        if others:
            more = f", and {len(others) - 1} more" if len(others) > 1 else ""
            raise OutputError(
                f"it is there already{more}, and was not made of the same practice with the same "
                "name and options",
                remedy="Move it away, or ‹choose another folder›",
                where=str(others[0]),
            )
        for track in wanted:
            check_writable(Destination(track.file, overwrite))

    def build(
        self, folders: Folders, progress: Progress, warn: Warn, *, overwrite: bool
    ) -> Iterator[dict[str, Any]]:
        """Make each recording that is not there yet, note it, and yield what became of it.

        That is an object of plain values, for JSON: its ``state`` is ``made``, or ``kept`` where it
        was there already.

        Raises:
            OutputError: If a file is there that was not made like this and may not be overwritten,
                or one cannot be written; nothing is made then.
            CftAudioError: If one cannot be made; those before it are kept.
        """
        self._check(overwrite=overwrite)
        for track in self.tracks:
            if self.holds(track) and not overwrite:
                note_kept([track.file], folders)
                yield {"file": str(track.file), "state": "kept"}
                self._write_beside(track, folders, progress, warn)
                continue
            with _naming(track):
                destination = Destination(track.file, overwrite)
                built = build(track.request, destination, folders, progress, warn)
            self._note(track)
            self.write_files(folders)
            notes = [*built.plan.notes, *built.notes]
            yield built.as_object() | {"state": "made", "notes": notes}
        self.write_files(folders)

    def plan(self, folders: Folders, progress: Progress, warn: Warn) -> Iterator[dict[str, Any]]:
        """Plan each recording as ``foretell`` does, and yield how long it will be, as ``build``.

        Nothing is written.

        Raises:
            CftAudioError: If one cannot be made.
        """
        for track in self.tracks:
            with _naming(track):
                timeline, notes = foretell(track.request, folders, progress, warn)
            length_s = round(seconds(timeline.length), 4)
            told = {"state": "planned", "notes": list(notes)}
            yield {"file": str(track.file), "duration_s": length_s, **told}

    def write_files(self, folders: Folders) -> None:
        """Write what lies beside the recordings, where it is not there as it should be.

        Raises:
            OutputError: If it cannot be written, or what is written for a client not be noted.
        """
        for name, content in self.files.items():
            path = self.folder / name
            if not (path.is_file() and path.read_bytes() == content):
                with new_file(Destination(path, overwrite=True)) as part:
                    part.write_bytes(content)
        note_kept([self.folder / name for name in self.files], folders)

    def _write_beside(self, track: Track, folders: Folders, progress: Progress, warn: Warn) -> None:
        """Write what was asked for beside a recording that is kept, and is not there yet."""
        practice = Library(folders.scripts).open(track.request.session.practice).practice()
        wanted = paths_beside(track.file, track.request.beside, practice)
        if any(not path.exists() for path in wanted):
            planned = plan(track.request, folders, progress, warn)
            pages = pages_beside(planned, folders)
            written = write_beside(planned, track.file, pages, overwrite=False, keep=True)
            note_made(written.files, folders)

    @property
    def is_free(self) -> bool:
        """Whether nothing lies in the way of all its recordings, or some of them are there.

        A file in the place of one beside them lies in the way unless it is the same.
        """
        there = [track for track in self.tracks if os.path.lexists(track.file)]
        if there:
            return any(self.holds(track) for track in there)
        return all(
            not os.path.lexists(path) or (path.is_file() and path.read_bytes() == content)
            for path, content in ((self.folder / name, text) for name, text in self.files.items())
        )

    def holds(self, track: Track) -> bool:
        """Return whether the recording is there, made from the same, and not changed since."""
        noted = self._read_notes().get(track.file.name)
        return track.file.is_file() and noted == [track.made_from, track.file.stat().st_size]

    def _note(self, track: Track) -> None:
        row = [track.made_from, track.file.stat().st_size]
        try:
            write_private(self.notes, json.dumps(self._read_notes() | {track.file.name: row}))
        except OSError as error:
            message = f"what was made cannot be noted: {error.strerror}"
            raise OutputError(message, where=str(self.notes)) from error

    def _read_notes(self) -> dict[str, object]:
        try:
            rows = read_json(self.notes, FileError).entries
            return {name: plain(row) for name, row in rows.items()}
        except FileError:
            # Without notes nothing is taken for what it may not be.
            return {}


def album_of(
    programme: Programme,
    requests: Sequence[SessionRequest],
    output: Path,
    folders: Folders,
    starts: date | None = None,
) -> Album:
    """Return the album of ``programme``, in a folder of its own and the listener's.

    A folder that has the same listener's recordings of other options, or another's of that name, is
    left as it is: the album's folder then tells what differs.

    Args:
        programme: The course.
        requests: What is wanted of each of its sessions, in order.
        output: The folder that its folder is made in.
        folders: Where practices are found and notes are kept.
        starts: The day that the course begins; None if that is left open.

    Raises:
        RequestError: If there is no such practice, a setting cannot be used, or ``output`` is named
            like a file; AvoidedError if one of its sessions holds what is to be avoided.
        ScriptError: If a practice or a figure cannot be read.
    """
    check_folder(output)
    first = requests[0]
    listener = first.session.answers.get("name", "") if first.output.name_in_tags else ""
    stem, library = slug(programme.id, listener_in_names(first)), Library(folders.scripts)
    count, tracks = len(programme.sessions), []
    for number, (step, asked) in enumerate(zip(programme.sessions, requests, strict=True), start=1):
        track = f"{number}/{count}"
        tags = replace(
            asked.output,
            album=programme.title,
            track=track,
            title=step.title,
            course=programme.title,
        )
        request = of_course(step, replace(asked, output=tags))
        check_settings(request)
        with _naming_avoided(number, step.title):
            check_avoided(request, folders)
        coding = request.output.coding("", request.session.length_s)
        title = "".join(letter for letter in step.title if letter.isalnum() or letter in " -")
        title = title.strip()[:_LONGEST_TITLE].strip()
        file = Path(f"{number:0{len(str(count))}} {title}{coding.format.suffix}")
        answers = asked.session.answers
        own = {f"with.{slot}" for slot, text in step.answers.items() if answers.get(slot) == text}
        made_from, given = digest_request(request, library), frozenset({"minutes", *own})
        tracks.append(Track(number, request, file, made_from, given))
    names, wanted = [track.file.name for track in tracks], [track.request for track in tracks]
    subject = AlbumSubject(programme, listener, wanted, names, starts)
    files = album_files(subject, library, folders)

    def in_folder(folder: Path) -> Album:
        placed = tuple(replace(track, file=folder / track.file) for track in tracks)
        return Album(folder, placed, album_notes(folder, folders), subject, files)

    def tell(folder: Path) -> list[str]:
        for track in in_folder(folder).tracks:
            file = library.open(track.request.session.practice)
            figures = file.library.figure_files()
            coding = track.request.output.coding(track.file.suffix)
            options = options_of(track.request, file.practice(), figures, coding)
            if found := read_tags(track.file):
                return differences(options, options_in(found))
        return []

    folder = name_of_its_own(
        lambda told: output / ending(stem, told),
        lambda path: not os.path.lexists(path) or in_folder(path).is_free,
        tell,
    )
    return in_folder(folder)


def album_notes(folder: Path, folders: Folders) -> Path:
    """Return the file that says what each recording of the album in ``folder`` was made from."""
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return folders.data / "albums" / f"{place}.json"


def parse_day(text: str) -> date:
    """Return the day that is written as 2027-01-31.

    Raises:
        RequestError: If there is no such day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        message, remedy = f"'{text}' is not a day", "Write year, month and day, as 2027-01-31"
        raise RequestError(message, remedy=remedy, field="starts") from error


@contextmanager
def _naming_avoided(number: int, title: str) -> Iterator[None]:
    """Name the recording in an error about what is avoided."""
    try:
        yield
    except AvoidedError as error:
        error.where = f"recording {number}, '{title}'"
        raise


@contextmanager
def _naming(track: Track) -> Iterator[None]:
    """Name the recording in an error about what the programme gives it."""
    try:
        yield
    except CftAudioError as error:
        if error.field in track.given:
            error.setting = f"recording {track.number}, '{track.request.output.title}'"
        raise
