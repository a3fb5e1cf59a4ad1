"""Planning: a request in, everything decided about its recording out, its lines spoken once."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.application.plan_lines import PlannedLine, edit_notes, plan_lines
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.refusing import avoided_check
from cft_audio.application.scripts_apart import open_writer
from cft_audio.application.tellings import telling_notes, unfinished_notes
from cft_audio.errors import LengthError, VoiceError
from cft_audio.library.practices import Library
from cft_audio.mix.plan import MixPlan, plan_mix
from cft_audio.planning.outline import Outline
from cft_audio.speech.engines.recorded import CUES_READ, RecordedEngine
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.application.scripts_apart import WriterOf
    from cft_audio.files.folders import Folders
    from cft_audio.planning.draft import Fitted
    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line
    from cft_audio.script.practice import Practice
    from cft_audio.speech.takes.clips import ClipLayout
    from cft_audio.speech.text.warnings import PronunciationWarning
    from cft_audio.timeline.events import Timeline


@dataclass(frozen=True)
class Plan:
    """A session with everything decided and nothing yet mixed; it holds no sound.

    Attributes:
        request: What was asked for.
        practice: The practice, as its file gives it.
        practice_sha256: SHA-256, in hex, of everything written that the practice is made from.
        mix: Where everything lies, and how loud it is.
        clips: How the clip of each spoken line is laid out.
        warnings: The words of these lines that a voice may get wrong.
        notes: What else a person should know of it, each as sentences.
        lines: Its lines in order, each with its id and its time, breath cues aside.
    """

    request: SessionRequest
    practice: Practice
    practice_sha256: str
    mix: MixPlan
    clips: Mapping[Line, ClipLayout] = field(repr=False)
    warnings: tuple[PronunciationWarning, ...] = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    lines: tuple[PlannedLine, ...] = field(default=(), repr=False)

    @property
    def timeline(self) -> Timeline:
        """Every event at its place."""
        return self.mix.timeline


def plan(
    request: SessionRequest,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> Plan:
    """Return the plan of ``request``; its lines are spoken, or taken from the cache.

    A length that the practice cannot have, by its estimates, is refused before anything is spoken.

    Raises:
        RequestError: If an answer is missing or wrong; LengthError with the possible range if
            the practice cannot be made as long as was asked.
        ScriptError: If the practice cannot be read or rendered.
        VoiceError: If the voice is not there.
        EngineError: If the engine fails on a line.
    """
    with open_plan(request, folders, progress, warn) as (planned, _):
        return planned


Ahead: TypeAlias = "Callable[[SessionVoices, Sequence[Line]], object]"
"""Sees to it that lines are spoken before the voices of a session are asked for them."""


def ask_nobody(voices: SessionVoices, lines: Sequence[Line]) -> None:
    """Leave the lines to the voices of the session."""


@contextmanager
def open_plan(  # noqa: PLR0913 -- one request, and who does what of it
    request: SessionRequest,
    folders: Folders,
    progress: Progress,
    warn: Warn,
    *,
    ahead: Ahead = ask_nobody,
    writer_of: WriterOf = open_writer,
) -> Iterator[tuple[Plan, SessionVoices]]:
    """Give the plan of ``request`` and the voices that its clips can be read from.

    Args:
        request: The session.
        folders: Where practices and voices are found, and takes are kept.
        progress: Told the stage and how much of it is done.
        warn: Told the words that a voice may get wrong, before it says them.
        ahead: Called with the lines that are wanted, before this process speaks any.
        writer_of: Gives the writer of its script.

    Raises:
        RequestError: As ``plan``, like all others.
    """
    with open_session(request, folders, progress, writer_of) as (outline, voices):

        def speak(lines: Sequence[Line]) -> dict[Line, int]:
            warn(voices.find_warnings(lines))
            ahead(voices, lines)
            return {line: layout.length for line, layout in voices.speak(lines).items()}

        fitted = outline.fit(speak)
        lines, writer = fitted.script.lines, outline.writer
        mixed = plan_mix(fitted.timeline, request.sounds_beside(voices.levels))
        clips = {line: voices.known(line).layout for line in lines}
        warnings = tuple(voices.find_warnings(lines))
        notes = tuple(session_notes(writer, fitted))
        by_time = plan_lines(fitted.timeline, fitted.unedited, request.session.edits)
        sha256 = writer.practice_sha256
        planned = Plan(request, writer.practice, sha256, mixed, clips, warnings, notes, by_time)
        yield planned, voices


def foretell(
    request: SessionRequest, folders: Folders, progress: Progress, warn: Warn
) -> tuple[Timeline, tuple[str, ...]]:
    """Return about what the timeline of ``request`` would be, and what a person should know of it.

    It goes by estimates and speaks nothing, with two exceptions: the takes of a recorded voice are
    looked for, and lines are spoken where the length is so near the ends of what the practice can
    last that only their true lengths decide.

    Args:
        request: The session.
        folders: Where practices and voices are found, and takes are kept.
        progress: Told the stage and how much of it is done.
        warn: Told the words that a voice may get wrong.

    Raises:
        RequestError: As ``plan``, like all others. Whether an engine fails on a line is known only
            once it speaks.
    """
    voices_asked = (request.voicing.voice, request.voicing.figure_voice)
    if not any(is_recorded(name, folders) for name in voices_asked if name):
        with suppress(LengthError), open_session(request, folders, progress) as (outline, voices):
            fitted = outline.estimate()
            warn(voices.find_warnings(fitted.script.lines))
            return fitted.timeline, tuple(session_notes(outline.writer, fitted))
    planned = plan(request, folders, progress, warn)
    return planned.timeline, planned.notes


def session_notes(writer: ScriptWriter, fitted: Fitted) -> Iterator[str]:
    """Yield what a person should know of a session whose script is chosen, each as sentences."""
    told = writer.session.adaptations
    yield from unfinished_notes(writer.practice, fitted.timeline)
    if told:
        yield from telling_notes(writer.telling, told, fitted.timeline)
    yield from edit_notes(fitted.unedited, writer.session.edits)


def estimate_session(
    request: SessionRequest, folders: Folders, writer_of: WriterOf = open_writer
) -> tuple[int, tuple[Line, ...]]:
    """Return about what a session would be: its samples, and what is said in it, each line once.

    Raises:
        RequestError: If an answer is missing or wrong, or the length cannot be had; AvoidedError if
            it holds what is to be avoided.
        ScriptError: If the practice cannot be read or rendered.
    """
    with writer_of(request.session, Library(folders.scripts)) as writer:
        check = avoided_check(request, writer, folders)
        fitted = Outline(writer, most_cues(request, folders), check).estimate()
    return fitted.timeline.length, tuple(fitted.script.lines)


@contextmanager
def open_session(
    request: SessionRequest,
    folders: Folders,
    progress: Progress,
    writer_of: WriterOf = open_writer,
) -> Iterator[tuple[Outline, SessionVoices]]:
    """Give the outline of a session, once it is checked, and the voices that speak it.

    What it would say and sound of is checked by estimates, and of each draft before it is spoken.

    Raises:
        RequestError: If an answer is missing or wrong, the length cannot be had, or a
            pronunciation cannot be read; AvoidedError if it holds what is to be avoided.
        ScriptError: If the practice cannot be read or rendered.
        VoiceError: If a voice or its model is not there, or speaks online unasked.
    """
    with writer_of(request.session, Library(folders.scripts)) as writer:
        check = avoided_check(request, writer, folders)
        outline = Outline(writer, most_cues(request, folders), check)
        outline.check_length()
        if request.avoid:
            outline.estimate()
        with SessionVoices.open(
            request.voicing, writer.pace.unhurried, writer.language, folders, progress
        ) as voices:
            yield outline, voices


def most_cues(request: SessionRequest, folders: Folders) -> int | None:
    """Return how many breath cues take turns at most, which a recorded voice has few of."""
    return CUES_READ if is_recorded(request.voicing.voice, folders) else None


def is_recorded(voice: str, folders: Folders) -> bool:
    """Return whether a voice is one of takes that a person has read."""
    try:
        return load_profile(voice, folders.voices).kind is RecordedEngine
    except VoiceError:  # told when the voice is opened
        return False
