"""A script laid out as pieces: what has a fixed length, and how far the rest may stretch.

Off the breath grid, elastic pauses and the gaps between paragraphs stretch by the sample. On
it, from a chapter's first breathe cue to its last, the tone goes on without a break and
everything takes whole breaths, so that each paragraph begins on a breath.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.script.cues import (
    CHIME_S,
    PAUSE_S,
    STROKE_S,
    Breathe,
    Chime,
    Cue,
    ElasticBreathe,
    ElasticPause,
    LongerRest,
    Pause,
    Quiet,
    Say,
)
from cft_audio.signal.audio import samples
from cft_audio.timeline.pieces import (
    BREATH_BEFORE_CUE,
    BreathRun,
    Breaths,
    ChimePiece,
    Layout,
    Rest,
    Silence,
    Speech,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.script.cues import Line, Script
    from cft_audio.script.practice import Limits
    from cft_audio.timeline.pace import Pace
    from cft_audio.timeline.pieces import OffGrid, OnGrid

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

_ROUNDING = 1e-9


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
    parted = builder.with_gaps(pieces)
    return Layout(titles, parted, script.breath_cues, pace, lengths)


@dataclass(frozen=True)
class _Builder:
    lengths: Mapping[Line, int]
    pace: Pace
    limits: Limits

    def off_grid(self, chapter: int, cue: Cue) -> OffGrid:
        match cue:
            case Pause(seconds):
                return _silence(chapter, seconds, seconds, seconds)
            case LongerRest(seconds):
                return replace(_silence(chapter, seconds, seconds, seconds), longer=True)
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
            case Pause(seconds) | LongerRest(seconds):
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
            return Speech(chapter, cue.line, self.lengths[cue.line], cue.id)
        chime = cue if isinstance(cue, Chime) else Chime()
        length = samples(CHIME_S + STROKE_S * (chime.strokes - 1))
        return ChimePiece(chapter, length, chime.soft, chime.strokes)

    def tail(self, chapter: int) -> Silence:
        longest = TAIL_SHORTEST + 60 / self.pace.breaths_per_minute
        return _silence(chapter, TAIL_SHORTEST, TAIL_NATURAL, longest)

    def with_gaps(self, pieces: Sequence[OffGrid | BreathRun]) -> tuple[OffGrid | BreathRun, ...]:
        """Return ``pieces`` with a gap wherever speech meets speech or a breath.

        What is added to a silence stands behind the gap.
        """
        parted, last = list(pieces[:1]), pieces[0]
        added: list[OffGrid | BreathRun] = []
        natural, longest = (gap * self.pace.unhurried for gap in (GAP_NATURAL, GAP_LONGEST))
        for piece in pieces[1:]:
            if isinstance(piece, Silence) and piece.longer:
                added.append(piece)
                continue
            if isinstance(last, Speech | BreathRun) and not isinstance(piece, Silence):
                chapter = last.pieces[0].chapter if isinstance(last, BreathRun) else last.chapter
                parted.append(_silence(chapter, GAP_SHORTEST, natural, longest))
            parted += [*added, piece]
            added, last = [], piece
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
