"""The plan of a mix: decided without a sample, and a plain value."""

import json
import pickle
import subprocess
import sys
from dataclasses import asdict

import pytest

from cft_audio.errors import RequestError
from cft_audio.mix.levels import LEVELS, parse_level
from cft_audio.mix.plan import MixPlan, Sounds, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples, seconds
from cft_audio.signal.balance import Balance
from cft_audio.timeline.events import (
    Breath,
    BreatheEvent,
    Chapter,
    ChimeEvent,
    Event,
    Placed,
    SayEvent,
    Timeline,
)

LINE = Line((Span("a line"),))
RAIN = Sounds("swell", "rain", seed=3)


def says(at_s: float, length_s: float = 3.0) -> SayEvent:
    return SayEvent(samples(at_s), samples(length_s), 0, LINE)


def planned(*events: Event, length_s: float = 100.0, sounds: Sounds = RAIN) -> MixPlan:
    """Return the plan of a session that breathes twice, at 60 s and at 70 s."""
    breaths = tuple(Breath(samples(at), samples(4), 0, samples(6), 0) for at in (60, 70))
    timeline = Timeline(samples(length_s), (Chapter("A", 0),), events, breaths)
    return plan_mix(timeline, sounds)


def bed_spans(plan: MixPlan) -> list[tuple[float, float]]:
    [dip] = plan.bed_dips
    return [(seconds(start), seconds(stop)) for start, stop in dip.spans]


def test_lines_less_than_four_seconds_apart_are_one_dip() -> None:
    assert bed_spans(planned(says(5), says(11.9), says(20))) == [(5, 14.9), (20, 23)]


def test_the_breath_cues_of_a_run_are_one_dip() -> None:
    cues = tuple(Placed(LINE, samples(at), samples(1)) for at in (60, 64, 70, 74))
    assert bed_spans(planned(BreatheEvent(samples(60), samples(20), 0, cues))) == [(60, 75)]


def test_under_breath_cues_a_bed_keeps_more_of_its_band_of_speech_than_under_a_line() -> None:
    cues = tuple(Placed(LINE, samples(at), samples(1)) for at in (60, 64, 70, 74))
    run = BreatheEvent(samples(60), samples(20), 0, cues)
    told, cued = planned(says(5), run).speech_band_dips

    assert told.spans == ((samples(5), samples(8)),)
    assert cued.spans == ((samples(60), samples(75)),)
    assert told.depth_db < cued.depth_db < 0


def test_the_tone_is_within_two_decibels_of_itself_at_every_turn() -> None:
    [dip] = planned(says(5)).tone_dips

    assert -2.0 <= dip.depth_db < 0
    assert seconds(min(dip.attack, dip.release)) >= 2


def test_bells_are_struck_where_the_session_has_them() -> None:
    chime, soft = (
        ChimeEvent(samples(2), samples(13), 0, strokes=3),
        ChimeEvent(samples(30), 1, 0, soft=True),
    )
    assert [seconds(at) for at in planned(chime, soft).bells] == [2, 6, 10]


def test_a_bell_that_tells_the_time_waits_for_the_end_of_a_line() -> None:
    sounds = Sounds("none", "none", bell_every_s=60.0)
    plan = planned(says(58, 5), says(100, 3), length_s=300.0, sounds=sounds)

    assert [seconds(at) for at in plan.bells] == [63.8, 120, 180, 240]


def test_no_bell_tells_the_time_near_another_or_near_the_end() -> None:
    sounds = Sounds("none", "none", bell_every_s=60.0)
    plan = planned(ChimeEvent(samples(125), samples(5), 0), length_s=190.0, sounds=sounds)

    assert [seconds(at) for at in plan.bells] == [60, 125]


def test_a_session_by_day_ends_as_it_ever_did() -> None:
    plan = planned(says(80, 8))

    assert plan.steps is None
    assert seconds(plan.fade_out) == 6


@pytest.mark.parametrize(("length_s", "fade_s"), [(300, 30), (400, 50), (900, 60)])
def test_one_that_ends_in_quiet_fades_so_slowly_that_nobody_wakes(
    length_s: float, fade_s: float
) -> None:
    plan = planned(says(5), says(240, 10), length_s=length_s)

    assert seconds(plan.fade_out) == fade_s
    assert plan.steps is not None
    assert plan.steps.stop == samples(250)
    assert 0 > plan.steps.first_db > plan.steps.last_db


def test_equal_sessions_have_equal_plans_that_pickle_and_print() -> None:
    plan = planned(says(5))

    assert plan == planned(says(5)) != planned(says(6))
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 -- our own
    assert f"spans={plan.bed_dips[0].spans}" in str(plan)


def test_a_plan_goes_to_json() -> None:
    table = json.loads(json.dumps(asdict(planned(says(5)))))

    assert table["bed_dips"][0]["spans"] == [[samples(5), samples(8)]]
    assert (table["sounds"]["tone"], table["sounds"]["bed"]) == ("swell", "rain")


def test_planning_a_mix_loads_nothing_that_computes_samples() -> None:
    program = "import sys, cft_audio.mix.plan\nassert 'numpy' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("text", "level"),
    [*LEVELS.items(), ("Soft", -4.0), ("-3", -3.0), ("+2.5 dB", 2.5), ("-1,5", -1.5)],
)
def test_a_level_is_a_word_or_decibels(text: str, level: float) -> None:
    assert parse_level("bed_level", text) == level


@pytest.mark.parametrize("text", ["loud", "", "9", "-21", "nan", "3 LU"])
def test_another_level_is_refused_with_what_can_be_meant(text: str) -> None:
    with pytest.raises(RequestError, match="soft, medium or full, or decibels from -20") as caught:
        parse_level("bed_level", text)
    assert caught.value.field == "bed_level"


def test_medium_is_where_each_stands_by_itself() -> None:
    assert Balance() == Balance(*(LEVELS["medium"],) * 3)
