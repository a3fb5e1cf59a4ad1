"""A script laid out as pieces: what has a fixed length, and how far the rest may stretch.

Off the breath grid, elastic pauses and the gaps between paragraphs stretch by the sample. On
it, from a chapter's first breathe cue to its last, the tone goes on without a break and
everything takes whole breaths, so that each paragraph begins on a breath.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.script.cues import (
    CHIME_S,
    PAUSE_S,
    BreathCues,
    Breathe,
    Chime,
    Cue,
    ElasticBreathe,
    ElasticPause,
    Line,
    Pause,
    Quiet,
    Say,
    Script,
)
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.script.practice import Limits
    from cft_audio.timeline.pace import Pace

PAUSE_SHORTEST = 2.0
"""Seconds below which no elastic pause shrinks that has no floor of its own; less is heard as a gap
between sentences."""

GAP_SHORTEST, GAP_NATURAL, GAP_LONGEST = 1.2, 2.0, 4.0
"""Seconds between two paragraphs; the shortest is still longer than between sentences."""

BREATHS_FEWEST, BREATHS_NATURAL = 3, 8
"""Breaths of an elastic breathe cue: fewer than three are over before they are felt."""

LEAD_IN = 1.5
"""Seconds before the first cue, for the bed to come up."""

TAIL_SHORTEST, TAIL_NATURAL = 4.0, 5.0
"""Seconds after the last cue, for the bed and the chime to fade. The tail grows by a breath at
most, so that there is no length between two whole breaths that could not be met."""


BREATH_BEFORE_CUE = 0.5
"""Seconds of quiet between narration on the tone and the next spoken cue, at least."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Speech:
    """A line of ``length`` samples."""

    chapter: int
    line: Line
    length: int


@dataclass(frozen=True)
class Silence:
    """A pause off the breath grid, in samples: fixed where all three lengths are equal.

    ``elastic`` tells a pause that is fitted from a fixed one, and from a gap that only parts two
    paragraphs. ``last`` tells the quiet at the end, whose lengths follow from the session's
    (``quiet``) and are 0 until then.
    """

    chapter: int
    shortest: int
    natural: int
    longest: int
    elastic: bool
    last: bool = False


@dataclass(frozen=True)
class Rest:
    """A fixed pause on the breath grid: at least ``length`` samples, then to the next breath."""

    chapter: int
    length: int


@dataclass(frozen=True)
class Breaths:
    """Whole breaths on the grid: fixed where all three numbers are equal.

    ``guided`` tells breaths with spoken cues from an elastic pause that lasts whole breaths, and
    ``last`` the quiet at the end, likewise.
    """

    chapter: int
    fewest: int
    natural: float
    most: int
    guided: bool
    last: bool = False


@dataclass(frozen=True)
class ChimePiece:
    """A chime."""

    chapter: int
    length: int
    soft: bool


OffGrid: TypeAlias = Speech | Silence | ChimePiece
OnGrid: TypeAlias = Speech | Rest | Breaths | ChimePiece


@dataclass(frozen=True)
class BreathRun:
    """Pieces on which the breathing tone goes on without a break, from breaths to breaths."""

    pieces: tuple[OnGrid, ...]


