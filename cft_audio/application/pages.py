"""A practice, and a voice that was made, as pages: lines to read. Pure.

A page is worded for the face that shows it: what it names, it names in that face's words. Its lines
are as long as their texts: the face knows how wide it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.tellings import change_words
from cft_audio.languages.registry import ENGLISH
from cft_audio.references import replace_references
from cft_audio.schema.durations import clock
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.answers import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.application.own_voices import OwnVoice
    from cft_audio.application.practices import ShownPractice
    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.one_recording import RecordingContents
    from cft_audio.references import Wording

_QUIET_DB = 50.0
"""How far below the voice noise is not worth a mention."""


def practice_page(shown: ShownPractice, words: Wording) -> Iterator[str]:
    """Yield what a practice is, what it asks for, its chapters, and what it is not."""
    practice, about = shown.practice, shown.practice.about
    yield f"{practice.title}  ({practice.id})\n"
    if practice.summary:
        yield practice.summary + "\n"
    length = f"about {clock(shown.lasts_s)} where ‹minutes› is not given"
    asked = ", or from ".join(map(str, shown.lengths))
    length += f"; from {asked} where it is" if asked else "; it has no other"
    facts = {
        "Technique": practice.technique,
        "Length": replace_references(length, words),
        "Complexity": about.complexity,
        "Needs": about.resources,
        "May bring": about.outcomes,
        "Used for": about.ideal_uses,
        "Speaks for it": about.advantages,
        "Speed": about.speed,
        "Why it works": about.why,
    }
    yield from (f"{fact:<13}  {text}" for fact, text in facts.items() if text)
    if about.guidelines:
        yield "\nHow to practise"
        yield from (f"  - {guideline}" for guideline in about.guidelines)
    if about.not_alone:
        yield "\nNot alone"
        yield from (f"  - {sentence}" for sentence in about.not_alone)
    yield "\nTold for"
    for name in ADAPTATIONS:
        yield f"  {name:<16}  {change_words(shown.telling, name)}"
    if practice.cores:
        yield replace_references("\nCores (‹core›)", words)
        yield from (f"  {core:<16}  {what}" for core, what in practice.cores.items())
    yield "\nIt asks for"
    for slot in practice.slots.values():
        default = "" if slot.default is None else f"  (otherwise: {slot.default or 'left out'})"
        choices = f"  [{', '.join(slot.choices)}]" if slot.choices else ""
        yield f"  {words(field_of(slot.name), ''):<16}  {slot.ask}{choices}{default}"
    yield "\nChapters"
    yield from (f"  {chapter}" for chapter in shown.chapters)
    yield "\nWhat this is not"
    yield from care_page(ENGLISH.safety.therapist_advised if about.therapist_advised else "")


def care_page(advice: str) -> Iterator[str]:
    """Yield a word of care, if any, what recordings are not, and where to turn in a crisis."""
    care = (advice, ENGLISH.safety.not_treatment, ENGLISH.safety.emergency)
    yield f"  {' '.join(filter(None, care))}"
    yield from (f"  {country:<15}  {line}" for country, line in ENGLISH.safety.helplines.items())


def own_voice_page(made: OwnVoice, folder: Path, words: Wording) -> Iterator[str]:
    """Yield what became of the recordings in ``folder``, and of each line of the voice."""
    used = {outcome.file for outcome in made.lines}
    for recording in made.recordings:
        unused = [] if recording.file in used else ["not used"]
        yield f"{recording.file.name}  {', '.join([*_about(recording), *unused])}"
    good = sum(outcome.state == "good" for outcome in made.lines)
    yield f"\n{good} of {len(made.lines)} lines are good."
    doubtful = [outcome for outcome in made.lines if outcome.state == "doubtful"]
    lacking = [outcome for outcome in made.lines if outcome.reading is None]
    if doubtful:
        yield "\nDoubtful, and used. Listen to them, and read again what is not right:"
        yield from _listed(doubtful)
    if lacking:
        yield "\nStill to be read:"
        yield from _listed(lacking)
        names = ", ".join(f"{outcome.line.number:02}.wav" for outcome in lacking[:3])
        advice = (
            f"\nRecord only these lines, in one file or each in its own ({names}), put them into "
            f"{folder} beside the others, and make the voice again. Until then, no session with "
            "one of these lines can be built, unless ‹fallback› says them."
        )
        yield replace_references(advice, words)
    yield replace_references(f"\n{made.profile}\nUse it with ‹voice› {made.name}", words)


def _about(recording: RecordingContents) -> Iterator[str]:
    yield clock(recording.length_s)
    lines = sorted({reading.line + 1 for reading in recording.readings})
    if recording.named is not None:
        yield f"line {recording.named + 1}"
        if lines and recording.named + 1 not in lines:
            yield f"but it sounds like line {lines[0]}"
    if not lines:
        yield "none of the lines"
    if recording.hum.frequencies:
        yield f"hum of {recording.hum.mains:g} Hz taken out"
    if 0 < recording.snr_db < _QUIET_DB:
        yield f"noise {recording.snr_db:.0f} dB below the voice"


def _listed(outcomes: Sequence[LineOutcome]) -> Iterator[str]:
    for outcome in outcomes:
        yield f"  {outcome.line.number:>3}  {outcome.line.text}"
        at = ""
        if outcome.reading is not None and outcome.file is not None:
            at = f" ({clock(outcome.reading.start_s)} in {outcome.file.name})"
        if outcome.why:
            yield f"       {'; '.join(outcome.why)}{at}"
