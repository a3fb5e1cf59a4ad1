"""A client's file in a person's editor, until it is right or they leave it as it was."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from cft_audio.application.clients.files import copy_to_edit
from cft_audio.cli.face import complain
from cft_audio.cli.terminal import confirm
from cft_audio.cli.wording import words
from cft_audio.errors import CftAudioError, OutputError
from cft_audio.files.editors import edit_file

if TYPE_CHECKING:
    from cft_audio.application.clients.files import ClientFiles
    from cft_audio.cli.face import Face
    from cft_audio.people.clients.places import ClientPlace

_AT_ONCE_S = 0.5
"""Seconds within which nobody has opened, read and closed a file."""


def edit_in_editor(face: Face, files: ClientFiles, place: ClientPlace) -> bool:
    """Let a person change a copy of a client's file, and return whether it took its place.

    What is wrong in it is told, and they may go on; where nobody can be asked, that is the end.

    Raises:
        CftAudioError: If there is no editor, or the copy does not become the file.
    """
    with copy_to_edit(place) as (copy, before):
        while True:
            begun = time.monotonic()
            edit_file(copy, os.environ)
            try:
                changed = files.replace(place, before, copy)
            except OutputError:
                raise
            except CftAudioError as error:
                if not sys.stdin.isatty():
                    raise
                complain(f"cft-audio: {error.worded(words)}")
                if not confirm("Edit it again?", default=True):
                    raise CftAudioError("nothing was changed", where=str(place.file)) from error
                continue
            if not changed and time.monotonic() - begun < _AT_ONCE_S:
                face.note(
                    "An editor with a window of its own has to be told to wait, as in "
                    "EDITOR='code --wait'."
                )
            return changed
