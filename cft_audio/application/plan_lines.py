"""The lines of a session, each at its time: what a person chooses from to edit them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.schema.durations import clock
from cft_audio.script.cues import Say
from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import PauseEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.script.cues import Script, Speaker
    from cft_audio.script.edits import Edits
    from cft_audio.timeline.events import Event, Timeline

_DIGITS = 4
"""Decimals of a second, as in ``plan_report``."""


@dataclass(frozen=True)
class PlannedLine:
    """A line of a session at its place.

    Attributes:
        id: What it is known by (``script.line_ids``).
        chapter: The title of the chapter that it stands in.
        text: The line as a reader sees it.
        speaker: Who says it: ``guide`` or ``figure``.
        is_kept: Whether nobody can leave it out.
        is_left_out: Whether an edit leaves it out.
        start_s: Seconds into the session at which it begins; of one that is left out, at which the
            next line does.
        length_s: Seconds that it lasts; 0 if it is left out.
        rest_s: Seconds after it in which nobody speaks, no breath is guided and no bell is struck.
        longer_s: Seconds of these that an edit adds.
    """

    id: str
    chapter: str
    text: str = field(repr=False)
    speaker: Speaker
    is_kept: bool
    is_left_out: bool
    start_s: float
    length_s: float
    rest_s: float
    longer_s: float = 0.0


def plan_lines(timeline: Timeline, unedited: Script, edits: Edits) -> tuple[PlannedLine, ...]:
    """Return the lines of a session in order, breath cues aside, those left out among them.

    A line that the voice has no sound for is none.

    Args:
        timeline: The session, its lines edited.
        unedited: Its script as it would be if none of them were.
        edits: What is changed of them.
    """
    said = {e.id: at for at, e in enumerate(timeline.events) if isinstance(e, SayEvent)}
    lines: list[PlannedLine] = []
    start_s = _s(timeline.length)
    for chapter, cue in reversed([*_lines_of(unedited)]):
        edit, at = edits.by_id.get(cue.id), said.get(cue.id)
        is_left_out = edit is not None and edit.leave_out
        length_s = rest_s = 0.0
        if at is not None:
            event = timeline.events[at]
            start_s, length_s = _s(event.start), _s(event.length)
            rest_s = _s(_silence_after(timeline.events, at))
        elif not is_left_out:
            continue
        longer_s = edit.rest_longer_s if edit else 0.0
        line = cue.line
        about = (cue.id, chapter, line.text, line.speaker, line.is_kept, is_left_out)
        lines.append(PlannedLine(*about, start_s, length_s, rest_s, longer_s))
    return tuple(reversed(lines))


def line_table(lines: Sequence[PlannedLine]) -> Iterator[str]:
    """Yield lines as those of a table: time, id, what can be done with it, and how it begins."""
    for line in lines:
        state = "left out" if line.is_left_out else "kept" if line.is_kept else ""
        yield f"{clock(int(line.start_s)):>7}  {line.id}  {state:<8}  {_short(line.text)}".rstrip()


def edit_notes(unedited: Script, edits: Edits) -> Iterator[str]:
    """Yield what of ``edits`` changes nothing in a session, since it does not have the line."""
    there = {cue.id for cue in unedited.said}
    missing, all_of_them = sum(edit.id not in there for edit in edits.lines), len(edits.lines)
    if missing:
        those = "The edit changes" if all_of_them == 1 else f"{missing} of {all_of_them} edits"
        verb = "" if all_of_them == 1 else " changes" if missing == 1 else " change"
        yield (
            f"{those}{verb} nothing: this session doesn't have "
            f"{'its line' if missing == 1 else 'their lines'}, as another length, variant or form "
            "may. Look up those it has by ‹list lines›."
        )


def _lines_of(script: Script) -> Iterator[tuple[str, Say]]:
    for section in script.sections:
        for cue in section.cues:
            if isinstance(cue, Say):
                yield section.title, cue


def _silence_after(events: Sequence[Event], at: int) -> int:
    silence = 0
    for event in events[at + 1 :]:
        if not isinstance(event, PauseEvent):
            break
        silence += event.length
    return silence


_SHOWN = 60
"""Characters of a line by which it is found in a table."""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]} …"


def _s(count: int) -> float:
    return round(seconds(count), _DIGITS)
