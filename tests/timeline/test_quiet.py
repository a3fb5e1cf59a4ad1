"""Floors of silence hold, and a session that falls silent does so by two thirds of its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from timeline_cases import LIMITS, line, paces, planned, script_of

from cft_audio.errors import LengthError
from cft_audio.script.cues import (
    Breathe,
    Cue,
    ElasticBreathe,
    ElasticPause,
    Quiet,
    Say,
    Script,
    Section,
)
from cft_audio.script.practice import Limits
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import PauseEvent, SayEvent, Timeline
from cft_audio.timeline.pace import PRESETS, Pace

if TYPE_CHECKING:
    from collections.abc import Callable

GENTLE = PRESETS["gentle"]

_PARTS: st.SearchStrategy[list[Cue]] = st.lists(
    st.one_of(
        st.builds(
            lambda n, s, least: [Say(line(n, s)), ElasticPause(1.0, least)],
            st.integers(0, 99),
            st.floats(0.5, 12).map(lambda s: round(s, 2)),
            st.sampled_from([8.0, 12.0, 20.0, 60.0]),
        ),
        st.just([ElasticBreathe()]),
        st.just([Breathe(2)]),
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: [cue for part in parts for cue in part])


def quiet_after_lines(timeline: Timeline) -> list[float]:
    starts = [placed.start for placed in timeline.speech]
    ends = [e.start + e.length for e in timeline.events if isinstance(e, SayEvent)]
    return [
        seconds(min((start for start in starts if start >= end), default=timeline.length) - end)
        for end in ends
    ]


def last_word(timeline: Timeline) -> int:
    return max((placed.start + placed.length for placed in timeline.speech), default=0)


@given(_PARTS, paces(), st.one_of(st.none(), st.floats(60, 900)), st.sampled_from([5.0, 20.0]))
@settings(max_examples=80)
def test_no_length_pace_or_limit_makes_a_floor_shorter(
    cues: list[Cue], pace: Pace, length: float | None, limit: float
) -> None:
    script = script_of(Section("A", tuple(cues)))
    try:
        timeline = planned(script, pace, length, Limits(silence=limit))
    except LengthError:
        assume(False)
        raise
    floors = [cue.least for cue in cues if isinstance(cue, ElasticPause)]

    for quiet, floor in zip(quiet_after_lines(timeline), floors, strict=True):
        assert quiet >= floor - 1e-3


def test_an_unhurried_session_makes_floors_longer_at_its_natural_length(
    make: Callable[..., Script],
) -> None:
    script = make([Say(line(1, 5)), ElasticPause(1.0, least=12.0), Say(line(2, 5))])

    assert quiet_after_lines(planned(script, GENTLE, None))[0] == 12
    assert quiet_after_lines(planned(script, PRESETS["slow"], None))[0] == 15


def test_silences_keep_their_length_while_guided_breathing_gives_way(
    make: Callable[..., Script],
) -> None:
    part = [Say(line(1, 10)), ElasticPause(2.0), ElasticBreathe()]
    script = make(part, part, [Say(line(2, 10)), ElasticPause(2.0)])
    natural = planned(script, GENTLE, None)
    shorter = planned(script, GENTLE, seconds(natural.length) - 40)

    def pauses(timeline: Timeline) -> list[float]:
        return [
            seconds(event.length)
            for event in timeline.events
            if isinstance(event, PauseEvent) and event.elastic
        ]

    assert len(shorter.breaths) < len(natural.breaths)
    assert pauses(shorter) == pytest.approx(pauses(natural), rel=0.1)


@given(
    cues=_PARTS,
    pace=paces(),
    length=st.one_of(st.none(), st.floats(60, 3000)),
    breathing=st.booleans(),
)
@example(  # the longer silences of a falling session once made its words end later
    cues=[
        *[ElasticBreathe()] * 3,
        Say(line(0, 1.0)),
        ElasticPause(1.0, 8.0),
        Breathe(2),
        Breathe(2),
    ],
    pace=PRESETS["fours"],
    length=None,
    breathing=False,
)
@settings(max_examples=80)
def test_the_last_word_comes_by_two_thirds(
    cues: list[Cue], pace: Pace, length: float | None, *, breathing: bool
) -> None:
    script = script_of(Section("A", (*cues, Quiet(breathing=breathing))))
    try:
        timeline = planned(script, pace, length)
    except LengthError:
        assume(False)
        raise

    assert length is None or timeline.length == samples(length)
    assert sum(event.length for event in timeline.events) == timeline.length
    assert last_word(timeline) <= timeline.length * 2 / 3
    end = timeline.events[-1].start
    covered = any(breath.start + breath.length >= end - 2 for breath in timeline.breaths)
    assert covered == breathing


def test_the_quiet_at_the_end_has_no_limit_but_the_night(make: Callable[..., Script]) -> None:
    script = make([Say(line(1, 10)), ElasticPause(), Quiet()])
    timeline = planned(script, GENTLE, 3600, LIMITS)

    assert seconds(timeline.length - last_word(timeline)) > 3500


@pytest.mark.parametrize("breathing", [False, True])
def test_every_length_from_the_shortest_on_can_be_made(
    make: Callable[..., Script], *, breathing: bool
) -> None:
    script = make([Say(line(1, 10)), ElasticPause(), Quiet(breathing=breathing)])
    with pytest.raises(LengthError) as caught:
        planned(script, GENTLE, 10)
    first = caught.value.remedy.removeprefix("Ask for a length from ").split()[0]
    minutes, rest = map(int, first.split(":"))
    shortest = 60 * minutes + rest

    for more in range(0, 60, 7):
        assert planned(script, GENTLE, shortest + more).length == samples(shortest + more)
