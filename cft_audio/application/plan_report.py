"""A plan in words and figures: as one object for programs, as a table for people. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cft_audio.schema.durations import clock
from cft_audio.script.draw import Draw
from cft_audio.script.form import core_of
from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import (
    Breath,
    BreatheEvent,
    ChimeEvent,
    Event,
    PauseEvent,
    Placed,
    SayEvent,
)
from cft_audio.timeline.pace import Pace, seconds_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.plans import Plan
    from cft_audio.library.letters import Letter
    from cft_audio.master.mastering import Recording
    from cft_audio.timeline.events import Timeline

_DIGITS = 4
"""Decimals of a second in print: a tenth of a millisecond, finer than a sample is heard."""


def plan_object(plan: Plan) -> dict[str, object]:
    """Return ``plan`` as one object of plain values, for JSON. Times are in seconds."""
    timeline, request, mix = plan.timeline, plan.request, plan.mix
    pace = request.session.adapted_pace
    return {
        "practice": plan.practice.id,
        "title": plan.practice.title,
        "shortest_s": plan.practice.shortest_s,
        "not_alone": list(plan.practice.about.not_alone),
        "technique": plan.practice.technique,
        "letters": [_letter(letter) for letter in request.session.letters],
        "duration_s": _s(timeline.length),
        "pace": pace.name,
        "breaths_per_minute": pace.breaths_per_minute,
        "ratio": str(pace.pattern),
        "phases_s": {name: round(length, _DIGITS) for name, length in _phases(pace).items()},
        "ease_from": pace.first_rate,
        "voice": request.voicing.voice,
        "figure_voice": request.voicing.figure_voice,
        "tone": mix.sounds.tone,
        "for": list(request.session.adaptations),
        "core": _core(plan),
        "returning": request.session.form.returning,
        "self_led": request.session.form.self_led,
        "bed": mix.sounds.bed,
        "bell": mix.sounds.bell,
        "bells_s": [_s(place) for place in mix.bells],
        "levels_db": asdict(mix.sounds.balance),
        "ducked": [
            {"start_s": _s(start), "stop_s": _s(stop)}
            for dip in mix.bed_dips
            for start, stop in dip.spans
        ],
        "chapters": [{"title": c.title, "start_s": _s(c.start)} for c in timeline.chapters],
        "events": [_event(event, timeline) for event in timeline.events],
        "lines": [asdict(line) for line in plan.lines],
    }


def plan_table(plan: Plan) -> Iterator[str]:
    """Yield ``plan`` as lines of a table: time, length, and what happens.

    What the figure says is quoted, as it is in a practice. Before it stands how each letter was
    understood.
    """
    for letter in plan.request.session.letters:
        counts = f"{_many(letter.paragraphs, 'paragraph')}, {_many(letter.words, 'word')}"
        yield f"letter: {letter.file}, {letter.kind}, {counts}: “{letter.beginning}”"
    timeline, chapter = plan.timeline, -1
    for event in timeline.events:
        if event.chapter != chapter:
            chapter = event.chapter
            yield ""
            yield f"{_clock(event.start)}  {timeline.chapters[chapter].title.upper()}"
        yield f"{_clock(event.start)}  {seconds(event.length):6.1f} s  {_words(event, timeline)}"
    yield ""
    yield f"{_clock(timeline.length)}  end"


def plan_details(plan: Plan) -> Iterator[str]:
    """Yield what else was decided: practice, pace, sounds, and where each chapter begins."""
    pace, mix = plan.request.session.adapted_pace, plan.mix
    yield f"practice {plan.practice.id}, sha256 {plan.practice_sha256}"
    if core := _core(plan):
        yield f"core {core}: {plan.practice.cores[core]}"
    if edits := plan.request.session.edits:
        left_out = _many(sum(edit.leave_out for edit in edits.lines), "line")
        longer = _many(sum(edit.rest_longer_s > 0 for edit in edits.lines), "rest")
        yield f"edits {edits.digest}: {left_out} left out, {longer} longer"
    if plan.practice.shortest_s:
        yield f"offered from {clock(plan.practice.shortest_s)} on"
    rate = f"{pace.breaths_per_minute:.3g} breaths per minute at {pace.pattern}"
    yield f"pace {pace.name}: {rate} ({seconds_words(pace)}), from {pace.first_rate:.3g}"
    heard, levels = mix.sounds, mix.sounds.balance
    sounds = f"tone {heard.tone} at {levels.tone:+.1f} dB, bed {heard.bed} at {levels.bed:+.1f} dB"
    yield f"{sounds}, which steps back {sum(len(dip.spans) for dip in mix.bed_dips)} times"
    for chapter in plan.timeline.chapters:
        yield f"{clock(seconds(chapter.start)):>8}  {chapter.title}"


def levels_words(recording: Recording) -> str:
    """Return how loud a recording came out, in figures."""
    whole = f"{recording.loudness_lufs:.1f} LUFS, true peak {recording.true_peak_dbtp:.1f} dBTP"
    if recording.voice_lufs is None:
        return f"loudness {whole}"
    return f"voice {recording.voice_lufs:.1f} LUFS, the whole {whole}"


def _core(plan: Plan) -> str:
    """Return the name of the core that is told; empty where the practice has but one."""
    session = plan.request.session
    return core_of(plan.practice, session.form, Draw(plan.practice.id, session.seed))


def _event(event: Event, timeline: Timeline) -> dict[str, object]:
    chapter = timeline.chapters[event.chapter].title
    shown: dict[str, object] = {"type": event.kind, **_when(event), "chapter": chapter}
    match event:
        case SayEvent():
            said = {"text": event.line.text, "speaker": event.line.speaker}
            return shown | said | {"id": event.id, "is_kept": event.line.is_kept}
        case PauseEvent():
            return shown | {"elastic": event.elastic}
        case BreatheEvent():
            breaths = timeline.breaths_of(event)
            cycles = [{f"{key}_s": _s(n) for key, n in asdict(b).items()} for b in breaths]
            cues = [{"text": c.line.text, **_when(c), "gain_db": c.gain_db} for c in event.cues]
            return shown | {"breaths": len(breaths), "cycles": cycles, "cues": cues}
        case ChimeEvent():
            return shown | {"soft": event.soft}


def _letter(letter: Letter) -> dict[str, object]:
    names = ("file", "kind", "paragraphs", "words", "beginning")
    return {name: getattr(letter, name) for name in names}


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _phases(pace: Pace) -> dict[str, float]:
    phases = pace.phases(pace.breaths_per_minute)
    return dict(zip(("inhale", "full_hold", "exhale", "empty_hold"), phases, strict=True))


def _turns(breath: Breath) -> str:
    """Return the seconds of a breath's turns."""
    turns = ((breath.inhale, "in"), (breath.full_hold, "held"), (breath.exhale, "out"))
    every = (*turns, (breath.empty_hold, "rest"))
    return ", ".join(f"{round(seconds(count), 1):g} s {turn}" for count, turn in every if count)


def _when(event: Event | Placed) -> dict[str, float]:
    return {"start_s": _s(event.start), "duration_s": _s(event.length)}


def _words(event: Event, timeline: Timeline) -> str:
    match event:
        case SayEvent():
            return f"> {event.line.text}" if event.line.speaker == "figure" else event.line.text
        case PauseEvent():
            return "[pause, elastic]" if event.elastic else "[pause]"
        case BreatheEvent():
            count = len(timeline.breaths_of(event))
            first, last = (_turns(timeline.breaths_of(event)[at]) for at in (0, -1))
            eased = first if first == last else f"{first}, easing to {last}"
            return f"[{count} breath{'s' if count > 1 else ''}]  {eased}"
        case ChimeEvent():
            return "[chime, softly]" if event.soft else "[chime]"


def _s(count: int) -> float:
    return round(seconds(count), _DIGITS)


def _clock(count: int) -> str:
    minutes, tenths = divmod(round(10 * seconds(count)), 600)
    return f"{minutes:3}:{tenths / 10:04.1f}"
