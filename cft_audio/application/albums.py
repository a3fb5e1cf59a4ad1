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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.layout import wrapped
from cft_audio.application.made_from import digest_request
from cft_audio.application.naming import differences, ending, name_of_its_own, slug
from cft_audio.application.plans import plan
from cft_audio.application.programmes import album_page
from cft_audio.application.recordings import build, check_folder, check_settings
from cft_audio.application.tags import options_in, options_of
from cft_audio.errors import CftAudioError, FileError, OutputError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import write_private
from cft_audio.library.practices import Library
from cft_audio.master.tags import read_tags
from cft_audio.schema.files import read_json
from cft_audio.schema.nodes import plain
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.progress import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme

_PAGE = 78
"""Columns of the plan that is written beside the recordings."""


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
        page: The plan that is written beside the recordings, as lines.
    """

    folder: Path
    tracks: tuple[Track, ...]
    notes: Path
    page: Sequence[str]

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
                yield {"file": str(track.file), "state": "kept"}
                continue
            with _naming(track):
                destination = Destination(track.file, overwrite)
                made, recording = build(track.request, destination, folders, progress, warn)
            self._note(track)
            with new_file(Destination(self._plan, overwrite=True)) as part:
                part.write_bytes(self._plan_content)
            yield recording.as_object() | {"state": "made", "notes": list(made.notes)}

    def plan(self, folders: Folders, progress: Progress, warn: Warn) -> Iterator[dict[str, Any]]:
        """Plan each recording, write nothing, and yield how long it will be, as ``build`` does.

        Raises:
            CftAudioError: If one cannot be made.
        """
        for track in self.tracks:
            with _naming(track):
                planned = plan(track.request, folders, progress, warn)
            length_s = round(seconds(planned.timeline.length), 4)
            told = {"state": "planned", "notes": list(planned.notes)}
            yield {"file": str(track.file), "duration_s": length_s, **told}

    @property
    def is_free(self) -> bool:
        """Whether nothing lies in the way of all its recordings, or some of them are there.

        A file in the place of the plan lies in the way unless it is that plan.
        """
        there = [track for track in self.tracks if os.path.lexists(track.file)]
        if there:
            return any(self.holds(track) for track in there)
        if not os.path.lexists(self._plan):
            return True
        return self._plan.is_file() and self._plan.read_bytes() == self._plan_content

    @property
    def _plan(self) -> Path:
        return self.folder / "plan.txt"

    @property
    def _plan_content(self) -> bytes:
        return ("\n".join(self.page) + "\n").encode()

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
    programme: Programme, requests: Sequence[SessionRequest], output: Path, folders: Folders
) -> Album:
    """Return the album of ``programme``, in a folder of its own and the listener's.

    A folder that has the same listener's recordings of other options, or another's of that name, is
    left as it is: the album's folder then tells what differs.

    Args:
        programme: The course.
        requests: What is wanted of each of its sessions, in order.
        output: The folder that its folder is made in.
        folders: Where practices are found and notes are kept.

    Raises:
        RequestError: If there is no such practice, a setting cannot be used, or ``output`` is named
            like a file.
        ScriptError: If a practice or a figure cannot be read.
    """
    check_folder(output)
    first = requests[0]
    listener = first.session.answers.get("name", "") if first.output.name_in_tags else ""
    stem, library = slug(programme.id, listener), Library(folders.scripts)
    count, tracks = len(programme.sessions), []
    for number, (step, asked) in enumerate(zip(programme.sessions, requests, strict=True), start=1):
        track = f"{number}/{count}"
        tags = replace(asked.output, album=programme.title, track=track, title=step.title)
        request = replace(asked, output=tags)
        check_settings(request)
        title = "".join(letter for letter in step.title if letter.isalnum() or letter in " -")
        title = title.strip()[:_LONGEST_TITLE].strip()
        file = Path(f"{number:0{len(str(count))}} {title}.mp3")
        answers = asked.session.answers
        own = {f"with.{slot}" for slot, text in step.answers.items() if answers.get(slot) == text}
        made_from, given = digest_request(request, library), frozenset({"minutes", *own})
        tracks.append(Track(number, request, file, made_from, given))
    plan_lines = album_page(programme, library, listener, [track.file.name for track in tracks])
    page = [wrapped(line, _PAGE) for line in plan_lines]

    def in_folder(folder: Path) -> Album:
        placed = tuple(replace(track, file=folder / track.file) for track in tracks)
        place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
        return Album(folder, placed, folders.data / "albums" / f"{place}.json", page)

    def tell(folder: Path) -> list[str]:
        for track in in_folder(folder).tracks:
            file = library.open(track.request.session.practice)
            figures = file.library.figure_files()
            options = options_of(track.request, file.practice(), figures)
            if found := read_tags(track.file):
                return differences(options, options_in(found))
        return []

    folder = name_of_its_own(
        lambda told: output / ending(stem, told), lambda path: in_folder(path).is_free, tell
    )
    return in_folder(folder)


@contextmanager
def _naming(track: Track) -> Iterator[None]:
    """Name the recording in an error about what the programme gives it."""
    try:
        yield
    except CftAudioError as error:
        if error.field in track.given:
            error.setting = f"recording {track.number}, '{track.request.output.title}'"
        raise
