"""Recordings by id: what was made here, and what else of ours lies in the folder of recordings.

A page asks for an id, and what is opened is a file that the room finds by itself.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.jobs import MADE
from cft_audio.application.listening import noted_files
from cft_audio.application.shelf import Shelved, look_at, made_for_clients, recordings_in
from cft_audio.errors import LockedError
from cft_audio.master.formats import SUFFIXES
from cft_audio.people.clients.records import NoRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.jobs import Job
    from cft_audio.studio.workroom import Workroom


@dataclass(frozen=True)
class ListedRecording:
    """A recording, or what is left of one.

    Attributes:
        file: Where it is, or was.
        found: What there is to say of it; None where it has gone.
        job: What it was asked for by; None where none of the queue made it.
        client: The code of the client it was made for; empty for nobody of whom things are kept.
    """

    file: Path = field(repr=False)
    found: Shelved | None
    job: Job | None
    client: str = ""

    @property
    def id(self) -> str:
        """What it is called in addresses."""
        return id_of(self.file)

    @property
    def title(self) -> str:
        """What it is called: with a client's code, or with another's name, where one is in it."""
        told = self.found.title if self.found else self.file.stem
        return f"{told.rpartition(', for ')[0] or told}, for {self.client}" if self.client else told

    @property
    def made_at(self) -> float:
        """When it was made, in seconds since 1970; 0 where that is not known."""
        return self.job.asked_at if self.job else self.found.made_at if self.found else 0.0

    @property
    def is_changed(self) -> bool:
        """Whether it is there, and not as it was made."""
        if self.found is None:
            return False
        was = self.job.made.get("bytes", self.found.size) if self.job else self.found.size
        return not self.found.is_whole or self.found.size != was


def id_of(file: Path) -> str:
    """Return what a recording is called in addresses: a digest of its place."""
    place = str(file.absolute()).encode(errors="surrogateescape")
    return hashlib.sha256(place).hexdigest()[:16]


def all_recordings(room: Workroom) -> list[ListedRecording]:
    """Return every recording, the latest first."""
    jobs, clients = _jobs(room), _clients(room)
    files = dict.fromkeys([*recordings_in(room.output), *jobs, *noted_files(room.folders)])
    found = (
        ListedRecording(file, look_at(file), jobs.get(file), clients.get(file.absolute(), ""))
        for file in files
    )
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def find_recording(room: Workroom, identity: str) -> ListedRecording:
    """Return a recording.

    Raises:
        NoRecordError: If none of ours has that id.
    """
    file = find_file(room, identity)
    client = _clients(room).get(file.absolute(), "")
    return ListedRecording(file, look_at(file), _jobs(room).get(file), client)


def find_file(room: Workroom, identity: str) -> Path:
    """Return the file of a recording, which need not be there any more.

    Raises:
        NoRecordError: If none of ours has that id.
    """
    for file in _candidates(room):
        if id_of(file) == identity:
            return file
    raise NoRecordError(identity)


def _candidates(room: Workroom) -> Iterator[Path]:
    """Yield where recordings are, or were, what is looked up soonest first."""
    yield from recordings_in(room.output)
    yield from _jobs(room)
    yield from noted_files(room.folders)
    with suppress(LockedError):
        made = (note.path for _, note in made_for_clients(room.folders))
        yield from (file for file in made if file.suffix in SUFFIXES)


def _clients(room: Workroom) -> dict[Path, str]:
    """Return for whom each file was made, as far as it can be told."""
    clients: dict[Path, str] = {}
    with suppress(LockedError):
        for code, note in made_for_clients(room.folders):
            clients[note.path] = code
    return clients


def _jobs(room: Workroom) -> dict[Path, Job]:
    """Return the last job that made one recording at each place."""
    jobs = [job for _, job in room.queue.all() if job.state == MADE and "practice" in job.wanted]
    return {Path(job.made["file"]): job for job in reversed(jobs)}
