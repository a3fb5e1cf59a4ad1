"""Every shipped practice, rendered and planned without a voice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from clip_lengths import length

from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.form import FULL, Form
from cft_audio.script.sample import sample_answer
from cft_audio.timeline.events import BreatheEvent, ChimeEvent, SayEvent, Timeline
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from cft_audio.script.practice import Practice

LIBRARY = Library(default_folders().scripts[-1:])
"""The shipped practices, whose templates are compiled once for all tests."""

PRACTICES = list(LIBRARY.practice_files())
FIGURES = list(LIBRARY.figure_files())
LENGTHS = (3.0, 5.0, 10.0, 20.0, 45.0)
ADAPTED: list[tuple[str, ...]] = [(), *((name,) for name in ADAPTATIONS), ("anxiety", "sleep")]


@cache
def practice(name: str) -> Practice:
    return LIBRARY.open(name).practice()


def offered(name: str, lengths: tuple[float, ...] = LENGTHS) -> tuple[float, ...]:
    """Return those of ``lengths``, in minutes, that a practice is offered in."""
    return tuple(minutes for minutes in lengths if minutes * 60 >= practice(name).shortest_s)


@cache
def planned(  # noqa: PLR0913 -- one for each thing that is varied
    name: str,
    minutes: float | None,
    *,
    figure: str = "wise-elder",
    pace: str = "gentle",
    adaptations: tuple[str, ...] = (),
    seed: int = 0,
    slowness: float = 1.0,
    form: Form = FULL,
    answers: tuple[tuple[str, str], ...] = (),
) -> Timeline:
    """Return the timeline of a practice, its clips as long as the default voice was recorded."""
    slots = practice(name).slots
    given = {slot.name: sample_answer(slot) for slot in slots.values() if slot.default is None}
    if "figure" in slots:
        given["figure"] = figure
    session = Session(
        name,
        answers=given | dict(answers),
        length_s=None if minutes is None else minutes * 60,
        pace=PRESETS[pace],
        adaptations=adaptations,
        seed=seed,
        form=form,
    )
    unhurried = session.adapted_pace.unhurried
    return (
        Outline(ScriptWriter(session, LIBRARY))
        .fit(lambda lines: {line: round(length(line, unhurried) * slowness) for line in lines})
        .timeline
    )


def words(timeline: Timeline) -> str:
    """Return everything that is said, a paragraph a line."""
    return "\n".join(event.line.text for event in timeline.events if isinstance(event, SayEvent))


def telling(name: str) -> str:
    """Return ten minutes of a practice as a page: chapters, and what is said and done."""
    timeline = planned(name, 10.0)
    lines: list[str] = []
    chapter = -1
    for event in timeline.events:
        if event.chapter != chapter:
            chapter = event.chapter
            lines += ["", f"## {timeline.chapters[chapter].title}", ""]
        if isinstance(event, SayEvent):
            quote = "> " if event.line.speaker == "figure" else ""
            lines.append(quote + event.line.text)
        elif isinstance(event, BreatheEvent):
            lines.append(f"[breathe {len(timeline.breaths_of(event))}]")
        elif isinstance(event, ChimeEvent):
            lines.append("[chime]")
    return "\n".join(lines).strip() + "\n"
