"""A session by estimates, soon enough to be drawn anew whenever something of it is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.application.plan_lines import PlannedLine, plan_lines
from cft_audio.application.plans import most_cues, session_notes
from cft_audio.application.progress import ignore_progress
from cft_audio.application.refusing import avoided_check
from cft_audio.application.scripts_apart import open_writer
from cft_audio.errors import VoiceError
from cft_audio.library.practices import Library
from cft_audio.mix.plan import MixPlan, plan_mix
from cft_audio.planning.outline import Outline
from cft_audio.signal.balance import MEDIUM
from cft_audio.speech.takes.session_voices import SessionVoices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.application.scripts_apart import WriterOf
    from cft_audio.files.folders import Folders
    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line, Script
    from cft_audio.script.practice import Practice
    from cft_audio.timeline.events import Timeline

_MOST = 5000
"""Lines whose lengths are remembered: those of a hundred sessions, in some 5 MB."""


@dataclass(frozen=True)
class EstimatedPlan:
    """A session with everything decided by estimates; nothing of it was spoken for that.

    Attributes:
        request: What was asked for.
        practice: The practice, as its file gives it.
        script: Its script, edited.
        mix: Where everything lies, and how loud it is.
        lines: Its lines in order, each with its id and its time, breath cues aside.
        unspoken: How many different lines, breath cues among them, were not spoken yet, so that
            their lengths are estimates.
        notes: What else a person should know of it, each as sentences.
    """

    request: SessionRequest
    practice: Practice
    script: Script = field(repr=False)
    mix: MixPlan = field(repr=False)
    lines: tuple[PlannedLine, ...] = field(repr=False)
    unspoken: int
    notes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def timeline(self) -> Timeline:
        """Every event at its place."""
        return self.mix.timeline


class SpokenLengths:
    """Remembers how long the clips are that were spoken before; nothing else of them.

    A clip has to be read to know its length. Whoever estimates again and again keeps one of these.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], int] = {}

    def find(self, lines: Iterable[Line], voices: SessionVoices, voice: object) -> dict[Line, int]:
        """Return the samples of each of ``lines`` that was spoken and is known or still kept.

        Args:
            lines: The lines.
            voices: Who reads those that are not known.
            voice: What tells these voices from others.
        """
        wanted = list(lines)
        unknown = [line for line in wanted if (voice, line) not in self._known]
        if len(self._known) > _MOST:
            self._known.clear()
        kept = voices.find_kept(unknown)
        self._known |= {(voice, line): layout.length for line, layout in kept.items()}
        return {line: self._known[voice, line] for line in wanted if (voice, line) in self._known}


def estimate_plan(
    request: SessionRequest,
    folders: Folders,
    spoken: SpokenLengths | None = None,
    writer_of: WriterOf = open_writer,
) -> EstimatedPlan:
    """Return about what ``plans.plan`` would; no line is spoken for it, and no voice loaded.

    Lines that were spoken before are as long as they are, and of all others the length is
    estimated. A voice that is not there, or that nobody has agreed to, is no obstacle.

    Args:
        request: The session.
        folders: Where practices and voices are found, and takes are kept.
        spoken: What is known of the lengths of lines from earlier; None for nothing.
        writer_of: Gives the writer of its script.

    Raises:
        RequestError: If an answer is missing or wrong, the length cannot be had or a line cannot be
            left out; AvoidedError if it holds what is to be avoided.
        ScriptError: If the practice cannot be read or rendered.
    """
    with writer_of(request.session, Library(folders.scripts)) as writer:
        voices = _voices_for(request, writer, folders)
        lengths = spoken or SpokenLengths()
        voicing = request.voicing
        told = (voicing.voice, voicing.figure_voice, *sorted(voicing.pronounce.items()))
        voice = (*told, writer.pace.unhurried, writer.language.tag)

        estimated: set[Line] = set()

        def find_lengths(lines: Sequence[Line]) -> Mapping[Line, int]:
            found = lengths.find(lines, voices, voice) if voices else {}
            others = [line for line in lines if line not in found]
            estimated.update(others)
            return found | {line: writer.estimate_length(line) for line in others}

        check = avoided_check(request, writer, folders)
        fitted = Outline(writer, most_cues(request, folders), check).fit(find_lengths)
        unspoken = len(estimated.intersection(fitted.script.lines))
        notes = tuple(session_notes(writer, fitted))
    mixed = plan_mix(fitted.timeline, request.sounds_beside(voices.levels if voices else MEDIUM))
    lines = plan_lines(fitted.timeline, fitted.unedited, request.session.edits)
    return EstimatedPlan(request, writer.practice, fitted.script, mixed, lines, unspoken, notes)


def _voices_for(
    request: SessionRequest, writer: ScriptWriter, folders: Folders
) -> SessionVoices | None:
    """Return the voices of a session, to read what they said before; None where they are not."""
    try:
        return SessionVoices.open(
            request.voicing, writer.pace.unhurried, writer.language, folders, ignore_progress
        )
    except VoiceError:
        return None
