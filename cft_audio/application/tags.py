"""What a recording says about itself: its title, its transcript, and how to build it again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.languages.registry import language_of
from cft_audio.master.tags import Lyric, Tags
from cft_audio.script.bells import STROKES
from cft_audio.script.inert import clean
from cft_audio.script.listening import UNFINISHED
from cft_audio.sound.names import BEDS, BELLS
from cft_audio.timeline.events import SayEvent
from cft_audio.version import version

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest
    from cft_audio.script.cues import Line
    from cft_audio.script.practice import Practice

_WORD, _ANSWER = re.compile(r"\w+"), re.compile(r"[\w-]+")

WITHHELD = "…"
"""Stands in the transcript where something personal was, if the name is kept out."""


def tags_of(plan: Plan, options: Mapping[str, Any], sound_sha256: str) -> Tags:
    """Return the tags of ``plan``'s recording: its comment is the summary, and a word of care.

    A summary that is still to be written is left out.

    Args:
        plan: The plan.
        options: What it is made with: see ``options_of``.
        sound_sha256: SHA-256, in hex, of all that is heard in it.
    """
    output, answers = plan.request.output, plan.request.session.answers
    name = clean(answers.get("name", "")) if output.name_in_tags else ""
    practice = plan.practice
    title = output.title or practice.title
    safety = language_of(practice.language).safety
    advised = [safety.therapist_advised] * practice.about.therapist_advised
    care = "".join(f" {sentence}" for sentence in (*advised, *practice.about.not_alone))
    return Tags(
        title=f"{title}, for {name}" if name else title,
        artist=output.artist,
        album=output.album,
        track=output.track,
        genre="Meditation",
        made_on=output.made_on,
        language=practice.language,
        comment=("" if UNFINISHED in practice.summary else practice.summary) + care,
        chapters=plan.timeline.chapters,
        transcript=tuple(_transcript(plan)),
        build=_build(plan, options, sound_sha256),
    )


def options_of(
    request: SessionRequest, practice: Practice, figures: Container[str]
) -> dict[str, Any]:
    """Return what a recording is made with, without what identifies anyone.

    Where the name is kept out, so is what the session is told for, and what was chosen in it: that
    may be more than a listener wants others to know.

    Args:
        request: The request.
        practice: Its practice.
        figures: The ids of the figures that are known; another is somebody's own.
    """
    session, voicing, sound = request.session, request.voicing, request.sound
    pace = session.pace
    options = {
        "seed": session.seed,
        "core": session.form.core,
        "returning": session.form.returning,
        "self_led": session.form.self_led,
        "length_s": session.length_s,
        "pace": pace.called,
        "breaths_per_minute": pace.breaths_per_minute,
        "ratio": str(pace.pattern),
        "ease_from": pace.first_rate,
        "unhurried": pace.unhurried,
        "voice": Path(voicing.voice).name,
        "figure_voice": voicing.figure_voice and Path(voicing.figure_voice).name,
        "tone": sound.tone,
        "bed": sound.bed if sound.bed in BEDS else "a file",
        "ticks": sound.ticks,
        "bell": sound.bell if sound.bell in BELLS else "a file",
        "bells": next(word for word, n in STROKES.items() if n == session.bells.strokes),
        "bells_at": list(session.bells.places),
        "bell_every_s": sound.bell_every_s,
        "bed_level": sound.bed_level,
        "tone_level": sound.tone_level,
        "bell_level": sound.bell_level,
        "loudness": sound.loudness_lufs,
        "bitrate": request.output.bitrate_kbps,
    }
    if not request.output.name_in_tags:
        return options
    answers = {}
    for slot in practice.slots.values():
        answer = session.answers.get(slot.name, slot.default) or ""
        if slot.type == "figure":
            key = "-".join(answer.lower().split())
            options["figure"] = key if key in figures else ""
        elif slot.type in ("choice", "number"):
            answers[slot.name] = answer
    return options | {"for": list(session.adaptations), "answers": answers}


def _build(plan: Plan, options: Mapping[str, Any], sound_sha256: str) -> dict[str, str]:
    """Return what is needed to build the recording again, and what tells it from another."""
    return {
        "cft-audio version": version(),
        "cft-audio practice": plan.practice.id,
        "cft-audio practice sha256": plan.practice_sha256,
        "cft-audio seed": str(plan.request.session.seed),
        "cft-audio options": json.dumps(options, ensure_ascii=False, sort_keys=True),
        "cft-audio sound sha256": sound_sha256,
    }


def options_in(found: Mapping[str, str]) -> dict[str, Any]:
    """Return the options of a recording from its tags, empty if it is none of this program."""
    try:
        options = json.loads(found["cft-audio options"])
    except (KeyError, ValueError):
        return {}
    # Whoever changed the tags meanwhile, what is read of them only makes a name.
    known = isinstance(options, dict) and isinstance(options.get("answers", {}), dict)
    return options if known else {}


def is_made_of(found: Mapping[str, str], tags: Tags) -> bool:
    """Return whether a recording says of itself what ``tags`` do, whenever it was made.

    Args:
        found: The tags of the recording, as ``master.tags.read_tags`` gives them.
        tags: The tags that one would have.
    """
    wanted = {"title": tags.title, "artist": tags.artist, "album": tags.album, **tags.build}
    del wanted["cft-audio version"]
    return all(found.get(name, "") == text for name, text in wanted.items())


def _transcript(plan: Plan) -> list[Lyric]:
    withheld = frozenset() if plan.request.output.name_in_tags else _personal_words(plan)
    return [
        Lyric(_redact(event.line, withheld), event.start)
        for event in plan.timeline.events
        if isinstance(event, SayEvent)
    ]


def _personal_words(plan: Plan) -> frozenset[str]:
    """Return every word that the person typed; a figure's id is one word, and not its name's."""
    words: set[str] = set()
    for slot, answer in plan.request.session.answers.items():
        is_figure = plan.practice.slots[slot].type == "figure"
        words.update((_ANSWER if is_figure else _WORD).findall(clean(answer).lower()))
    return frozenset(words)


def _redact(line: Line, withheld: frozenset[str]) -> str:
    """Return the line's text, without what a person said of themselves and others.

    A whole answer is left out, and not only the name: another answer may hold it, or a part of it,
    or name somebody else.
    """
    return "".join(
        WITHHELD
        if span.personal and not withheld.isdisjoint(_WORD.findall(span.text.lower()))
        else span.text
        for span in line.spans
    )
