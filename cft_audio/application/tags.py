"""What a recording says about itself: its title, its transcript, and how to build it again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.languages.registry import language_of
from cft_audio.master.tags import Lyric, Tags
from cft_audio.script.inert import clean
from cft_audio.script.listening import UNFINISHED
from cft_audio.sound.names import BEDS
from cft_audio.timeline.events import SayEvent
from cft_audio.version import version

if TYPE_CHECKING:
    from cft_audio.application.plans import Plan
    from cft_audio.script.cues import Line

_WORD, _ANSWER = re.compile(r"\w+"), re.compile(r"[\w-]+")

WITHHELD = "…"
"""Stands in the transcript where something personal was, if the name is kept out."""


def tags_of(plan: Plan) -> Tags:
    """Return the tags of ``plan``'s recording: its comment is the summary, and a word of care.

    A summary that is still to be written is left out.
    """
    output, answers = plan.request.output, plan.request.session.answers
    name = clean(answers.get("name", "")) if output.name_in_tags else ""
    practice = plan.practice
    title = output.title or practice.title
    safety = language_of(practice.language).safety
    care = f" {safety.therapist_advised}" if practice.about.therapist_advised else ""
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
        build=_build_options(plan),
    )


def _build_options(plan: Plan) -> dict[str, str]:
    """Return what is needed to build the recording again, without what identifies anyone."""
    request = plan.request
    session, voicing, sound = request.session, request.voicing, request.sound
    pace = session.adapted_pace
    options = {
        "length_s": session.length_s,
        "breaths_per_minute": pace.breaths_per_minute,
        "ratio": str(pace.pattern),
        "ease_from": pace.first_rate,
        "unhurried": pace.unhurried,
        "voice": Path(voicing.voice).name,
        "figure_voice": voicing.figure_voice and Path(voicing.figure_voice).name,
        "tone": request.tone,
        "bed": sound.bed if sound.bed in BEDS else "a file",
        "loudness": sound.loudness_lufs,
        "bitrate": request.output.bitrate_kbps,
        "for": list(session.adaptations),
    }
    return {
        "cft-audio version": version(),
        "cft-audio practice": plan.practice.id,
        "cft-audio practice sha256": plan.practice_sha256,
        "cft-audio seed": str(session.seed),
        "cft-audio options": json.dumps(options, ensure_ascii=False, sort_keys=True),
    }


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
