"""Every piece put at its sample, once how far each one stretches is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from cft_audio.signal.audio import samples
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
from cft_audio.timeline.pieces import Breaths, Layout, Rest, Silence, Spoken, Stretch, Struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.script.breath_cues import BreathCues
    from cft_audio.script.cues import Line
    from cft_audio.timeline.pace import Pace

CUE_FADE_DB = (0.0, 0.0, -3.0, -6.0)
"""Level of the spoken cues on each breath of a run; after the last, the tone guides alone."""

BREATH_BEFORE_CUE = 0.5
"""Seconds of quiet between narration on the tone and the next spoken cue, at least."""


@dataclass(frozen=True)
class Guide:
    """What breaths are guided by: the pace, and how many samples each line's clip has."""

    pace: Pace
    lengths: Mapping[Line, int]

    def place_cues(self, cues: BreathCues, breaths: Sequence[Breath]) -> tuple[Placed, ...]:
        """Return the spoken cues of a run of breaths, each on its turn and fading away."""
        placed: list[Placed] = []
        for index, (breath, gain) in enumerate(zip(breaths, CUE_FADE_DB, strict=False)):
            for lines, start, room in (
                (cues.inhale, breath.start, breath.inhale),
                (cues.exhale, breath.exhale_start, breath.exhale),
            ):
                line = lines[min(index, len(lines) - 1)]
                if 0 < self.lengths[line] <= room:
                    placed.append(Placed(line, start, self.lengths[line], gain))
        return tuple(placed)


@dataclass
class _Grid:
    """One stretch while it is laid on the breath grid."""

    guide: Guide
    cues: BreathCues
    position: int
    elapsed: int
    breaths: list[Breath] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def lay(self, stretch: Stretch, counts: Iterator[int]) -> Self:
        for piece in stretch.pieces:
            self.put(piece, next(counts) if isinstance(piece, Breaths) else 0)
        return self

    def take(self, count: int) -> list[Breath]:
        taken: list[Breath] = []
        for _ in range(count):
            breath = self.guide.pace.breath(self.position, self.elapsed)
            taken.append(breath)
            self.position += breath.length
            self.elapsed += breath.length
        self.breaths += taken
        return taken

    def take_until(self, sample: int) -> None:
        while self.position < sample:
            self.take(1)

    def put(self, piece: Spoken | Rest | Breaths | Struck, count: int) -> None:
        start, chapter = self.position, piece.chapter
        if isinstance(piece, Breaths):
            taken = self.take(count)
            length = self.position - start
            if piece.guided:
                cues = self.guide.place_cues(self.cues, taken)
                self.events.append(BreatheEvent(start, length, chapter, tuple(taken), cues))
            else:
                self.events.append(PauseEvent(start, length, chapter, elastic=True))
            return
        quiet = samples(BREATH_BEFORE_CUE) if isinstance(piece, Spoken) else 0
        self.take_until(start + piece.length + quiet)
        spoken_until = start
        if isinstance(piece, Spoken):
            self.events.append(SayEvent(start, piece.length, chapter, piece.line))
            spoken_until += piece.length
        elif isinstance(piece, Struck):
            self.events.append(ChimeEvent(start, piece.length, chapter))
            spoken_until += piece.length
        if self.position > spoken_until:
            rest = self.position - spoken_until
            self.events.append(PauseEvent(spoken_until, rest, chapter, elastic=False))


def grid_length(layout: Layout, guide: Guide, counts: Sequence[int]) -> int:
    """Return the samples that all stretches of ``layout`` take with ``counts`` breaths."""
    chosen = iter(counts)
    elapsed = 0
    for stretch in layout.pieces:
        if isinstance(stretch, Stretch):
            grid = _Grid(guide, layout.breath_cues, 0, elapsed)
            elapsed = grid.lay(stretch, chosen).elapsed
    return elapsed


def place(layout: Layout, guide: Guide, counts: Sequence[int], silences: Sequence[int]) -> Timeline:
    """Return the timeline of ``layout``.

    Args:
        layout: The session as pieces.
        guide: What its breaths are guided by.
        counts: Breaths of each of ``layout.breaths``.
        silences: Samples of each of ``layout.silences``.
    """
    events: list[Event] = []
    breaths: list[Breath] = []
    chosen, lengths = iter(counts), iter(silences)
    position = elapsed = 0
    for piece in layout.pieces:
        if isinstance(piece, Stretch):
            grid = _Grid(guide, layout.breath_cues, position, elapsed).lay(piece, chosen)
            events += grid.events
            breaths += grid.breaths
            position, elapsed = grid.position, grid.elapsed
            continue
        event = _event(piece, position, lengths)
        position += event.length
        if event.length:
            events.append(event)
    return Timeline(position, _chapters(layout, events), tuple(events), tuple(breaths))


def _event(piece: Spoken | Silence | Struck, start: int, lengths: Iterator[int]) -> Event:
    if isinstance(piece, Spoken):
        return SayEvent(start, piece.length, piece.chapter, piece.line)
    if isinstance(piece, Struck):
        return ChimeEvent(start, piece.length, piece.chapter)
    elastic = piece.asked and piece.shortest != piece.longest
    return PauseEvent(start, next(lengths), piece.chapter, elastic)


def _chapters(layout: Layout, events: Sequence[Event]) -> tuple[Chapter, ...]:
    starts: dict[int, int] = {}
    for event in events:
        starts.setdefault(event.chapter, event.start)
    return tuple(Chapter(title, starts[index]) for index, title in enumerate(layout.titles))
