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
from typing import TYPE_CHECKING, Any

from cft_audio.application.plans import plan
from cft_audio.application.programmes import plan_page
from cft_audio.application.recordings import build, check_settings, slug
from cft_audio.application.scripts_apart import open_writer
from cft_audio.errors import CftAudioError, FileError, OutputError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import write_private
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.schema.files import read_json
from cft_audio.schema.nodes import plain
from cft_audio.schema.plain import to_plain
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.application.progress import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme


@dataclass(frozen=True)
class Track:
    """One recording of an album.

    Attributes:
        number: Its place, counted from 1.
        request: The session.
        file: Where it goes.
        made_from: SHA-256, in hex, of what it follows from: see ``digest_request``.
    """

    number: int
    request: SessionRequest
    file: Path
    made_from: str


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
                remedy="‹Choose another folder›, or ‹make all anew›",
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
                _, recording = build(track.request, destination, folders, progress, warn)
            self._note(track)
            with new_file(Destination(self.folder / "plan.txt", overwrite=True)) as part:
                part.write_text("\n".join(self.page) + "\n", encoding="utf-8")
            yield recording.as_object() | {"state": "made"}

    def plan(self, folders: Folders, progress: Progress, warn: Warn) -> Iterator[dict[str, Any]]:
        """Plan each recording, write nothing, and yield how long it will be, as ``build`` does.

        Raises:
            CftAudioError: If one cannot be made.
        """
        for track in self.tracks:
            with _naming(track):
                timeline = plan(track.request, folders, progress, warn).timeline
            length_s = round(seconds(timeline.length), 4)
            yield {"file": str(track.file), "duration_s": length_s, "state": "planned"}

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

    Args:
        programme: The course.
        requests: What is wanted of each of its sessions, in order.
        output: The folder that its folder is made in.
        folders: Where practices are found and notes are kept.

    Raises:
        RequestError: If there is no such practice, or a setting cannot be used.
        ScriptError: If a practice or a figure cannot be read.
    """
    first = requests[0]
    listener = first.session.answers.get("name", "") if first.output.name_in_tags else ""
    folder = output / slug(programme.id, listener)
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    count = len(programme.sessions)
    library = Library(folders.scripts)
    tracks = []
    for number, (step, asked) in enumerate(zip(programme.sessions, requests, strict=True), start=1):
        track = f"{number}/{count}"
        tags = replace(asked.output, album=programme.title, track=track, title=step.title)
        request = replace(asked, output=tags)
        check_settings(request)
        title = "".join(letter for letter in step.title if letter.isalnum() or letter in " -")
        file = folder / f"{number:0{len(str(count))}} {title.strip()}.mp3"
        tracks.append(Track(number, request, file, digest_request(request, library)))
    notes = folders.data / "albums" / f"{place}.json"
    return Album(folder, tuple(tracks), notes, plan_page(programme, library))


def digest_request(request: SessionRequest, library: Library) -> str:
    """Return a SHA-256, in hex, of what the recording of ``request`` follows from.

    That is the request but for its date and its consent, its practice with its partials, and its
    figures. A voice's profile and a sound file for the bed count by name alone.

    Raises:
        RequestError: If there is no such practice.
        ScriptError: If the practice or a figure cannot be read.
    """
    session = request.session
    with open_writer(session, library) as writer:
        practice, practice_sha256 = writer.practice, writer.practice_sha256
    figures = [
        find_figure(session.answers[slot.name], library, session.figure_pronouns)
        for slot in practice.slots.values()
        if slot.type == "figure" and slot.name in session.answers
    ]
    voicing = replace(request.voicing, allow_online=False)
    lasting = replace(request, voicing=voicing, output=replace(request.output, made_on=None))
    made_from = [practice_sha256, to_plain(figures), to_plain(lasting)]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


@contextmanager
def _naming(track: Track) -> Iterator[None]:
    """Name the recording in an error about its length."""
    try:
        yield
    except CftAudioError as error:
        if error.field == "minutes":
            title = track.request.output.title
            error.message = f"recording {track.number}, '{title}': {error.message}"
        raise
