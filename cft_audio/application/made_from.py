"""What a file was made from, as a hash that is noted where only its owner can read it.

Recordings say it in their tags. Albums are noted as a whole, and previews have no tags.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.application.request import Beside
from cft_audio.application.scripts_apart import open_writer
from cft_audio.errors import FileError
from cft_audio.files.private import write_private
from cft_audio.library.figures import find_figure
from cft_audio.schema.files import read_json
from cft_audio.schema.nodes import plain
from cft_audio.schema.plain import to_plain

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.practices import Library


def digest_request(request: SessionRequest, library: Library) -> str:
    """Return a SHA-256, in hex, of what the recording of ``request`` follows from.

    That is the request but for its date, its consent, what is avoided and what its file is called,
    its practice with its partials, and its figures. A voice's profile and a sound file for the bed
    count by name alone.

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
    lasting = replace(
        request,
        session=replace(session, letters=()),
        voicing=voicing,
        output=replace(request.output, made_on=None, code=""),
        beside=Beside(),
        avoid=(),
    )
    made_from = [practice_sha256, to_plain(figures), to_plain(lasting)]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class PreviewNotes:
    """Notes of which session each preview in a folder is; they are only there to spare names."""

    folders: Folders

    def holds(self, preview: Path, made_from: str) -> bool:
        """Return whether a preview is there, of that session, and not changed since."""
        with suppress(FileError, OSError):
            noted = plain(read_json(self.file_of(preview), FileError).entries.get("made_from"))
            return noted == [made_from, preview.stat().st_size]
        return False

    def note(self, preview: Path, made_from: str) -> None:
        """Note the session of a preview; where that cannot be, the next one has another name."""
        with suppress(OSError):
            row = {"made_from": [made_from, preview.stat().st_size]}
            write_private(self.file_of(preview), json.dumps(row))

    def file_of(self, preview: Path) -> Path:
        """Return the file that has the note of a preview; it need not exist."""
        place = hashlib.sha256(os.fsencode(preview.resolve())).hexdigest()[:32]
        return self.folders.previews / f"{place}.json"
