"""What is only listened to: the name, the sounds, a line in its place. For the process that speaks.

Each is a small file in the studio's own passing folder, named by what it is made of: what was heard
once is there at once.
"""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING

from cft_audio.application.excerpts import ExcerptChoice, make_excerpt
from cft_audio.application.saying import say
from cft_audio.application.sounds import hear_together
from cft_audio.files.output import Destination

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.application.composing import Composed
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.running.hands import Hand

NAME, SOUND = "name", "sound"
"""What else than a line can be heard."""

_AFTER_LINE_S = 20.0
"""Seconds that are heard from where a line begins: the line, and how it goes on."""


_MOST_FILES = 40
"""Files that are kept to be heard again: some 100 MB."""


def hear(what: str, composed: Composed, speaker: Hand, passing: Path) -> Path:
    """Return a file in which something of a session is heard.

    Args:
        what: ``name``, ``sound``, or the id of a line.
        composed: The session.
        speaker: The process that speaks.
        passing: The folder for what is only listened to.

    Raises:
        CftAudioError: If it cannot be said, or there is no such line.
    """
    request, folders = composed.request, composed.folders.for_passing
    maker = _MAKERS.get(what, _write_line)
    return heard_once(
        (what, request), passing, lambda file: speaker.ask(maker, what, request, folders, file)
    )


def heard_once(made_of: object, passing: Path, write: Callable[[Path], object]) -> Path:
    """Return a file in which something is heard, which is there at once if it was heard before.

    Args:
        made_of: What it is made of; it can be pickled.
        passing: The folder for what is only listened to.
        write: Writes the file.
    """
    file = passing / f"{hashlib.sha256(pickle.dumps(made_of)).hexdigest()[:24]}.wav"
    if not file.exists():
        write(file)
        _sweep(passing)
    return file


def _write_name(_: str, request: SessionRequest, folders: Folders, file: Path) -> None:
    """Write the name, as the voice says it; where there is none, a greeting."""
    name = request.session.answers.get("name", "")
    text = f"Hello, {name}." if name else "Hello."
    say([text], request.voicing, Destination(file, overwrite=True), folders)


def _write_sound(_: str, request: SessionRequest, __: Folders, file: Path) -> None:
    """Write the sounds around the voice, as they will be together."""
    hear_together(request, Destination(file, overwrite=True))


def _write_line(line: str, request: SessionRequest, folders: Folders, file: Path) -> None:
    """Write a line in its place, and how it goes on."""
    write_part(ExcerptChoice(line=line, length_s=_AFTER_LINE_S), request, folders, file)


def write_part(
    choice: ExcerptChoice, request: SessionRequest, folders: Folders, file: Path
) -> None:
    """Write a part of a session; what the process that speaks does.

    Raises:
        CftAudioError: As ``excerpts.make_excerpt``.
    """
    make_excerpt(request, choice, Destination(file, overwrite=True), folders)


_MAKERS = {NAME: _write_name, SOUND: _write_sound}


def _sweep(passing: Path) -> None:
    """Remove what was heard longest ago."""
    files = sorted(passing.glob("*.wav"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[_MOST_FILES:]:
        old.unlink(missing_ok=True)
