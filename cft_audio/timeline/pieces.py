"""A script laid out as pieces: what has a fixed length, and how far the rest may stretch.

Off the breath grid, elastic pauses and the gaps between paragraphs stretch by the sample. On
it, from a chapter's first breathe cue to its last, the tone goes on without a break and
everything takes whole breaths, so that each paragraph begins on a breath.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.script.cues import (
    Breathe,
    Chime,
    Cue,
    ElasticBreathe,
    ElasticPause,
    Line,
    Pause,
    Say,
    Script,
)
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.script.breath_cues import BreathCues
    from cft_audio.script.practice import Limits
    from cft_audio.timeline.pace import Pace

PAUSE_NATURAL = 6.0
"""Seconds of an elastic pause of weight 1 at its natural length: a breath at a gentle pace is
10 s, and a silence shorter than half of one is heard as hesitation rather than as space."""

PAUSE_SHORTEST = 2.0
"""Seconds below which no elastic pause shrinks; less is heard as a gap between sentences."""

GAP_SHORTEST, GAP_NATURAL, GAP_LONGEST = 1.2, 2.0, 4.0
"""Seconds between two paragraphs; the shortest is still longer than between sentences."""

BREATHS_FEWEST, BREATHS_NATURAL = 3, 8
"""Breaths of an elastic breathe cue: fewer than three are over before they are felt."""

LEAD_IN = 1.5
"""Seconds before the first cue, for the bed to come up."""

TAIL_SHORTEST, TAIL_NATURAL = 4.0, 5.0
"""Seconds after the last cue, for the bed and the chime to fade. The tail grows by a breath at
most, so that there is no length between two whole breaths that could not be met."""

CHIME = 5.0
"""Seconds the session waits for a chime; it rings on under what follows."""


@dataclass(frozen=True)
class Speech:
    """A line of ``length`` samples."""

    chapter: int
    line: Line
    length: int


@dataclass(frozen=True)
class Silence:
    """A pause off the breath grid, in samples: fixed where all three lengths are equal.

    ``asked`` tells a pause of the script from a gap that only parts two paragraphs.
    """

    chapter: int
    shortest: int
    natural: int
    longest: int
    asked: bool


@dataclass(frozen=True)
class Rest:
    """A fixed pause on the breath grid: at least ``length`` samples, then to the next breath."""

    chapter: int
    length: int


@dataclass(frozen=True)
class Breaths:
    """Whole breaths on the grid: fixed where all three numbers are equal.

    ``guided`` tells breaths with spoken cues from an elastic pause that lasts whole breaths.
    """

    chapter: int
    fewest: int
    natural: float
    most: int
    guided: bool


@dataclass(frozen=True)
class ChimePiece:
    """A chime."""

    chapter: int
    length: int


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
    """

    titles: tuple[str, ...]
    pieces: tuple[OffGrid | BreathRun, ...]
    breath_cues: BreathCues

    @property
    def silences(self) -> tuple[Silence, ...]:
        """The silences off the grid, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Silence))

    @property
    def breaths(self) -> tuple[Breaths, ...]:
        """The breaths of every breath run, in order."""
        return tuple(
            piece
            for run in self.pieces
            if isinstance(run, BreathRun)
            for piece in run.pieces
            if isinstance(piece, Breaths)
        )


def lay_out(script: Script, lengths: Mapping[Line, int], pace: Pace, limits: Limits) -> Layout:
    """Return ``script`` as pieces; a section with nothing in it is no chapter.

    Args:
        script: The script.
        lengths: The samples of each line's clip; a length of 0 leaves the line out.
        pace: How breaths and pauses are paced.
        limits: How far the elastic parts stretch.
    """
    builder = _Builder(lengths, pace, limits)
    pieces: list[OffGrid | BreathRun] = [_fixed_silence(0, LEAD_IN)]
    chapters = [
        (section.title, cues)
        for section in script.sections
        if (cues := [cue for cue in section.cues if not _is_mute(cue, lengths)])
    ] or [(section.title, []) for section in script.sections[:1]]
    for chapter, (_, cues) in enumerate(chapters):
        at = [i for i, cue in enumerate(cues) if isinstance(cue, Breathe | ElasticBreathe)]
        first, last = (at[0], at[-1] + 1) if at else (len(cues), len(cues))
        pieces += builder.off_grid(chapter, _merge_pauses(cues[:first]))
        if at:
            pieces.append(BreathRun(builder.on_grid(chapter, _merge_pauses(cues[first:last]))))
        pieces += builder.off_grid(chapter, _merge_pauses(cues[last:]))
    pieces.append(builder.tail(max(0, len(chapters) - 1)))
    titles = tuple(title for title, _ in chapters)
    return Layout(titles, tuple(builder.with_gaps(pieces)), script.breath_cues)


@dataclass(frozen=True)
class _Builder:
    lengths: Mapping[Line, int]
    pace: Pace
    limits: Limits

    def off_grid(self, chapter: int, cues: Sequence[Cue]) -> list[OffGrid | BreathRun]:
        pieces: list[OffGrid | BreathRun] = []
        for cue in cues:
            match cue:
                case Say(line):
                    pieces.append(Speech(chapter, line, self.lengths[line]))
                case Pause(seconds):
                    pieces.append(_fixed_silence(chapter, seconds))
                case ElasticPause(weight):
                    pieces.append(self._elastic_silence(chapter, weight))
                case Chime():
                    pieces.append(ChimePiece(chapter, samples(CHIME)))
        return pieces

    def on_grid(self, chapter: int, cues: Sequence[Cue]) -> tuple[OnGrid, ...]:
        pieces: list[OnGrid] = []
        for cue in cues:
            match cue:
                case Say(line):
                    pieces.append(Speech(chapter, line, self.lengths[line]))
                case Pause(seconds):
                    pieces.append(Rest(chapter, samples(seconds)))
                case ElasticPause(weight):
                    pieces.append(self._silent_breaths(chapter, weight))
                case Breathe(count):
                    pieces.append(Breaths(chapter, count, count, count, guided=True))
                case ElasticBreathe():
                    pieces.append(self._guided_breaths(chapter))
                case Chime():
                    pieces.append(ChimePiece(chapter, samples(CHIME)))
        return tuple(pieces)

    def tail(self, chapter: int) -> Silence:
        breath = 60 / self.pace.breaths_per_minute
        return Silence(
            chapter,
            samples(TAIL_SHORTEST),
            samples(TAIL_NATURAL),
            samples(TAIL_SHORTEST + breath),
            asked=False,
        )

    def with_gaps(self, pieces: Sequence[OffGrid | BreathRun]) -> list[OffGrid | BreathRun]:
        """Return ``pieces`` with a gap wherever speech meets speech or a breath."""
        parted: list[OffGrid | BreathRun] = []
        for piece in pieces:
            last = parted[-1] if parted else None
            if isinstance(last, Speech | BreathRun) and not isinstance(piece, Silence):
                parted.append(self._gap(_chapter(last)))
            parted.append(piece)
        return parted

    def _gap(self, chapter: int) -> Silence:
        unhurried = self.pace.unhurried
        return Silence(
            chapter,
            samples(GAP_SHORTEST),
            samples(GAP_NATURAL * unhurried),
            samples(GAP_LONGEST * unhurried),
            asked=False,
        )

    def _elastic_silence(self, chapter: int, weight: float) -> Silence:
        natural = min(PAUSE_NATURAL * weight * self.pace.unhurried, self.limits.silence)
        shortest = min(max(PAUSE_SHORTEST, natural / 3), self.limits.silence)
        return Silence(
            chapter,
            samples(shortest),
            samples(max(natural, shortest)),
            samples(self.limits.silence),
            asked=True,
        )

    def _silent_breaths(self, chapter: int, weight: float) -> Breaths:
        breath = 60 / self.pace.breaths_per_minute
        most = max(1, int(self.limits.silence / breath))
        natural = PAUSE_NATURAL * weight * self.pace.unhurried / breath
        return Breaths(chapter, 1, min(max(1.0, natural), most), most, guided=False)

    def _guided_breaths(self, chapter: int) -> Breaths:
        most = int(self.limits.breathing * self.pace.breaths_per_minute / 60)
        most = max(most, BREATHS_FEWEST)
        return Breaths(chapter, BREATHS_FEWEST, min(BREATHS_NATURAL, most), most, guided=True)


def _fixed_silence(chapter: int, seconds: float) -> Silence:
    length = samples(seconds)
    return Silence(chapter, length, length, length, asked=True)


def _chapter(piece: OffGrid | BreathRun) -> int:
    return piece.pieces[0].chapter if isinstance(piece, BreathRun) else piece.chapter


def _is_mute(cue: Cue, lengths: Mapping[Line, int]) -> bool:
    return isinstance(cue, Say) and lengths[cue.line] == 0


def _merge_pauses(cues: Sequence[Cue]) -> list[Cue]:
    """Return ``cues`` with neighbouring elastic pauses as one, so that one limit holds for both."""
    merged: list[Cue] = []
    for cue in cues:
        last = merged[-1] if merged else None
        if isinstance(cue, ElasticPause) and isinstance(last, ElasticPause):
            merged[-1] = ElasticPause(last.weight + cue.weight)
        else:
            merged.append(cue)
    return merged
