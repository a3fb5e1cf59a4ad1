"""Pace: presets, patterns of one's own, and bounds with a reason."""

import pytest

from cft_audio.errors import RequestError
from cft_audio.timeline.breath_patterns import Pattern, parse_pattern
from cft_audio.timeline.pace import PRESETS, adjust_pace

GENTLE = PRESETS["gentle"]


def refusal(**changes: object) -> str:
    with pytest.raises(RequestError) as caught:
        adjust_pace(GENTLE, **changes)
    return str(caught.value)


def test_every_preset_is_within_the_bounds() -> None:
    assert {"gentle", "steady", "slow"} <= set(PRESETS)
    for pace in PRESETS.values():
        assert adjust_pace(pace, first_rate=pace.first_rate).pattern == pace.pattern


def test_a_pattern_divides_the_breath() -> None:
    pace = adjust_pace(GENTLE, breaths_per_minute=5.0, pattern=parse_pattern("4:1:6:1"))

    assert pace.phases(5.0) == pytest.approx((4.0, 1.0, 6.0, 1.0))
    breath = pace.breath(100, 0)
    assert (breath.start, breath.exhale_start) == (100, 100 + 5 * 44100)


def test_two_numbers_are_inhale_and_exhale() -> None:
    assert parse_pattern("4:6") == Pattern(4, 0, 6, 0)


@pytest.mark.parametrize("text", ["", "4", "4:6:8", "a:b", "-4:0:6:0", "0:0:6:0", "4:0:0:0"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_pattern(text)

    assert caught.value.field == "ratio"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"breaths_per_minute": 3.0}, "air hunger"),
        ({"breaths_per_minute": 20.0}, "light-headed"),
        ({"first_rate": 15.0}, "light-headed"),
        ({"breaths_per_minute": 4.0, "pattern": Pattern(2, 0, 1, 0)}, "take in"),
        ({"breaths_per_minute": 4.0, "pattern": Pattern(1, 2, 1, 0)}, "hold a full breath"),
        ({"breaths_per_minute": 10.0, "pattern": Pattern(1, 0, 5, 0)}, "gasping"),
    ],
)
def test_what_could_not_be_breathed_safely_is_refused_with_the_reason(
    changes: dict[str, object], reason: str
) -> None:
    assert reason in refusal(**changes)


def test_a_rate_of_ones_own_does_not_ease_unless_asked() -> None:
    assert adjust_pace(GENTLE, breaths_per_minute=5.5).rate(0) == 5.5
    eased = adjust_pace(GENTLE, breaths_per_minute=5.5, first_rate=9.0)
    assert eased.rate(0) == 9.0
    assert eased.rate(600) == 5.5
