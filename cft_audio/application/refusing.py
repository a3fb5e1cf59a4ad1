"""A session refused before a line of it is spoken, since it holds what is to be avoided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.avoiding import Avoidance
from cft_audio.application.scripts_apart import open_writer
from cft_audio.application.ways_out import OtherWords, other_sound
from cft_audio.errors import AvoidedError, sentences
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline, pass_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.avoiding import AvoidedLine, AvoidedSound
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.planning.outline import Check
    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Script

_TOLD = 3
"""Lines that are told; of the others, how many there are."""

_LONGEST = 90
"""Characters that are told of a line."""

_BEFORE = 40
"""Characters of them before the word, at most."""


def check_avoided(request: SessionRequest, folders: Folders) -> None:
    """Check by estimates that a session holds nothing of what is to be avoided.

    Raises:
        AvoidedError: If it does, with the ways out.
        CftAudioError: If it cannot be made at all.
    """
    if request.avoid:
        with open_writer(request.session, Library(folders.scripts)) as writer:
            Outline(writer, check=avoided_check(request, writer, folders)).estimate()


def avoided_check(request: SessionRequest, writer: ScriptWriter, folders: Folders) -> Check:
    """Return what raises AvoidedError of a script that holds what ``request`` avoids.

    Args:
        request: The session.
        writer: Writes its scripts.
        folders: Where other practices are found.
    """
    if not request.avoid:
        return pass_all
    avoidance = Avoidance(request.avoid, writer.practice.language)

    def check(script: Script) -> None:
        sounds, lines = avoidance.sounds(request, script), avoidance.lines(script)
        if not (sounds or lines):
            return
        ways = [other_sound(sound.field, request, avoidance, script) for sound in sounds]
        if lines:
            ways += OtherWords(request, avoidance, writer, Library(folders.scripts)).told(lines)
        told = "; ".join((*map(_told_sound, sounds), *_told_lines(lines)))
        message = f"the session holds what is to be avoided: {told}"
        raise AvoidedError(message, remedy=sentences(*ways), field="avoid")

    return check


def _told_sound(sound: AvoidedSound) -> str:
    if sound.field == "ticks":
        return f"the ticks are heard as {sound.found.told}"
    if sound.is_file:
        return f"the {sound.field} '{sound.name}' has {sound.found.told} in its name"
    return f"the {sound.field} '{sound.name}' is heard as {sound.found.told}"


def _told_lines(lines: Sequence[AvoidedLine]) -> Iterator[str]:
    for avoided in lines[:_TOLD]:
        yield f'{avoided.found.told} is said in {avoided.chapter}: "{_told_text(avoided)}"'
    if more := len(lines[_TOLD:]):
        yield f"and {more} more line{'s hold' if more > 1 else ' holds'} such words"


def _told_text(avoided: AvoidedLine) -> str:
    """Return what can be told of a line: its words around the one, and nothing personal."""
    text = "".join("…" if span.personal else span.text for span in avoided.line.spans)
    at = max(0, text.find(avoided.found.said))
    begin = 0 if len(text) <= _LONGEST else max(0, at - _BEFORE)
    told = text[begin : begin + _LONGEST]
    if begin:
        told = f"… {told.partition(' ')[2]}"
    if begin + _LONGEST < len(text):
        told = f"{told.rpartition(' ')[0]} …"
    return told.rstrip(".")
