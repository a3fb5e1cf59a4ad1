"""What a recording says about itself: its title, its transcript, and how to build it again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.master.tags import Lyric, Tags
from cft_audio.script.inert import clean
from cft_audio.script.safety import THERAPIST_ADVISED
from cft_audio.sound.names import BEDS
from cft_audio.timeline.events import SayEvent
from cft_audio.version import version

if TYPE_CHECKING:
    from cft_audio.script.cues import Line
    from cft_audio.session import Plan

GENRE = "Meditation"

WITHHELD = "…"
"""Stands in the transcript where the listener's name was, if it is kept out."""


def tags_of(plan: Plan) -> Tags:
    """Return the tags of ``plan``'s recording."""
    request = plan.request
    name = clean(request.answers.get("name", "")) if request.name_in_tags else ""
    title = request.title or plan.practice.title
    return Tags(
        title=f"{title}, for {name}" if name else title,
        artist=request.artist,
        album=request.album,
        track=request.track,
        genre=GENRE,
        made_on=request.made_on,
        language=plan.practice.language,
        comment=_comment(plan),
        chapters=plan.timeline.chapters,
        transcript=tuple(_transcript(plan)),
        build=_rebuild(plan),
    )


def _comment(plan: Plan) -> str:
    """Return the practice's summary, and for some practices a quiet word of care."""
    advice = f" {THERAPIST_ADVISED}" if plan.practice.about.therapist_advised else ""
    return plan.practice.summary + advice


def _rebuild(plan: Plan) -> dict[str, str]:
    """Return what is needed to build the recording again, without what identifies anyone."""
    request = plan.request
    pace = request.adapted_pace
    return {
        "cft-audio version": version(),
        "cft-audio practice": plan.practice.id,
        "cft-audio practice sha256": plan.practice_sha256,
        "cft-audio seed": str(request.seed),
        "cft-audio options": json.dumps(
            {
                "length_s": request.length_s,
                "breaths_per_minute": pace.breaths_per_minute,
                "ratio": str(pace.pattern),
                "ease_from": pace.first_rate,
                "unhurried": pace.unhurried,
                "voice": Path(request.voice).name,
                "figure_voice": request.figure_voice and Path(request.figure_voice).name,
                "tone": request.sounding_tone,
                "bed": request.bed if request.bed in BEDS else "a file",
                "loudness": request.loudness_lufs,
                "for": list(request.adaptations),
            },
            ensure_ascii=False,
            sort_keys=True,
        ),
    }


def _transcript(plan: Plan) -> list[Lyric]:
    name = clean(plan.request.answers.get("name", ""))
    withheld = "" if plan.request.name_in_tags else name
    return [
        Lyric(_shown(event.line, withheld), event.start)
        for event in plan.timeline.events
        if isinstance(event, SayEvent)
    ]


def _shown(line: Line, withheld: str) -> str:
    """Return the line's text, the listener's name left out of what came from a person."""
    if not withheld:
        return line.text
    name = re.compile(rf"(?<!\w){re.escape(withheld)}(?!\w)", re.IGNORECASE)
    return "".join(
        name.sub(WITHHELD, span.text) if span.personal else span.text for span in line.spans
    )
