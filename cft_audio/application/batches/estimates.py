"""What sessions would say and how long they would be, by estimate, for many people at once.

Most rows of a roster differ in the listener's name alone. What one of them would say is estimated;
for the others the name is replaced in it.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.application.plans import estimate_session
from cft_audio.application.progress import ignore_progress
from cft_audio.application.scripts_apart import open_writer
from cft_audio.errors import CftAudioError
from cft_audio.languages.registry import language_of
from cft_audio.library.practices import Library
from cft_audio.schema.plain import to_plain
from cft_audio.script.inert import clean
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.session_voices import SessionVoices, open_voices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.application.request import SessionRequest
    from cft_audio.application.scripts_apart import WriterOf
    from cft_audio.files.folders import Folders
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.speaker import SpokenVoice

_NAME = "name"

_BEGINS = 3
"""Letters that a word has in common with all its forms."""


@dataclass(frozen=True)
class Estimate:
    """What a session would be.

    Attributes:
        length: Its samples.
        lines: What would be said, breath cues included; each once.
    """

    length: int
    lines: tuple[Line, ...]

    def for_name(self, name: str, other: str) -> Estimate:
        """Return what it would be for somebody called ``other`` instead of ``name``."""
        if not name or name == other:
            return self
        return replace(self, lines=tuple(_renamed(line, name, other) for line in self.lines))


@dataclass(frozen=True)
class Unspoken:
    """Finds what has not been spoken of a session.

    Attributes:
        how: What two sessions have in common whose lines, if none of a person's words are in them,
            sound the same.
        language: The language tag of what is said.
        voices: Who says it.
    """

    how: str
    language: str
    voices: SessionVoices = field(repr=False)

    def find_unspoken(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines of which a take is not kept; each once."""
        return self.voices.find_unspoken(lines)


class Estimates:
    """Estimates sessions, each of those that differ by a name once, and opens each voice once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Estimate | CftAudioError]] = {}
        self._voices: dict[str, tuple[SpokenVoice, SpokenVoice] | CftAudioError] = {}

    def voices(self, request: SessionRequest, folders: Folders) -> Unspoken:
        """Return what finds the lines of a session that were not spoken.

        Raises:
            VoiceError: If a voice or its model is not there, or speaks online unasked.
            RequestError: If a pronunciation cannot be read.
        """
        voicing, unhurried = request.voicing, request.session.adapted_pace.unhurried
        practice = Library(folders.scripts).open(request.session.practice).practice()
        language = language_of(practice.language)
        how = json.dumps([to_plain(voicing), unhurried, language.tag], sort_keys=True)
        if how not in self._voices:
            try:
                self._voices[how] = open_voices(voicing, unhurried, language, folders)
            except CftAudioError as error:
                self._voices[how] = error
        opened = self._voices[how]
        if isinstance(opened, CftAudioError):
            raise copy(opened)
        caches = Caches.open(folders)
        return Unspoken(how, language.tag, SessionVoices(*opened, caches, ignore_progress))

    def of(
        self, request: SessionRequest, folders: Folders, writer_of: WriterOf = open_writer
    ) -> Estimate:
        """Return what the session of ``request`` would be.

        Args:
            request: The session.
            folders: Where everything is found.
            writer_of: Gives the writer of its script.

        Raises:
            RequestError: If it cannot be as long as was asked, an answer is wrong, or it holds what
                is to be avoided.
            ScriptError: If the practice cannot be read or rendered.
        """
        name = clean(request.session.answers.get(_NAME, ""))
        key = _key(request)
        if key not in self._known:
            try:
                self._known[key] = name, Estimate(*estimate_session(request, folders, writer_of))
            except CftAudioError as error:
                self._known[key] = name, error
        known, found = self._known[key]
        if isinstance(found, CftAudioError):
            raise copy(found)
        return found.for_name(known, name)


def _key(request: SessionRequest) -> str:
    """Return what two requests have in common that differ in the listener's name alone.

    A session for nobody by name is told in other words, and a name may be what is to be avoided.
    """
    session, name = request.session, clean(request.session.answers.get(_NAME, ""))
    begins = {word[:_BEGINS].casefold() for word in request.avoid}
    avoided = name if any(begin in name.casefold() for begin in begins) else bool(name)
    answers = {name: text for name, text in session.answers.items() if name != _NAME}
    nameless = replace(session, answers=answers, letters=())
    spoken = [avoided, request.voicing.voice, request.avoid, to_plain(request.sound)]
    return json.dumps([to_plain(nameless), spoken], sort_keys=True)


def _renamed(line: Line, name: str, other: str) -> Line:
    if not any(span.personal for span in line.spans):
        return line
    spans = (
        replace(span, text=span.text.replace(name, other)) if span.personal else span
        for span in line.spans
    )
    return replace(line, spans=tuple(spans))
