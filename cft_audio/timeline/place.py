"""Every piece put at its sample, once how far each one stretches is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import (
    Breath,
    BreatheEvent,
    Chapter,
    ChimeEvent,
    Event,
    PauseEvent,
    Placed,
    SayEvent,
    Timeline,
)
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
    from collections.abc import Iterator, Sequence

    from cft_audio.timeline.pace import Pace

CUE_FADE_DB = (0.0, 0.0, -3.0, -6.0)
"""Level of the spoken cues on each breath of a run; after the last, the tone guides alone."""


@dataclass
class _Placer:
    """What of a layout has its place by now.

    Attributes:
        layout: What is placed.
        pace: How it breathes.
        position: The next free sample.
        elapsed: Samples of guided breathing so far.
        spoken_for: Breaths with spoken cues so far.
        breaths: The breaths so far, in order.
        events: The events so far, in order.
    """

    layout: Layout
    pace: Pace
    position: int = 0
    elapsed: int = 0
    spoken_for: int = 0
    breaths: list[Breath] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def lay(self, run: BreathRun, counts: Iterator[int]) -> None:
        """Lay a run on the breath grid, with as many breaths for each of its cues as is said."""
        for piece in run.pieces:
            if isinstance(piece, Breaths):
                self._breathe(piece, next(counts))
            else:
                self._put(piece)

    def _breathe(self, piece: Breaths, count: int) -> None:
        start = self.position
        breaths = [self._take() for _ in range(count)]
        length = self.position - start
        if piece.guided:
            self.events.append(BreatheEvent(start, length, piece.chapter, self._cues_on(breaths)))
        else:
            self.events.append(PauseEvent(start, length, piece.chapter, elastic=True))

    def _cues_on(self, breaths: Sequence[Breath]) -> tuple[Placed, ...]:
        """Return the spoken cues of a run of breaths, each on its turn and fading away."""
        cues, lengths = self.layout.breath_cues, self.layout.lengths
        placed: list[Placed] = []
        for breath, gain in zip(breaths, CUE_FADE_DB, strict=False):
            for lines, start, room in (
                (cues.inhale, breath.start, breath.inhale),
                (cues.exhale, breath.exhale_start, breath.exhale),
            ):
                if not lines:
                    continue
                line = lines[self.spoken_for % len(lines)]
                if 0 < lengths[line] <= room:
                    placed.append(Placed(line, start, lengths[line], gain))
            self.spoken_for += 1
        return tuple(placed)

    def _put(self, piece: Speech | Rest | ChimePiece) -> None:
        """Put a piece on a breath, and silence after it up to another breath."""
        start = self.position
        quiet = samples(BREATH_BEFORE_CUE) if isinstance(piece, Speech) else 0
        while self.position < start + piece.length + quiet:
            self._take()
        silent_from = start
        if not isinstance(piece, Rest):
            self.events.append(_event_of(piece, start))
            silent_from += piece.length
        if rest := self.position - silent_from:
            self.events.append(PauseEvent(silent_from, rest, piece.chapter, elastic=False))

    def _take(self) -> Breath:
        breath = self.pace.breath(self.position, self.elapsed)
        self.position += breath.length
        self.elapsed += breath.length
        self.breaths.append(breath)
        return breath


def grid_length(layout: Layout, counts: Sequence[int]) -> int:
    """Return the samples that all breath runs of ``layout`` take with ``counts`` breaths."""
    return _lay_breaths(layout, counts).elapsed


def _lay_breaths(layout: Layout, counts: Sequence[int]) -> _Placer:
    """Return all breath runs of ``layout`` laid, with ``counts`` breaths, at the pace they have.

    A session that guides less than its pace takes to settle eases by as much sooner, so that its
    last breath is one of the pace that was asked for.
    """
    pace = layout.pace
    while True:
        placer, chosen = _Placer(layout, pace), iter(counts)
        for piece in layout.pieces:
            if isinstance(piece, BreathRun):
                placer.lay(piece, chosen)
        last = placer.elapsed - placer.breaths[-1].length if placer.breaths else 0
        if not placer.breaths or last >= samples(pace.ease_minutes * 60):
            return placer
        pace = replace(pace, ease_minutes=seconds(last) / 60)


def place(layout: Layout, counts: Sequence[int], silences: Sequence[int]) -> Timeline:
    """Return the timeline of ``layout``.

    Args:
        layout: The session as pieces.
        counts: Breaths of each of ``layout.breaths``.
        silences: Samples of each of ``layout.silences``.
    """
    placer = _Placer(layout, _lay_breaths(layout, counts).pace)
    chosen, lengths = iter(counts), iter(silences)
    events = placer.events
    for piece in layout.pieces:
        match piece:
            case BreathRun():
                placer.lay(piece, chosen)
            case Silence():
                if length := next(lengths):
                    events.append(PauseEvent(placer.position, length, piece.chapter, piece.elastic))
                placer.position += length
            case Speech() | ChimePiece():
                events.append(_event_of(piece, placer.position))
                placer.position += piece.length
    # Backwards, so that the first event of a chapter is the one that stays.
    starts = {event.chapter: event.start for event in reversed(events)}
    chapters = tuple(Chapter(title, starts[index]) for index, title in enumerate(layout.titles))
    return Timeline(placer.position, chapters, tuple(events), tuple(placer.breaths))


def _event_of(piece: Speech | ChimePiece, start: int) -> SayEvent | ChimeEvent:
    if isinstance(piece, Speech):
        return SayEvent(start, piece.length, piece.chapter, piece.line, piece.id)
    return ChimeEvent(start, piece.length, piece.chapter, piece.soft, piece.strokes)
