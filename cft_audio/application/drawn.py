"""A session as it will be, drawn from estimates before anything is spoken. For the planner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from cft_audio.application.again import again_of
from cft_audio.application.command_lines import command_line
from cft_audio.application.edits import edits_text
from cft_audio.application.estimating import SpokenLengths, estimate_plan
from cft_audio.application.scripts_apart import KeptWriters
from cft_audio.application.tags import heading_of
from cft_audio.pictures.drawing import Picture, describe, draw_session
from cft_audio.pictures.palettes import palette_of
from cft_audio.pictures.view import view_by_estimate
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from cft_audio.application.plan_lines import PlannedLine
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders


@dataclass(frozen=True)
class Drawn:
    """A session as it will be.

    Attributes:
        svg: Its picture.
        description: What the picture shows, in words.
        length_s: How long it lasts, in seconds.
        lines: Its lines in order.
        notes: What a person should know of it, as sentences.
        command: The command that makes it.
        edits: What the file of edits holds that its command names; empty where no line is changed.
    """

    svg: str
    description: str
    length_s: float
    lines: tuple[PlannedLine, ...]
    notes: tuple[str, ...]
    command: str
    edits: str = ""

    @property
    def chapters(self) -> list[tuple[str, str, list[PlannedLine]]]:
        """Each chapter in which something is said: its title, when it begins, its lines."""
        chapters = (
            (title, list(lines)) for title, lines in groupby(self.lines, lambda n: n.chapter)
        )
        return [(title, clock(round(lines[0].start_s)), lines) for title, lines in chapters]


def draw(request: SessionRequest, folders: Folders) -> Drawn:
    """Return a session as it will be, by estimates and by what was spoken before.

    Raises:
        CftAudioError: If it cannot be made as asked.
    """
    plan = estimate_plan(request, folders, _spoken(), _writers().open)
    timeline = plan.timeline
    picture = Picture(
        heading_of(request, plan.practice),
        view_by_estimate(plan.mix),
        seconds(timeline.length),
        [(chapter.title, seconds(chapter.start)) for chapter in timeline.chapters],
        (),
        palette_of(plan.practice.technique),
    )
    again = again_of(request, plan.practice, request.output.coding())
    command = command_line("build", again.practice, again.fields)
    length_s = seconds(timeline.length)
    edits = edits_text(request.session.edits) if request.session.edits else ""
    shown = draw_session(picture), describe(picture), length_s
    return Drawn(*shown, plan.lines, plan.notes, command, edits)


@cache
def _spoken() -> SpokenLengths:
    """Return what this process knows of the lengths of lines."""
    return SpokenLengths()


@cache
def _writers() -> KeptWriters:
    """Return what opens the scripts of this process: the last is kept open for the next change."""
    return KeptWriters()
