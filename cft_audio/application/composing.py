"""Composing: from what a person chose, and all that is kept, to the request of one session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.application.answering import answer_slots
from cft_audio.application.clients.kept import kept_client
from cft_audio.application.requests import request_for, voicing_for
from cft_audio.errors import CftAudioError
from cft_audio.library.letters import read_letter
from cft_audio.library.practices import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import Any

    from cft_audio.application.choices import Choices
    from cft_audio.application.request import SessionRequest
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.library.letters import Letter


@dataclass(frozen=True)
class Composed:
    """A session that was asked for, and what it was asked with.

    Attributes:
        request: The session.
        choices: What was chosen, over what is kept.
        folders: Where everything is found and kept; lines that are personal with their client.
    """

    request: SessionRequest
    choices: Choices = field(repr=False)
    folders: Folders


def compose(  # noqa: PLR0913, PLR0917 -- what was chosen, and whatever it is read with
    practice: str,
    chosen: Mapping[str, Any],
    settings: Settings,
    folders: Folders,
    made_on: date | None = None,
    read: Callable[[Path], Letter] = read_letter,
    stand_ins: Mapping[str, str] | None = None,
) -> Composed:
    """Return the session of a practice that was chosen by somebody of whom things are kept.

    Nobody is asked anything: an answer that is missing is an error, or somebody's stand-in.

    Args:
        practice: A practice's id, or the path of its file.
        chosen: The values of fields that were chosen, by name.
        settings: The person's settings.
        folders: Where everything is found and kept.
        made_on: The date for its tags; None for none.
        read: What reads a letter.
        stand_ins: Answers to slots that have none, by slot name: for a session that is only looked
            at; None for none.

    Raises:
        RequestError: If nothing is kept of the client; MissingError if answers are missing.
        CftAudioError: If what is kept cannot be read. Of what nobody chose, the error names the
            setting or the line of the client's file.
    """
    try:
        code = chosen.get("client") or settings.values.get("client")
        if code:
            kept = kept_client(code, folders)
            settings, folders = settings.for_client(kept.client), kept.folders(folders)
        choices = settings.choices(chosen)
        voicing = voicing_for(choices, folders)
        library, what = Library(folders.scripts), f"the practice '{practice}'"
        (answered,) = answer_slots([(practice, choices)], library, what, read).complete(
            stand_ins or {}
        )
        known = library.known_as(practice)
        request = request_for(known, choices, answered, voicing, made_on)
    except CftAudioError as error:
        settings.name_in(error, chosen)
        raise
    return Composed(request, choices, folders)