@dataclass(frozen=True)
class Layout:
    """A session as pieces in order.

    Attributes:
        titles: The titles of its chapters.
        pieces: What it consists of, in order.
        breath_cues: What is said on the turns of its guided breaths.
        pace: How it breathes.
        lengths: The samples of each line's clip.
    """

    titles: tuple[str, ...]
    pieces: tuple[OffGrid | BreathRun, ...]
    breath_cues: BreathCues
    pace: Pace
    lengths: Mapping[Line, int]

    @cached_property
    def quiet(self) -> Silence | Breaths | None:
        """The quiet at its end, if it has one."""
        elastic: tuple[Silence | Breaths, ...] = (*self.silences, *self.breaths)
        return next((piece for piece in elastic if piece.last), None)

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """The silences off the grid, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Silence))

    @cached_property
    def breaths(self) -> tuple[Breaths, ...]:
        """The breaths of every breath run, in order."""
        runs = (run.pieces for run in self.pieces if isinstance(run, BreathRun))
        return tuple(piece for piece in chain(*runs) if isinstance(piece, Breaths))


def lay_out(script: Script, lengths: Mapping[Line, int], pace: Pace, limits: Limits) -> Layout:
    """Return ``script`` as pieces; a section with nothing in it is no chapter.

    Args:
        script: The script.
        lengths: The samples of each line's clip; a length of 0 leaves the line out.
        pace: How breaths and pauses are paced.
        limits: How far the elastic parts stretch.
    """
    builder = _Builder(lengths, pace, limits)
    pieces: list[OffGrid | BreathRun] = [_silence(0, LEAD_IN, LEAD_IN, LEAD_IN)]
    chapters = [
        (section.title, _merge_pauses(cues))
        for section in script.sections
        if (cues := [c for c in section.cues if not (isinstance(c, Say) and not lengths[c.line])])
    ] or [(section.title, []) for section in script.sections[:1]]
    for chapter, (_, cues) in enumerate(chapters):
        at = [i for i, cue in enumerate(cues) if _is_breathed(cue)]
        first, last = (at[0], at[-1] + 1) if at else (len(cues), len(cues))
        pieces += [builder.off_grid(chapter, cue) for cue in cues[:first]]
        if at:
            pieces.append(BreathRun(tuple(builder.on_grid(chapter, c) for c in cues[first:last])))
        pieces += [builder.off_grid(chapter, cue) for cue in cues[last:]]
    pieces.append(builder.tail(max(0, len(chapters) - 1)))
    titles = tuple(title for title, _ in chapters)
    return Layout(titles, builder.with_gaps(pieces), script.breath_cues, pace, lengths)


@dataclass(frozen=True)
class _Builder:
    lengths: Mapping[Line, int]
    pace: Pace
    limits: Limits

    def off_grid(self, chapter: int, cue: Cue) -> OffGrid:
        match cue:
            case Pause(seconds):
                return _silence(chapter, seconds, seconds, seconds)
            case ElasticPause():
                natural, longest = self._natural_and_longest(cue)
                shortest = min(max(cue.least or PAUSE_SHORTEST, natural / 3), longest)
                elastic = shortest < longest
                return _silence(chapter, shortest, max(natural, shortest), longest, elastic=elastic)
            case Quiet():
                return replace(_silence(chapter, 0, 0, 0, elastic=True), last=True)
        return self._sounding(chapter, cue)

    def on_grid(self, chapter: int, cue: Cue) -> OnGrid:
        match cue:
            case Pause(seconds):
                return Rest(chapter, samples(seconds))
            case ElasticPause(_, least):
                breath = 60 / self.pace.breaths_per_minute
                quickest = 60 / max(self.pace.breaths_per_minute, self.pace.first_rate)
                fewest = max(1, math.ceil((least - BREATH_BEFORE_CUE) / quickest - _ROUNDING))
                natural, longest = (length / breath for length in self._natural_and_longest(cue))
                most = max(fewest, int(longest))
                usual = min(max(fewest, natural), most)
                return Breaths(chapter, fewest, usual, most, guided=False)
            case Quiet():
                return Breaths(chapter, 0, 0, 0, guided=False, last=True)
            case Breathe(count):
                return Breaths(chapter, count, count, count, guided=True)
            case ElasticBreathe():
                most = int(self.limits.breathing * self.pace.breaths_per_minute / 60)
                most = max(most, BREATHS_FEWEST)
                usual = min(BREATHS_NATURAL, most)
                return Breaths(chapter, BREATHS_FEWEST, usual, most, guided=True)
        return self._sounding(chapter, cue)

    def _natural_and_longest(self, pause: ElasticPause) -> tuple[float, float]:
        """Return the seconds of a pause at its natural length, and at its longest.

        What is unhurried makes it longer, and nothing makes it shorter than it is at least.
        """
        longest = max(pause.most or self.limits.silence, pause.least)
        natural = max(PAUSE_S * pause.weight, pause.least) * self.pace.unhurried
        return max(pause.least, min(natural, longest)), longest

    def _sounding(self, chapter: int, cue: Cue) -> Speech | ChimePiece:
        if isinstance(cue, Say):
            return Speech(chapter, cue.line, self.lengths[cue.line])
        is_soft = isinstance(cue, Chime) and cue.soft
        return ChimePiece(chapter, samples(CHIME_S), is_soft)

    def tail(self, chapter: int) -> Silence:
        longest = TAIL_SHORTEST + 60 / self.pace.breaths_per_minute
        return _silence(chapter, TAIL_SHORTEST, TAIL_NATURAL, longest)

    def with_gaps(self, pieces: Sequence[OffGrid | BreathRun]) -> tuple[OffGrid | BreathRun, ...]:
        """Return ``pieces`` with a gap wherever speech meets speech or a breath."""
        parted = list(pieces[:1])
        natural, longest = (gap * self.pace.unhurried for gap in (GAP_NATURAL, GAP_LONGEST))
        for last, piece in pairwise(pieces):
            if isinstance(last, Speech | BreathRun) and not isinstance(piece, Silence):
                chapter = last.pieces[0].chapter if isinstance(last, BreathRun) else last.chapter
                parted.append(_silence(chapter, GAP_SHORTEST, natural, longest))
            parted.append(piece)
        return tuple(parted)


def _silence(
    chapter: int, shortest: float, natural: float, longest: float, *, elastic: bool = False
) -> Silence:
    return Silence(chapter, samples(shortest), samples(natural), samples(longest), elastic)


def _is_breathed(cue: Cue) -> bool:
    """Return whether the breathing tone sounds during a cue whatever stands around it."""
    return isinstance(cue, Breathe | ElasticBreathe) or cue == Quiet(breathing=True)


def _merge_pauses(cues: Sequence[Cue]) -> list[Cue]:
    """Return ``cues`` with neighbouring elastic pauses as one, so that one limit holds for both.

    One that has a limit of its own stays by itself.
    """
    merged: list[Cue] = []
    for cue in cues:
        last = merged[-1] if merged else None
        match last, cue:
            case ElasticPause(weight, least, 0.0), ElasticPause(more, further, 0.0):
                merged[-1] = ElasticPause(weight + more, least + further)
            case _:
                merged.append(cue)
    return merged
