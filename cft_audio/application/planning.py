"""A request carried through every stage, up to a timeline (a plan) or to a recording.

This is where the stages meet, and the only module that knows all of them.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import LengthError
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.render import practice_hash, render
from cft_audio.script.templates import Templates
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.estimate import estimate_length
from cft_audio.timeline.fit import Range, fit, possible_range
from cft_audio.timeline.pieces import lay_out
from cft_audio.timeline.place import Guide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.script.cues import Line, Script
    from cft_audio.script.practice import Practice
    from cft_audio.speech.takes.clips import Clip
    from cft_audio.speech.text.warnings import Doubt
    from cft_audio.timeline.events import Timeline

Progress: TypeAlias = "Callable[[str, float], None]"
"""Told the stage and how much of it is done, from 0 to 1."""

Warn: TypeAlias = "Callable[[Sequence[Doubt]], None]"
"""Told the words that the voice may get wrong, before it says them."""

LESS, MORE = 0.25, 2.0
"""How much less or more content than its thresholds name a session may take, as factors on its
length: a practice states roughly how long each part is meant for, and what it comes to depends
on the pace, the voice and the names in it."""

_EXTREMES = (1.0, 36_000.0)
"""Seconds of content that are less and more than any practice has."""

_ESTIMATE_ERROR = 0.03
"""How far an estimated length of a whole session may be off, as a share; measured: under 2 %."""

_HALVINGS = 5
"""Steps of the search between them: it ends within 7 % of the best amount of content."""


@dataclass(frozen=True)
class Plan:
    """A session with everything decided and nothing yet mixed.

    Attributes:
        request: What was asked for.
        practice: The practice, as its file gives it.
        practice_sha256: SHA-256 of everything written that the practice is made from.
        timeline: Every event at its place.
        clips: The clip of each line that the timeline speaks.
        doubts: The words of these lines that the voice may get wrong.
    """

    request: SessionRequest
    practice: Practice
    practice_sha256: str
    timeline: Timeline
    clips: Mapping[Line, Clip]
    doubts: tuple[Doubt, ...]


def _unheard(doubts: Sequence[Doubt]) -> None:
    """Take note of doubts nowhere."""


def plan(
    request: SessionRequest, folders: Folders, progress: Progress, warn: Warn = _unheard
) -> Plan:
    """Return the plan of ``request``: its lines are spoken, or taken from the cache.

    Raises:
        RequestError: If an answer is missing or wrong; LengthError with the possible range if
            the practice cannot be made as long as was asked.
        ScriptError: If the practice cannot be read or rendered.
        VoiceError: If the voice is not there.
        EngineError: If the engine fails on a line.
    """
    from cft_audio.speech.takes.cast import Cast

    planner = _Planner(request, folders)
    cast = Cast.of(request, folders, progress)
    spoken: dict[Line, Clip] = {}

    def lengths(lines: Sequence[Line]) -> dict[Line, int]:
        warn(cast.doubts(lines))
        spoken.clear()
        spoken.update(cast.clips(lines))
        return {line: len(clip) for line, clip in spoken.items()}

    timeline = planner.timeline(lengths)
    digest = practice_hash(planner.practice, planner.templates)
    doubts = tuple(cast.doubts(spoken))
    return Plan(request, planner.practice, digest, timeline, spoken, doubts)


def outline(
    request: SessionRequest,
    folders: Folders,
    lengths: Callable[[Sequence[Line]], Mapping[Line, int]],
) -> Timeline:
    """Return the timeline of ``request`` for clips that nobody has to speak.

    Args:
        request: The session.
        folders: Where its practice is found.
        lengths: Gives the length in samples of each line's clip.

    Raises:
        RequestError: As ``plan``.
        ScriptError: As ``plan``.
    """
    return _Planner(request, folders).timeline(lengths)


def made_from(request: SessionRequest, folders: Folders) -> str:
    """Return a SHA-256, in hex, of what the recording of ``request`` follows from.

    That is the request but for its date, its practice with its partials, and its figures. A
    voice's profile and a sound file for the bed count by name alone.

    Raises:
        RequestError: If there is no such practice.
        ScriptError: If the practice or a figure cannot be read.
    """
    planner = _Planner(request, folders)
    figures = [
        find_figure(request.answers[slot.name], planner.library, request.figure_pronouns)
        for slot in planner.practice.slots.values()
        if slot.type == "figure" and slot.name in request.answers
    ]
    timeless = replace(
        request,
        answers=dict(sorted(request.answers.items())),
        pronounce=dict(sorted(request.pronounce.items())),
        allow_online=False,
        made_on=None,
    )
    digest = practice_hash(planner.practice, planner.templates)
    return hashlib.sha256(repr((digest, figures, timeless)).encode()).hexdigest()


class _Planner:
    def __init__(self, request: SessionRequest, folders: Folders) -> None:
        file = Library(folders.scripts).open(request.practice)
        self.library = file.library
        self.request = request
        self.practice = file.practice()
        self.templates = _templates(self.library.folders)
        self.pace = request.adapted_pace
        self.limits = request.adapted_limits(self.practice.limits)

    def timeline(self, lengths_of: Callable[[Sequence[Line]], Mapping[Line, int]]) -> Timeline:
        failures: list[LengthError] = []
        for script in self._scripts(failures):
            lengths = lengths_of(script.lines)
            try:
                return self._timeline(script, lengths, self.request.length_s)
            except LengthError as error:
                failures.append(error)
        raise self._impossible(failures[0])

    def _impossible(self, failure: LengthError) -> LengthError:
        """Return the error that names the range of this practice, whatever its content."""
        if not failure.out_of_range:
            return failure
        least, most = (self._possible(self._script(content)) for content in _EXTREMES)
        # Estimated, so a little inside: what is offered has to hold.
        shortest = samples(math.ceil(seconds(least.shortest) * (1 + _ESTIMATE_ERROR)))
        longest = samples(math.floor(seconds(most.longest) * (1 - _ESTIMATE_ERROR)))
        remedy = f"Ask for a length from {Range(shortest, longest)}"
        return LengthError(failure.message, remedy=remedy, too_short=failure.too_short)

    def _possible(self, script: Script) -> Range:
        lengths = self._estimated(script)
        layout = lay_out(script, lengths, self.pace, self.limits)
        return possible_range(layout, Guide(self.pace, lengths))

    def _estimated(self, script: Script) -> dict[Line, int]:
        unhurried = self.pace.unhurried
        return {line: estimate_length(line, unhurried) for line in script.lines}

    def _timeline(
        self, script: Script, lengths: Mapping[Line, int], length_s: float | None
    ) -> Timeline:
        layout = lay_out(script, lengths, self.pace, self.limits)
        guide = Guide(self.pace, lengths)
        return fit(layout, guide, None if length_s is None else samples(length_s))

    def _scripts(self, failures: list[LengthError]) -> Iterator[Script]:
        """Yield the script that comes nearest to the length by itself, then others.

        The others, with less or more to say, are for a length that the first cannot be stretched
        to, whose own error is the last of ``failures``.
        """
        wanted = self.request.length_s or self.practice.natural_s
        less, more = self._around(wanted)
        scripts = sorted({less, more}, key=lambda content: self._misfit(content, wanted))
        seen: set[Script] = set()
        for content in scripts:
            script = self._script(content)
            if script not in seen:
                seen.add(script)
                yield script
        steps = (0.8, 0.6, 0.4, 0.25) if failures[0].too_short else (1.25, 1.6, 2.0)
        for step in steps:
            script = self._script(scripts[0] * step)
            if script not in seen:
                seen.add(script)
                yield script

    def _around(self, wanted: float) -> tuple[float, float]:
        """Return amounts of content, in seconds, just below and above what takes ``wanted``."""
        low, high = wanted * LESS, wanted * MORE
        for _ in range(_HALVINGS):
            middle = math.sqrt(low * high)
            if self._natural(middle) <= wanted:
                low = middle
            else:
                high = middle
        return low, high

    def _misfit(self, content_s: float, wanted: float) -> float:
        return abs(math.log(self._natural(content_s) / wanted))

    @cache  # noqa: B019 -- a planner lives as long as its one plan
    def _natural(self, content_s: float) -> float:
        """Return about how many seconds the script takes when nothing in it is stretched."""
        script = self._script(content_s)
        return seconds(self._timeline(script, self._estimated(script), None).length)

    def _script(self, content_s: float) -> Script:
        request = self.request
        rate = self.pace.breaths_per_minute
        inhale, hold, exhale, rest = self.pace.phases(rate)
        pace = PaceInScript(rate, round(inhale), round(hold), round(exhale), round(rest))
        setting = Setting(
            pace=pace,
            minutes=content_s / 60,
            lasts=(request.length_s or self.practice.natural_s) / 60,
            adaptations=request.adaptations,
            seed=request.seed,
        )
        values = context(
            self.practice,
            request.answers,
            lambda answer: find_figure(answer, self.library, request.figure_pronouns),
            setting,
        )
        return render(self.practice, self.templates, values, self.pace.quickest_phases)


@lru_cache(maxsize=4)
def _templates(folders: tuple[Path, ...]) -> Templates:
    """Return the templates of ``folders``, read again where their files have changed."""
    return Templates(folders)
