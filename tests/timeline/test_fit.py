"""Every session is exactly as long as was asked, and natural all the way through."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from timeline_cases import LIMITS, line, paces, planned, scripts

from cft_audio.errors import LengthError
from cft_audio.script.cues import (
    Breathe,
    ElasticBreathe,
    ElasticPause,
    Pause,
    Say,
    Script,
)
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import BreatheEvent, ChimeEvent, PauseEvent, SayEvent, Timeline
from cft_audio.timeline.pace import PRESETS, Pace

Make = Callable[..., Script]

GENTLE = PRESETS["gentle"]


def fits(script: Script, pace: Pace, length: float | None) -> Timeline:
    try:
        return planned(script, pace, length)
    except LengthError:
        assume(False)
        raise


# Few scripts can have any length: most that are drawn are passed over.
@given(scripts(), paces(), st.floats(60, 1800))
@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
def test_the_length_is_met_to_the_sample(script: Script, pace: Pace, length: float) -> None:
    timeline = fits(script, pace, length)

    assert timeline.length == samples(length)
    assert sum(event.length for event in timeline.events) == samples(length)


@given(scripts(), paces(), st.one_of(st.none(), st.floats(60, 1800)))
@settings(max_examples=60)
def test_events_follow_one_another_without_gap_or_overlap(
    script: Script, pace: Pace, length: float | None
) -> None:
    timeline = fits(script, pace, length)

    position = 0
    for event in timeline.events:
        assert event.start == position
        assert event.length > 0
        position += event.length


@given(scripts(), paces(), st.one_of(st.none(), st.floats(60, 1800)))
@settings(max_examples=60)
def test_the_promises_of_paced_breathing_hold(
    script: Script, pace: Pace, length: float | None
) -> None:
    """Cues lie on their turns; narration on the tone begins on a breath and ends before a cue."""
    timeline = fits(script, pace, length)

    starts = {breath.start for breath in timeline.breaths}
    exhales = {breath.exhale_start for breath in timeline.breaths}
    for event in timeline.events:
        if isinstance(event, BreatheEvent):
            breaths = timeline.breaths_of(event)
            assert breaths[0].start == event.start
            assert sum(breath.length for breath in breaths) == event.length
            for cue in event.cues:
                assert cue.start in starts | exhales
        elif isinstance(event, SayEvent) and _on_the_tone(event, timeline):
            assert event.start in starts
    spoken = sorted(timeline.speech, key=lambda placed: placed.start)
    for before, after in pairwise(spoken):
        assert before.start + before.length <= after.start
    for breath, following in pairwise(timeline.breaths):
        assert breath.start + breath.length <= following.start


def _on_the_tone(event: SayEvent, timeline: Timeline) -> bool:
    return any(
        breath.start < event.start + event.length and event.start < breath.start + breath.length
        for breath in timeline.breaths
    )


@given(scripts(), paces(), st.one_of(st.none(), st.floats(60, 1800)))
@settings(max_examples=60)
def test_no_elastic_silence_or_breathing_goes_beyond_its_limit(
    script: Script, pace: Pace, length: float | None
) -> None:
    timeline = fits(script, pace, length)
    breath = 60 / min(pace.breaths_per_minute, pace.first_rate)

    for event in timeline.events:
        if isinstance(event, PauseEvent) and event.elastic:
            assert seconds(event.length) <= max(LIMITS.silence, breath) + 1e-3


@given(scripts(), paces(), st.floats(10, 5000))
@settings(max_examples=60)
def test_a_length_that_cannot_be_met_names_lengths_that_can(
    script: Script, pace: Pace, length: float
) -> None:
    try:
        planned(script, pace, length)
    except LengthError as error:
        if "one length only" in error.remedy:
            planned(script, pace, None)
            return
        for offered in _lengths_in(error.remedy):
            timeline = planned(script, pace, offered)
            assert timeline.length == samples(offered)


def _lengths_in(remedy: str) -> list[float]:
    import re

    found = re.findall(r"(?:(\d+):)?(\d+):(\d\d)", remedy)
    assert found
    return [float(int(h or 0) * 3600 + int(m) * 60 + int(s)) for h, m, s in found]


def test_the_error_names_the_asked_length_and_the_range(make: Make) -> None:
    script = make([Say(line(1, 10)), ElasticPause()])

    with pytest.raises(LengthError) as caught:
        planned(script, GENTLE, 600)

    assert caught.value.field == "minutes"
    assert caught.value.message == "the practice cannot be 10:00 long at this pace"
    assert caught.value.remedy == "Ask for a length from 0:18 to 0:55"


def test_silences_share_by_weight(make: Make) -> None:
    script = make(
        [Say(line(1, 10)), ElasticPause(1), Say(line(2, 10)), ElasticPause(3), Say(line(3, 10))]
    )
    natural = planned(script, GENTLE, None)
    longer = planned(script, GENTLE, 63)

    for timeline in (natural, longer):
        one, three = (e.length for e in timeline.events if getattr(e, "elastic", False))
        assert three == pytest.approx(3 * one, abs=2)
    assert longer.length == samples(63)


def test_elastic_breathing_and_silence_grow_together(make: Make) -> None:
    """A longer session neither only breathes nor only falls silent."""
    part = [Say(line(1, 5)), ElasticPause(), Say(line(2, 5)), Breathe(1), ElasticBreathe()]
    script = make(part, part, [ElasticPause(), Say(line(3, 5)), ElasticPause()])

    def shares(length: float) -> tuple[int, float]:
        timeline = planned(script, GENTLE, length)
        events = timeline.events
        breaths = sum(len(timeline.breaths_of(e)) for e in events if isinstance(e, BreatheEvent))
        silence = sum(e.length for e in events if isinstance(e, PauseEvent) and e.elastic)
        return breaths, seconds(silence)

    short, long = shares(200), shares(500)
    assert long[0] > 1.5 * short[0]
    assert long[1] > 1.5 * short[1]


def test_narration_between_breathe_cues_keeps_the_tone_going(make: Make) -> None:
    script = make([Breathe(2), Say(line(1, 12)), ElasticPause(), Pause(4), Breathe(2)])
    timeline = planned(script, GENTLE, None)

    covered = [(breath.start, breath.start + breath.length) for breath in timeline.breaths]
    assert all(end == start for (_, end), (start, _) in pairwise(covered))
    kinds = [event.kind for event in timeline.events]
    assert kinds == ["pause", "breathe", "say", "pause", "pause", "pause", "breathe", "pause"]


def test_no_spoken_cue_is_heard_twice_running(make: Make) -> None:
    script = make([Breathe(6), Say(line(1, 12)), Breathe(1)], [Breathe(5)], [Breathe(1)])
    timeline = planned(script, GENTLE, None)
    cues = [cue.line for e in timeline.events if isinstance(e, BreatheEvent) for cue in e.cues]

    for turn in (cues[::2], cues[1::2]):
        assert len(turn) == 4 + 1 + 4 + 1
        assert all(before != after for before, after in pairwise(turn))


def test_spoken_cues_fade_and_then_leave_the_tone_alone(make: Make) -> None:
    timeline = planned(make([Breathe(6)]), GENTLE, None)
    [event] = [e for e in timeline.events if isinstance(e, BreatheEvent)]

    gains = [cue.gain_db for cue in event.cues]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] == 0
    assert gains[-1] < 0
    assert event.cues[-1].start < timeline.breaths_of(event)[-1].start


def test_a_session_eases_from_its_first_rate_to_its_pace(make: Make) -> None:
    timeline = planned(make([Breathe(30)]), GENTLE, None)

    lengths = [seconds(breath.length) for breath in timeline.breaths]
    assert lengths[0] == pytest.approx(60 / GENTLE.first_rate, abs=0.01)
    assert lengths == sorted(lengths)
    assert lengths[-1] == pytest.approx(60 / GENTLE.breaths_per_minute, abs=0.01)


def test_a_section_with_nothing_in_it_is_no_chapter(make: Make) -> None:
    script = make([Say(line(1, 2.0))], [], [Say(line(2, 2.0))])
    timeline = planned(script, PRESETS["gentle"], None)

    assert [chapter.title for chapter in timeline.chapters] == ["C0", "C2"]
    assert [e.chapter for e in timeline.events if isinstance(e, SayEvent)] == [0, 1]


def test_a_chime_rings_where_it_is_asked_for(make: Make) -> None:
    from cft_audio.script.cues import Chime

    timeline = planned(make([Chime(), Say(line(1, 3)), Chime()]), GENTLE, None)

    strikes = [event.start for event in timeline.events if isinstance(event, ChimeEvent)]
    assert list(timeline.chimes) == strikes
    assert len(strikes) == 2
