"""The recordings that players are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from format_figures.sessions import SESSIONS

import cft_audio
from cft_audio.application.beside.captions import plan_captions
from cft_audio.application.tags import heading_of
from cft_audio.captions.files import as_text
from cft_audio.master.formats import FORMATS
from cft_audio.signal.audio import seconds
from player_readers.seen import ART, EXACT_S, MP4_S, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest

HOSTILE = Path(__file__).with_name("rest.md")
"""A practice, a chapter of which has in its title what has a meaning in some format or other."""

MADE_ON = date(2026, 11, 3)
"""A day that another is made of where day and month change places."""

_TAGS = {"artist": "Zoë's Therapist", "album": "Evenings & mornings"}


@dataclass(frozen=True)
class Input:
    """A recording that players are shown.

    Attributes:
        file: The recording.
        there: What there is to see.
        chapter_s: How far from its place a chapter may be seen.
    """

    file: Path
    there: Seen
    chapter_s: float


def requests(*, every: bool) -> Iterator[SessionRequest]:
    """Yield what is recorded: the hostile practice for Zoë, and others of the program's own."""
    yield cft_audio.request(HOSTILE, name="Zoë", made_on=MADE_ON, **_TAGS)
    for session in SESSIONS if every else SESSIONS[1:2]:
        yield cft_audio.request(session.practice, made_on=MADE_ON, **{**_TAGS, **session.fields})


def record(wanted: Iterable[SessionRequest], folder: Path) -> Iterator[Input]:
    """Yield each session in each format as it is recorded; then it is taken away."""
    for number, request in enumerate(wanted):
        plan = cft_audio.plan(request)
        there = what_is_there(plan)
        for name, format_ in FORMATS.items():
            file = folder / f"{number}.{name}"
            cft_audio.build(request, file)
            yield Input(file, there, MP4_S if format_.tagged == "mp4" else EXACT_S)
            file.unlink()


def what_is_there(plan: Plan) -> Seen:
    """Return what is to be seen of the recording of ``plan``."""
    output, timeline = plan.request.output, plan.timeline
    return Seen(
        heading_of(plan.request, plan.practice),
        output.artist,
        output.album,
        output.made_on.isoformat() if output.made_on else "",
        as_text(plan_captions(plan)),
        seconds(timeline.length),
        tuple((chapter.title, seconds(chapter.start)) for chapter in timeline.chapters),
        ART,
    )
