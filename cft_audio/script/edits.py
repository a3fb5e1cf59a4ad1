"""Edits of a session's lines: what a person leaves out, and where they want a longer rest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import RequestError
from cft_audio.script.cues import Cue, ElasticPause, LongerRest, Pause, Say, Section, TimeFor
from cft_audio.script.line_ids import is_line_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGER_S = (0.5, 120.0)
"""Seconds that a rest can be longer: less is hardly heard, and two minutes are long for anybody."""

_SHOWN = 8
"""Words of a line by which it is found."""

_Silent: TypeAlias = Pause | ElasticPause | TimeFor


@dataclass(frozen=True)
class LineEdit:
    """What is changed of one line.

    Attributes:
        id: The line's id (``line_ids``).
        leave_out: Whether it is left out, and with it the time that was given for it alone.
        rest_longer_s: Seconds of quiet that follow it, or stand in its place, beside those that
            there are; 0 for none.

    Raises:
        RequestError: If the id is none, nothing is changed, or the rest is not in ``LONGER_S``.
    """

    id: str
    leave_out: bool = False
    rest_longer_s: float = 0.0

    def __post_init__(self) -> None:
        least, most = LONGER_S
        if not is_line_id(self.id):
            message, remedy = f"'{self.id}' is no line's id", "Look it up: ‹list lines›"
        elif not (self.leave_out or self.rest_longer_s):
            message = "nothing is changed of the line"
            remedy = "Write leave_out = true, or rest_longer = and seconds, or remove it"
        elif self.rest_longer_s and not least <= self.rest_longer_s <= most:
            message = f"a rest cannot be {self.rest_longer_s:g} s longer"
            remedy = f"Give {least:g} to {most:g} seconds"
        else:
            return
        raise RequestError(message, remedy=remedy, field="edits")


@dataclass(frozen=True)
class Edits:
    """What is changed of a session's lines.

    Attributes:
        lines: One edit for each line, in the order of their ids.
    """

    lines: tuple[LineEdit, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[LineEdit]) -> Edits:
        """Return edits of these lines, whatever their order; of one line's, the last counts."""
        by_id = {edit.id: edit for edit in lines}
        return cls(tuple(by_id[name] for name in sorted(by_id)))

    @cached_property
    def by_id(self) -> Mapping[str, LineEdit]:
        """The edits by the ids of their lines."""
        return {edit.id: edit for edit in self.lines}

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell them from others; empty where nothing is changed."""
        told = [(edit.id, edit.leave_out, edit.rest_longer_s) for edit in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:8] if told else ""

    def __bool__(self) -> bool:
        """Return whether anything is changed."""
        return bool(self.lines)


NO_EDITS = Edits()
"""Every line as it is."""


def edit_lines(sections: Iterable[Section], edits: Edits) -> tuple[Section, ...]:
    """Return ``sections``, whose lines have ids, as they are edited.

    The silence right behind a line that is left out goes with it, unless another line stands right
    before it, or parted from it by a ``[moment]`` alone: then it was given for both, and is kept
    for the other. Breaths and bells stay. A chapter in which nothing is said, breathed or struck
    any more is none.

    Raises:
        RequestError: If a line that is kept is left out, or nothing that is said would remain.
    """
    before = tuple(sections)
    if not edits:
        return before
    edited = tuple(_edited(section, edits) for section in before)
    kept = tuple(new for old, new in zip(before, edited, strict=True) if new == old or _lives(new))
    if any(map(_says, before)) and not any(map(_says, kept)):
        remedy = "Leave fewer lines out. For bells and breath alone, choose ‹self_led›"
        raise RequestError("nothing would be said any more", remedy=remedy, field="edits")
    return kept


def _edited(section: Section, edits: Edits) -> Section:
    cues, done = section.cues, list[Cue]()
    at = 0
    while at < len(cues):
        cue, at = cues[at], at + 1
        edit = edits.by_id.get(cue.id) if isinstance(cue, Say) else None
        if edit is None or not isinstance(cue, Say):
            done.append(cue)
            continue
        silence = _silence_at(cues, at)
        at += len(silence)
        if not edit.leave_out:
            done += [cue, *silence]
        else:
            _check_free(cue)
            _hand_over(silence, done)
        if edit.rest_longer_s:
            done.append(LongerRest(edit.rest_longer_s))
    return replace(section, cues=tuple(done))


def _silence_at(cues: Sequence[Cue], start: int) -> Sequence[Cue]:
    stop = start
    while stop < len(cues) and isinstance(cues[stop], _Silent):
        stop += 1
    return cues[start:stop]


def _hand_over(silence: Sequence[Cue], done: list[Cue]) -> None:
    """Keep the silence of a line that is left out for the line before it, if it has none."""
    back = [at for at in reversed(range(len(done))) if not isinstance(done[at], LongerRest)]
    last, before = (done[at] if at >= 0 else None for at in (*back, -1, -1)[:2])
    if silence and isinstance(last, Say):
        done[back[0] + 1 : back[0] + 1] = silence
    elif silence and isinstance(before, Say) and _is_moment(last):
        done[back[0] : back[0] + 1] = silence


def _is_moment(cue: Cue | None) -> bool:
    return isinstance(cue, TimeFor) and cue.purpose == "moment"


def _check_free(cue: Say) -> None:
    """Raise RequestError if a line cannot be left out."""
    if cue.line.is_kept:
        words = cue.line.masked.split()
        begins = " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
        message = (
            f"the line '{begins}' cannot be left out: it keeps the listener safe, says how to stop "
            "or what to do afterwards"
        )
        remedy = (
            f"Take {cue.id} out of the edits. For other words in its place, choose another "
            "‹seed›, or write them in a script of your own"
        )
        raise RequestError(message, remedy=remedy, field="edits")


def _says(section: Section) -> bool:
    return any(isinstance(cue, Say) for cue in section.cues)


def _lives(section: Section) -> bool:
    """Return whether anything but silence is in a chapter."""
    return any(not isinstance(cue, _Silent | LongerRest) for cue in section.cues)
