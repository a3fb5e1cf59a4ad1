"""Breathing patterns in seconds, what can be insisted on, and arriving at a pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from timeline_cases import planned

from cft_audio.application.choices import Choices
from cft_audio.application.pacing import pace_for
from cft_audio.errors import RequestError
from cft_audio.planning.session import Session
from cft_audio.script.cues import Breathe, ElasticPause
from cft_audio.timeline.breath_patterns import Pattern, parse_timed_pattern
from cft_audio.timeline.pace import PRESETS, Pace, adjust_pace, seconds_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.script.cues import Script

GENTLE = PRESETS["gentle"]


def refusal(call: Callable[[], object], field: str = "pattern") -> str:
    with pytest.raises(RequestError) as caught:
        call()
    assert caught.value.field == field
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        *(("4-7-8", Pattern(4, 7, 8, 0)), ("4:7:8", Pattern(4, 7, 8, 0))),
        *(("4 7 8", Pattern(4, 7, 8, 0)), ("4–7–8", Pattern(4, 7, 8, 0))),
        *(("4\N{EM DASH}7\N{EM DASH}8", Pattern(4, 7, 8, 0)), ("4, 7, 8", Pattern(4, 7, 8, 0))),
        *(("4\N{MINUS SIGN}6", Pattern(4, 0, 6, 0)), ("5,5, 6,5", Pattern(5.5, 0, 6.5, 0))),
        ("4\N{NON-BREAKING HYPHEN}6", Pattern(4, 0, 6, 0)),
        *(("box", Pattern(4, 4, 4, 4)), ("Box", Pattern(4, 4, 4, 4))),
        *(("4:0:6:0", Pattern(4, 0, 6, 0)), ("4-0-6-2", Pattern(4, 0, 6, 2))),
        *(("5.5-5.5", Pattern(5.5, 0, 5.5, 0)), ("5,5 - 5,5", Pattern(5.5, 0, 5.5, 0))),
        *(("4s-6s", Pattern(4, 0, 6, 0)), ("evening", Pattern(4, 0, 8, 0))),
    ],
)
def test_a_pattern_in_seconds_is_read_as_people_write_it(text: str, pattern: Pattern) -> None:
    named = {"box": Pattern(4, 4, 4, 4), "Evening": Pattern(4, 0, 8, 0)}

    assert parse_timed_pattern(text, named) == pattern


@pytest.mark.parametrize(
    "text", ["", "4", "4,7,8", "4-7-8-1-2", "a-b", "4--8", "-4-6", "boxx", "4-7-", "9" * 999]
)
def test_what_is_no_pattern_in_seconds_is_refused_with_those_that_are_known(text: str) -> None:
    assert "box" in refusal(lambda: parse_timed_pattern(text))


@pytest.mark.parametrize("seconds", ["4-7-8", "9-9-9", "1-1", "6-6-6-6"])
def test_a_pattern_out_of_bounds_is_told_how_many_seconds_a_breath_may_have(seconds: str) -> None:
    pattern = parse_timed_pattern(seconds)

    told = refusal(lambda: adjust_pace(GENTLE, timed=pattern))

    assert "a breath of 5 to 17 s in all" in told
    assert "3.5 to 12" not in told


@pytest.mark.parametrize("text", ["0-4-8", "4-4-0"])
def test_a_breath_goes_in_and_out(text: str) -> None:
    assert "has no" in refusal(lambda: parse_timed_pattern(text))


def test_seconds_are_seconds_at_every_breath(make: Callable[..., Script]) -> None:
    pace = adjust_pace(GENTLE, timed=parse_timed_pattern("box"))
    timeline = planned(make([Breathe(6), ElasticPause(1)]), pace, None)

    assert pace.breaths_per_minute == 3.75
    for breath in timeline.breaths:
        turns = (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)
        assert turns == (4 * 44_100,) * 4
    assert seconds_words(pace) == "4 s in, 4 s held, 4 s out, 4 s rest"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4-7-8", "air hunger"),
        ("9-5", "take in"),
        ("4-9-4", "hold a full breath"),
        ("4-0-13", "let out"),
    ],
)
def test_what_is_merely_unusual_is_told_with_its_reason_and_can_be_insisted_on(
    text: str, reason: str
) -> None:
    timed = parse_timed_pattern(text)
    told = refusal(lambda: adjust_pace(GENTLE, timed=timed))

    assert reason in told
    assert "insist on it" in told
    assert adjust_pace(GENTLE, timed=timed, insisted=True).pattern == timed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("4-16-8", "short of air"), ("8-8-8-8", "short of air"), ("1-1", "light-headed")),
        *(("1-1-8", "gasping"), ("8-0-1", "forcing"), ("4-11-4", "does not see")),
    ],
)
def test_what_is_unsafe_cannot_be_insisted_on(text: str, reason: str) -> None:
    timed = parse_timed_pattern(text)
    told = refusal(lambda: adjust_pace(GENTLE, timed=timed, insisted=True))

    assert reason in told
    assert "; if you know" not in told


def test_a_rate_can_be_insisted_on_likewise() -> None:
    told = refusal(lambda: adjust_pace(GENTLE, breaths_per_minute=3.0), "breaths_per_minute")
    assert "insist on it" in told
    assert adjust_pace(GENTLE, breaths_per_minute=3.0, insisted=True).breaths_per_minute == 3.0
    for wrong in (2.0, 13.0):
        told = refusal(
            lambda rate=wrong: adjust_pace(GENTLE, breaths_per_minute=rate, insisted=True),  # type: ignore[misc]
            "breaths_per_minute",
        )
        assert "; if you know" not in told


def pace_of(chosen: dict[str, object], **settings: object) -> Pace:
    return pace_for(Choices(chosen, settings))


@pytest.mark.parametrize(
    "other", [{"pace": "slow"}, {"ratio": Pattern(4, 0, 6, 0)}, {"breaths_per_minute": 5.5}]
)
def test_a_pattern_in_seconds_counts_before_settings_and_not_beside_a_rate(
    other: dict[str, object],
) -> None:
    box = Pattern(4, 4, 4, 4)

    refused = refusal(lambda: pace_of({"pattern": "box", **other}))
    assert "Give one of them" in refused
    assert pace_of({"pattern": "box"}, **other).pattern == box
    assert pace_of(other, pattern="box").pattern != box
    if "pace" not in other:
        refusal(lambda: pace_of({}, pattern="box", **other))


def test_a_slow_pace_of_the_settings_still_gives_a_pattern_its_quiet() -> None:
    pace = pace_of({}, pace="slow", pattern="evening", patterns={"evening": "4-0-8"})

    assert (pace.pattern, pace.unhurried) == (Pattern(4, 0, 8, 0), PRESETS["slow"].unhurried)


def test_where_no_breath_is_held_inhale_and_exhale_keep_their_seconds() -> None:
    pace = pace_of({"pattern": "4-7-8", "for": ("trauma-sensitive",)})
    adapted = Session("any", pace=pace, adaptations=("trauma-sensitive",)).adapted_pace

    assert adapted.phases(adapted.breaths_per_minute) == pytest.approx((4, 0, 8, 0))
    assert adapted.first_rate == adapted.breaths_per_minute
    short = Session("any", pace=pace_of({"pattern": "2-6-2"}), adaptations=("trauma-sensitive",))
    assert short.adapted_pace.breaths_per_minute == 12


@pytest.mark.parametrize("name", ["gentle", "steady", "slow"])
@pytest.mark.parametrize("breaths", [1, 2, 4, 7, 12, 40])
def test_a_session_arrives_at_its_pace_within_the_breaths_it_has(
    make: Callable[..., Script], name: str, breaths: int
) -> None:
    pace = PRESETS[name]
    timeline = planned(make([Breathe(breaths), ElasticPause(1)]), pace, None)
    lengths = [breath.length for breath in timeline.breaths]

    assert lengths[-1] == pytest.approx(44_100 * 60 / pace.breaths_per_minute, abs=4)
    assert lengths == sorted(lengths)
    if breaths > 1:
        assert lengths[0] == pytest.approx(44_100 * 60 / pace.first_rate, abs=4)


def test_a_session_with_breaths_enough_eases_as_it_always_did(make: Callable[..., Script]) -> None:
    timeline = planned(make([Breathe(40), ElasticPause(1)]), GENTLE, None)
    elapsed = 0
    for breath in timeline.breaths:
        rate = 8.0 - 2.0 * min(1.0, elapsed / (120 * 44_100))
        assert breath.length == pytest.approx(44_100 * 60 / rate, abs=4)
        elapsed += breath.length
