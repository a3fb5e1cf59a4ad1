"""A plan in words and figures: as one object for programs, as a table for people. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import BreatheEvent, ChimeEvent, Event, PauseEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.planning import Plan
    from cft_audio.timeline.events import Timeline

_DIGITS = 4
"""Decimals of a second in print: a tenth of a millisecond, finer than a sample is heard."""


def plan_object(plan: Plan) -> dict[str, object]:
    """Return ``plan`` as one object of plain values, for JSON. Times are in seconds."""
    timeline = plan.timeline
    return {
        "practice": plan.practice.id,
        "title": plan.practice.title,
        "technique": plan.practice.technique,
        "duration_s": _s(timeline.length),
        "pace": plan.request.pace.name,
        "breaths_per_minute": plan.request.pace.breaths_per_minute,
        "voice": plan.request.voice,
        "figure_voice": plan.request.figure_voice,
        "tone": plan.request.sounding_tone,
        "for": list(plan.request.adaptations),
        "bed": plan.request.bed,
        "chapters": [
            {"title": chapter.title, "start_s": _s(chapter.start)} for chapter in timeline.chapters
        ],
        "events": [_event(event, timeline) for event in timeline.events],
    }


def plan_table(plan: Plan) -> Iterator[str]:
    """Yield ``plan`` as lines of a table: time, length, and what happens.

    What the figure says is quoted, as it is in a practice.
    """
    timeline = plan.timeline
    chapter = -1
    for event in timeline.events:
        if event.chapter != chapter:
            chapter = event.chapter
            yield ""
            yield f"{_clock(event.start)}  {plan.timeline.chapters[chapter].title.upper()}"
        yield f"{_clock(event.start)}  {seconds(event.length):6.1f} s  {_words(event, timeline)}"
    yield ""
    yield f"{_clock(timeline.length)}  end"


def _event(event: Event, timeline: Timeline) -> dict[str, object]:
    shown: dict[str, object] = {
        "type": event.kind,
        "start_s": _s(event.start),
        "duration_s": _s(event.length),
        "chapter": timeline.chapters[event.chapter].title,
    }
    match event:
        case SayEvent():
            shown["text"] = event.line.text
            shown["speaker"] = event.line.speaker
        case PauseEvent():
            shown["elastic"] = event.elastic
        case BreatheEvent():
            breaths = timeline.breaths_of(event)
            shown["breaths"] = len(breaths)
            shown["cycles"] = [
                {
                    "start_s": _s(breath.start),
                    "inhale_s": _s(breath.inhale),
                    "full_hold_s": _s(breath.full_hold),
                    "exhale_s": _s(breath.exhale),
                    "empty_hold_s": _s(breath.empty_hold),
                }
                for breath in breaths
            ]
            shown["cues"] = [
                {
                    "text": cue.line.text,
                    "start_s": _s(cue.start),
                    "duration_s": _s(cue.length),
                    "gain_db": cue.gain_db,
                }
                for cue in event.cues
            ]
    return shown


def _words(event: Event, timeline: Timeline) -> str:
    match event:
        case SayEvent():
            return f"> {event.line.text}" if event.line.speaker == "figure" else event.line.text
        case PauseEvent():
            return "[pause, elastic]" if event.elastic else "[pause]"
        case BreatheEvent():
            count = len(timeline.breaths_of(event))
            return f"[{count} breath{'s' if count > 1 else ''}]"
        case ChimeEvent():
            return "[chime]"


def _s(count: int) -> float:
    return round(seconds(count), _DIGITS)


def _clock(count: int) -> str:
    minutes, tenths = divmod(round(10 * seconds(count)), 600)
    return f"{minutes:3}:{tenths / 10:04.1f}"
