"""A practice to be read: everything that a session of it says and does, in order. By estimates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.application.scripts_apart import open_writer
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders
    from cft_audio.planning.session import Session


@dataclass(frozen=True)
class ReadPart:
    """Something that is said or done.

    Attributes:
        kind: ``say``, ``pause``, ``breathe`` or ``chime``.
        length_s: About how many seconds it takes.
        text: What is said.
        speaker: Who says it: ``guide`` or ``figure``.
    """

    kind: str
    length_s: float
    text: str = field(default="", repr=False)
    speaker: str = ""


@dataclass(frozen=True)
class ReadChapter:
    """A chapter: its title, where it begins in seconds, and what is said and done in it."""

    title: str
    start_s: float
    parts: tuple[ReadPart, ...]


def read_session(session: Session, folders: Folders) -> tuple[ReadChapter, ...]:
    """Return what a session says and does, chapter by chapter; nothing is spoken.

    Raises:
        RequestError: If it cannot be had as asked.
        ScriptError: If the practice cannot be read or rendered.
    """
    with open_writer(session, Library(folders.scripts)) as writer:
        timeline = Outline(writer).estimate().timeline
    parts: dict[int, list[ReadPart]] = {}
    for event in timeline.events:
        said = (event.line.text, event.line.speaker) if isinstance(event, SayEvent) else ()
        part = ReadPart(event.kind, seconds(event.length), *said)
        parts.setdefault(event.chapter, []).append(part)
    return tuple(
        ReadChapter(chapter.title, seconds(chapter.start), tuple(parts.get(number, ())))
        for number, chapter in enumerate(timeline.chapters)
    )
