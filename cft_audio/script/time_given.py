"""How much quiet follows what was said: floors that nothing goes below, by the kind of a line.

Content goes before they do: a session that is too short for its floors says less.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.languages.kinds import Kind, kind_of, wait_s
from cft_audio.script.cues import (
    CHIME_S,
    PAUSE_S,
    Chime,
    Cue,
    ElasticPause,
    Pause,
    Say,
    Section,
    TimeFor,
)
from cft_audio.script.time_marks import BOUNDS, LAST_MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line, Purpose

FLOORS: dict[Kind, float] = {
    "plain": 0.0,
    "greeting": 1.5,
    "picture": 8.0,
    "question": 12.0,
    "questions": 20.0,
    "waiting": 0.0,
}
"""Seconds of quiet after each kind of line, at least; ``waiting`` lasts as long as it says. Our
judgement after a clinical reading of all practices, like the bounds of ``time_marks``."""

_USUAL_S: dict[Purpose, float] = {"moment": 1.5, "picture": 10.0, "answer": 15.0, "write": 90.0}
"""Seconds of each mark at its natural length."""

_SEVERAL_S = 25.0
"""Seconds of ``[answer]`` after several questions, at its natural length."""


def floor_s(line: Line, language: Language) -> float:
    """Return how many seconds of quiet follow a line at least, by its kind."""
    return wait_s(line.asked, language) or FLOORS[kind_of(line.asked, language)]


def least_s(time: TimeFor) -> float:
    """Return how many seconds a mark gives at least, whatever it follows."""
    with_chime = 2 * LAST_MINUTE_S if time.chime else 0.0
    return time.seconds or max(BOUNDS[time.purpose][0], with_chime)


def give_time(sections: Iterable[Section], language: Language) -> tuple[Section, ...]:
    """Return ``sections`` with each pause and each mark of time as an elastic pause with its floor.

    A pause is judged by the line right before it; what was silent between the two counts.
    """
    return tuple(
        replace(section, cues=tuple(_with_floors(section.cues, language))) for section in sections
    )


def _with_floors(cues: Iterable[Cue], language: Language) -> Iterator[Cue]:
    said: Line | None = None
    silent_s = 0.0
    for cue in cues:
        match cue:
            case ElasticPause() if said:
                yield _after(said, cue, silent_s, language)
            case TimeFor():
                yield from _time_for(cue, said, language)
            case _:
                yield cue
        match cue:
            case Say(line):
                said, silent_s = line, 0.0
            case Pause(seconds):
                silent_s += seconds
            case _:
                said = None


def _after(line: Line, pause: ElasticPause, silent_s: float, language: Language) -> ElasticPause:
    if kind_of(line.asked, language) == "greeting" and not silent_s:
        return _moment(pause.weight)
    return replace(pause, least=max(0.0, floor_s(line, language) - silent_s))


def _moment(times: float) -> ElasticPause:
    least, most = BOUNDS["moment"]
    return ElasticPause(times * _USUAL_S["moment"] / PAUSE_S, least, most)


def _time_for(time: TimeFor, said: Line | None, language: Language) -> Iterator[Cue]:
    """Yield the quiet of a mark of time, the chime in it among it."""
    if time.purpose == "moment":
        yield _moment((time.seconds or _USUAL_S["moment"]) / _USUAL_S["moment"])
        return
    usual, least = time.seconds or _USUAL_S[time.purpose], least_s(time)
    if time.purpose == "answer" and said and not time.seconds:
        least = max(least, floor_s(said, language))
        usual = _SEVERAL_S if least >= FLOORS["questions"] else usual
    usual = max(usual, least)
    most = BOUNDS["write"][1] if time.purpose == "write" else 0.0
    if not time.chime:
        yield ElasticPause(usual / PAUSE_S, least, most)
        return
    before = usual - LAST_MINUTE_S
    yield ElasticPause(before / PAUSE_S, least - LAST_MINUTE_S, most - LAST_MINUTE_S)
    yield Chime(soft=True)
    yield Pause(LAST_MINUTE_S - CHIME_S)
