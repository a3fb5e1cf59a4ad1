"""A request carried through every stage, up to a timeline (a plan) or to a recording.

This is where the stages meet, and the only module that knows all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.audio import samples
from cft_audio.errors import LengthError
from cft_audio.practices import ENDING, shelf_with
from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.cues import Say
from cft_audio.script.render import practice_hash, render
from cft_audio.script.templates import Templates
from cft_audio.timeline.fit import fit
from cft_audio.timeline.pieces import lay_out
from cft_audio.timeline.place import CueLines, Guide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cft_audio.folders import Folders
    from cft_audio.practices import Shelf
    from cft_audio.request import SessionRequest
    from cft_audio.script.cues import Line, Script
    from cft_audio.script.practice import Practice
    from cft_audio.speech.clips import Clip
    from cft_audio.timeline.events import Timeline

Progress: TypeAlias = "Callable[[str, float], None]"
"""Told the stage and how much of it is done, from 0 to 1."""

CONTENT_STEPS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
"""Shares of the asked length that content is chosen for, in turn, while it does not fit. A
practice states for which length each part is meant; at a slow pace, or with a long name in it,
that much content may need more time than there is."""

MORE_CONTENT_STEPS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""The same where the content cannot be stretched to the asked length."""


@dataclass(frozen=True)
class Plan:
    """A session with everything decided and nothing yet mixed.

    Attributes:
        request: What was asked for.
        practice: The practice, as its file gives it.
        practice_sha256: SHA-256 of everything written that the practice is made from.
        timeline: Every event at its place.
        clips: The clip of each line that the timeline speaks.
    """

    request: SessionRequest
    practice: Practice
    practice_sha256: str
    timeline: Timeline
    clips: Mapping[Line, Clip]


def plan(request: SessionRequest, folders: Folders, progress: Progress) -> Plan:
    """Return the plan of ``request``: its lines are spoken, or taken from the cache.

    Raises:
        RequestError: If an answer is missing or wrong; LengthError with the possible range if
            the practice cannot be made as long as was asked.
        ScriptError: If the practice cannot be read or rendered.
        VoiceError: If the voice is not there.
        EngineError: If the engine fails on a line.
    """
    planner = _Planner(request, folders, progress)
    return planner.plan()


@dataclass(frozen=True)
class _Draft:
    script: Script
    cues: CueLines


class _Planner:
    def __init__(self, request: SessionRequest, folders: Folders, progress: Progress) -> None:
        own_file = Path(request.practice) if request.practice.endswith(ENDING) else None
        self.shelf: Shelf = shelf_with(own_file, folders.scripts)
        self.request = request
        self.folders = folders
        self.progress = progress
        self.practice = self.shelf.practice(request.practice)
        self.templates = Templates(self.shelf.folders)

    def plan(self) -> Plan:
        from cft_audio.speech.speaker import Speaker

        request = self.request
        speaker = Speaker.of(request, self.folders, self.progress)
        failures: list[LengthError] = []
        for script in self._scripts(failures):
            cues = CueLines.of(self.practice.breath_words, request.pace)
            clips = speaker.clips([*_lines(script), *cues.inhale, *cues.exhale])
            lengths = {line: len(clip.samples) for line, clip in clips.items()}
            layout = lay_out(script, lengths, request.pace, self.practice.limits)
            guide = Guide(request.pace, cues, lengths)
            try:
                timeline = fit(layout, guide, self._length)
            except LengthError as error:
                failures.append(error)
                continue
            return Plan(
                request,
                self.practice,
                practice_hash(self.practice, self.templates),
                timeline,
                clips,
            )
        raise failures[0]

    @property
    def _length(self) -> int | None:
        asked = self.request.length_s
        return None if asked is None else samples(asked)

    def _scripts(self, failures: list[LengthError]) -> Iterator[Script]:
        """Yield the script with its content chosen for the length, then with less or more."""
        wanted = self.request.length_s or self.practice.natural_s
        first = self._script(wanted)
        yield first
        seen = {first}
        for share in CONTENT_STEPS if failures[0].too_short else MORE_CONTENT_STEPS:
            script = self._script(wanted * share)
            if script not in seen:
                seen.add(script)
                yield script

    def _script(self, content_s: float) -> Script:
        request = self.request
        inhale, hold, exhale, rest = request.pace.phases(request.pace.breaths_per_minute)
        pace = PaceInScript(
            request.pace.breaths_per_minute, round(inhale), round(hold), round(exhale), round(rest)
        )
        values = context(
            self.practice,
            request.answers,
            lambda answer: self.shelf.figure(answer, request.figure_pronouns),
            Setting(pace, content_s / 60, self.request.adaptations, self.request.seed),
        )
        return render(self.practice, self.templates, values)


def _lines(script: Script) -> list[Line]:
    return [cue.line for section in script.sections for cue in section.cues if isinstance(cue, Say)]
