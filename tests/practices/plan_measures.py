"""What a plan gives a listener: quiet after each kind of line, words over time, questions.

A measure reads nothing but a timeline, so that what it says of a practice is what will be heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.languages.kinds import Kind, asks, kind_of, sentences
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.time_given import floor_s
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import ChimeEvent, PauseEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.script.cues import Line
    from cft_audio.timeline.events import Event, Timeline


@dataclass(frozen=True)
class Quiet:
    """What follows a line.

    Attributes:
        line: The line.
        kind: Its kind.
        place: Where it ends, as a share of the session.
        seconds: Until something is said again, a spoken breath cue among it, or until the end.
        floor: Seconds that follow a line of its kind at least.
        given: Whether an elastic pause follows, and not only a gap, a breath or a fixed pause.
    """

    line: Line
    kind: Kind
    place: float
    seconds: float
    floor: float
    given: bool

    @property
    def is_enough(self) -> bool:
        """Whether there is as much quiet as the kind of the line needs, to the sample."""
        return samples(self.seconds) + 1 >= samples(self.floor)


@dataclass(frozen=True)
class Question:
    """A question that a listener is asked, and its place as a share of the session."""

    text: str
    place: float


def quiet_after_lines(timeline: Timeline) -> list[Quiet]:
    """Return what follows each line of a session, in order."""
    starts = [placed.start for placed in timeline.speech]
    found = []
    for number, event in enumerate(timeline.events):
        if isinstance(event, SayEvent):
            end = event.start + event.length
            until = min((start for start in starts if start >= end), default=timeline.length)
            found.append(
                Quiet(
                    event.line,
                    kind_of(event.line.asked, ENGLISH),
                    end / timeline.length,
                    seconds(until - end),
                    floor_s(event.line, ENGLISH),
                    any(pause.elastic for pause in _pauses(timeline.events[number + 1 :])),
                )
            )
    return found


def quiet_after(timeline: Timeline, kind: Kind) -> list[float]:
    """Return the seconds of quiet after each line of a kind, in order."""
    return [quiet.seconds for quiet in quiet_after_lines(timeline) if quiet.kind == kind]


def below_their_floor(timeline: Timeline) -> list[Quiet]:
    """Return the lines that are followed by less quiet than their kind needs."""
    return [quiet for quiet in quiet_after_lines(timeline) if not quiet.is_enough]


def last_word(timeline: Timeline) -> float:
    """Return where the last word ends, as a share of the session."""
    return max(placed.start + placed.length for placed in timeline.speech) / timeline.length


def questions(timeline: Timeline) -> list[Question]:
    """Return every question that is to be answered, in order; each stands where its line begins."""
    return [
        Question(sentence, event.start / timeline.length)
        for event in timeline.events
        if isinstance(event, SayEvent)
        for sentence in sentences(event.line.asked)
        if asks(sentence)
    ]


def _pauses(events: tuple[Event, ...]) -> Iterator[PauseEvent]:
    """Yield the pauses at the beginning of ``events``, soft chimes passed over."""
    for event in events:
        if isinstance(event, PauseEvent):
            yield event
        elif not (isinstance(event, ChimeEvent) and event.soft):
            return
