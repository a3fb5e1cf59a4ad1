"""Where everything of a session lies, in samples: the last value before any sound is made.

The events of a timeline follow one another without gap or overlap and fill it exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from cft_audio.script.cues import STROKE_S
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from cft_audio.script.cues import Line


@dataclass(frozen=True)
class Breath:
    """One breath of the tone. All figures are in samples.

    Attributes:
        start: Where its inhale begins; the spoken "in" begins on the same sample.
        inhale: Length of the inhale, above 0.
        full_hold: Length of the hold after the inhale, 0 for none.
        exhale: Length of the exhale, above 0; the spoken "out" begins with it.
        empty_hold: Length of the rest after the exhale, 0 for none.
    """

    start: int
    inhale: int
    full_hold: int
    exhale: int
    empty_hold: int

    @property
    def length(self) -> int:
        """Samples from this breath's start to the next one's."""
        return self.inhale + self.full_hold + self.exhale + self.empty_hold

    @property
    def exhale_start(self) -> int:
        """Where its exhale begins."""
        return self.start + self.inhale + self.full_hold


@dataclass(frozen=True)
class Placed:
    """A line's clip at its place.

    Attributes:
        line: What is spoken.
        start: Its first sample.
        length: Its samples.
        gain_db: Its level against ordinary narration, at most 0.
    """

    line: Line
    start: int
    length: int
    gain_db: float = 0.0


@dataclass(frozen=True)
class _Event:
    start: int
    length: int
    chapter: int


@dataclass(frozen=True)
class SayEvent(_Event):
    """A spoken line, and its id (``script.line_ids``)."""

    kind: ClassVar[str] = "say"

    line: Line
    id: str = ""


@dataclass(frozen=True)
class PauseEvent(_Event):
    """Silence of the voice. ``elastic`` tells a pause that was fitted from one that was asked."""

    kind: ClassVar[str] = "pause"

    elastic: bool


@dataclass(frozen=True)
class BreatheEvent(_Event):
    """Guided breaths on the tone, with the spoken cues that lie on their turns.

    The breaths themselves are ``Timeline.breaths_of`` it.
    """

    kind: ClassVar[str] = "breathe"

    cues: tuple[Placed, ...]


@dataclass(frozen=True)
class ChimeEvent(_Event):
    """A struck chime; ``length`` is how long the session waits, its sound may ring on.

    ``soft`` tells one that is only touched, for someone who is busy with something; ``strokes``
    is how often it is struck.
    """

    kind: ClassVar[str] = "chime"

    soft: bool = False
    strokes: int = 1


Event: TypeAlias = SayEvent | PauseEvent | BreatheEvent | ChimeEvent
"""Whatever happens; ``kind`` says what, in one word."""


@dataclass(frozen=True)
class Chapter:
    """A chapter mark: its title and its first sample."""

    title: str
    start: int


@dataclass(frozen=True)
class Timeline:
    """Everything of a session at its place.

    Attributes:
        length: Samples of the whole recording; the events add up to exactly this.
        chapters: In order, the first at 0.
        events: In order, without gap or overlap.
        breaths: Every breath of the tone, in order: those of the breathe events and those that
            go on, without spoken cues, under narration between them.
    """

    length: int
    chapters: tuple[Chapter, ...]
    events: tuple[Event, ...]
    breaths: tuple[Breath, ...]

    @property
    def speech(self) -> tuple[Placed, ...]:
        """Every clip of the session in order of its start, narration and breath cues alike."""
        placed: list[Placed] = []
        for event in self.events:
            match event:
                case SayEvent():
                    placed.append(Placed(event.line, event.start, event.length))
                case BreatheEvent():
                    placed.extend(event.cues)
        return tuple(placed)

    @property
    def chimes(self) -> tuple[int, ...]:
        """Where the chime is struck, in samples, each stroke by itself."""
        chimes = [event for event in self.events if isinstance(event, ChimeEvent)]
        return tuple(
            chime.start + number * samples(STROKE_S)
            for chime in chimes
            if not chime.soft
            for number in range(chime.strokes)
        )

    @property
    def soft_chimes(self) -> tuple[int, ...]:
        """Where it is only touched, in samples."""
        chimes = (event for event in self.events if isinstance(event, ChimeEvent))
        return tuple(chime.start for chime in chimes if chime.soft)

    def breaths_of(self, event: BreatheEvent) -> tuple[Breath, ...]:
        """Return the guided breaths of one of its events, in order."""
        stop = event.start + event.length
        return tuple(breath for breath in self.breaths if event.start <= breath.start < stop)
