"""What is kept of listening to a recording: notes of how it was, and where somebody stopped.

It is kept under the recording's id, with the things of the client whom it was made for.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.shelf import made_for
from cft_audio.errors import LockedError
from cft_audio.people.clients.places import NOTES
from cft_audio.people.clients.records import NoRecordError, Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.files.folders import Folders

    Change = Callable[[dict[str, Any]], object]

_TURN = threading.Lock()


def read_listening(recording: str, folders: Folders) -> dict[str, Any]:
    """Return what is kept of a recording: ``stopped_s``, and ``notes``, the latest first.

    Raises:
        LockedError: If it is locked, and cannot be opened.
    """
    try:
        return Records(folders, NOTES).read(recording)
    except NoRecordError:
        return {"stopped_s": 0.0, "notes": []}


def change_listening(recording: str, file: Path, folders: Folders, change: Change) -> None:
    """Change what is kept of a recording; what is empty then is not kept at all.

    Args:
        recording: The recording's id.
        file: The recording.
        folders: Where it is kept.
        change: Changes it in its place.

    Raises:
        LockedError: If it is locked, or cannot be told whom the recording was made for.
        CftAudioError: If it cannot be kept.
    """
    client, _ = made_for(file, folders)
    records = Records(folders, NOTES)
    with _TURN:
        kept = read_listening(recording, folders) | {"file": str(file)}
        change(kept)
        if kept["notes"] or kept["stopped_s"]:
            records.keep(recording, kept, client)
        else:
            with suppress(NoRecordError):
                records.remove(recording)


def noted_files(folders: Folders) -> Iterator[Path]:
    """Yield the files of which something is noted, and can be read."""
    records = Records(folders, NOTES)
    for identity in records.by_age():
        with suppress(NoRecordError, LockedError):
            kept = records.read(identity)
            if kept["notes"]:
                yield Path(kept["file"])
