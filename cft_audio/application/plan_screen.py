"""A plan on one screen of a terminal: where there is voice, breath and bells, and its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.tags import heading_of
from cft_audio.pictures.view import view_of
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.plans import Plan
    from cft_audio.pictures.view import SessionView

_LABEL = 9
"""Columns of what stands before each row."""

_NARROWEST, _WIDEST = 40, 120
_MOST_CHAPTERS = 12
"""A screen has 24 lines; beyond these chapters the table below names the rest."""

_MUCH, _SOME = 0.5, 0.05
_TICKS_S = (15, 30, 60, 120, 300, 600, 900, 1800)
_TICK_COLUMNS = 9
_LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"


def plan_screen(plan: Plan, columns: int | None) -> Iterator[str]:
    """Yield a plan as a few lines: a row each for chapters, voice, breath and bells over time.

    Args:
        plan: The plan.
        columns: How many the terminal has; None if nobody knows.
    """
    view, timeline = view_of(plan.mix, plan.clips), plan.timeline
    width = min(max(columns or 80, _NARROWEST), _WIDEST) - _LABEL - 1
    yield f"{heading_of(plan.request, plan.practice)}, {clock(round(view.length))}"
    yield ""
    starts = [seconds(chapter.start) for chapter in timeline.chapters]
    marks = [" "] * width
    for number, start in enumerate(starts[: len(_LETTERS)]):
        marks[min(width - 1, int(start / view.length * width))] = _LETTERS[number]
    yield _row("chapter", "".join(marks))
    yield _row("voice", _voice(view, width))
    yield _row("breath", _breath(view, width))
    yield _row("bell", _bells(view, width))
    yield _row("time", _time(view.length, width))
    yield ""
    yield f"{'':{_LABEL}}# somebody speaks, : now and then, ~ a breath is guided, * a bell"
    quiet = [stop - start for start, stop in view.silences]
    longest = f", the longest {clock(round(max(quiet)))}" if quiet else ""
    said = f"speech {view.speech_share:.0%}, {len(quiet)} silences over 8 s{longest}"
    yield f"{'':{_LABEL}}{said}"
    yield ""
    for number, chapter in enumerate(timeline.chapters[:_MOST_CHAPTERS]):
        yield f"{'':{_LABEL}}{_LETTERS[number]}  {clock(int(starts[number])):>7}  {chapter.title}"
    if len(starts) > _MOST_CHAPTERS:
        yield f"{'':{_LABEL}}and {len(starts) - _MOST_CHAPTERS} more"


def _row(name: str, cells: str) -> str:
    return f"{name:<{_LABEL}}{cells}".rstrip()


def _voice(view: SessionView, width: int) -> str:
    step = view.length / width
    heard = [0.0] * width
    for spoken in view.voice:
        for cell in range(int(spoken.start / step), min(width - 1, int(spoken.stop / step)) + 1):
            shared = min(spoken.stop, (cell + 1) * step) - max(spoken.start, cell * step)
            heard[cell] += max(0.0, shared) / step
    return "".join("#" if s >= _MUCH else ":" if s >= _SOME else "." for s in heard)


def _breath(view: SessionView, width: int) -> str:
    cells = [" "] * width
    for breath in view.breaths:
        first, last = (int(at / view.length * width) for at in (breath.start, breath.stop))
        for cell in range(first, min(width - 1, last) + 1):
            cells[cell] = "~"
    return "".join(cells)


def _bells(view: SessionView, width: int) -> str:
    cells = [" "] * width
    for bell in view.bells:
        cells[min(width - 1, int(bell / view.length * width))] = "*"
    return "".join(cells)


def _time(length: float, width: int) -> str:
    most = max(1, width // _TICK_COLUMNS)
    step = next((s for s in _TICKS_S if length / s <= most), _TICKS_S[-1])
    row = ""
    for second in range(0, int(length), step):
        row = row.ljust(int(second / length * width)) + clock(second)
    return row[:width]
