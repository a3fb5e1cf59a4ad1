"""The plan of a mix: decided without a sample, and a plain value."""

import json
import pickle
import subprocess
import sys
from dataclasses import asdict

from cft_audio.mix.plan import MixPlan, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Breath, Chapter, SayEvent, Timeline

LINE = Line((Span("a line"),))


def planned(spoken_s: float, tone: str = "swell") -> MixPlan:
    """Return the plan of a hundred seconds that breathe twice and speak once."""
    says = SayEvent(samples(5), samples(spoken_s), 0, LINE)
    breaths = tuple(Breath(samples(at), samples(4), 0, samples(6), 0) for at in (60, 70))
    timeline = Timeline(samples(100), (Chapter("A", 0),), (says,), breaths)
    return plan_mix(timeline, tone, "rain", 3)


def test_the_less_is_said_the_further_tone_and_bed_step_back() -> None:
    gains = [planned(spoken_s).ambience_gain_db for spoken_s in (80, 30, 10, 3, 1)]

    assert gains[0] == 0
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] == -12


def test_equal_sessions_have_equal_plans_that_pickle_and_print() -> None:
    plan = planned(30)

    assert plan == planned(30) != planned(31)
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 -- our own
    assert f"ducked={plan.ducked}" in str(plan)


def test_a_plan_goes_to_json() -> None:
    table = json.loads(json.dumps(asdict(planned(30))))

    assert table["ducked"] == [[samples(5), samples(35)]]
    assert (table["tone"], table["bed"], table["seed"]) == ("swell", "rain", 3)


def test_planning_a_mix_loads_nothing_that_computes_samples() -> None:
    program = "import sys, cft_audio.mix.plan\nassert 'numpy' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", program], check=True)
