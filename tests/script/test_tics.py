"""Turns of phrase have a budget over everything that is said."""

from __future__ import annotations

import pytest

from cft_audio.languages.registry import ENGLISH
from cft_audio.script.tics import budget_of, find_tics, furthest_over

TICS = {tic.name: tic for tic in ENGLISH.checks.tics}


def over(spoken: str, minutes: float = 10.0) -> list[str]:
    return [found.tic.name for found in find_tics(spoken, minutes, ENGLISH.checks.tics)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("'A, or B, or C'", "A lamp, or a leaf, or a tile."),
        ("'might' after 'you'", "You might let your shoulders come down."),
        ("'may be'", "It may be soft, or it may not."),
        ("'needn't'", "You needn’t hurry."),
        ("'a little'", "Let it loosen a little."),
        ("a word of kindness", "Be kinder to yourself, as kindly as you can."),
        ("'soft'", "Let your belly soften."),
        ("'warm'", "A warmth comes from it."),
        ("'X, and not Y'", "It's a bruise, and not a verdict."),
        ("'not the biggest'", "Choose one that's not the biggest."),
        ("'that's how it goes'", "That’s how it goes."),
    ],
)
def test_each_is_found_when_it_is_said_ten_times(name: str, said: str) -> None:
    assert name in over(" ".join([said] * 10))


def test_three_times_is_no_habit_yet() -> None:
    said = "You might sit down. You might look up. You might rest. " + "Here is the room. " * 40

    assert over(said) == []


def test_a_longer_session_may_say_it_more_often() -> None:
    tic = TICS["'might' after 'you'"]
    three = TICS["'A, or B, or C'"]

    assert budget_of(tic, 3000, 45.0) > budget_of(tic, 500, 10.0)
    assert (budget_of(three, 500, 10.0), budget_of(three, 3000, 45.0)) == (2, 9)


def test_the_budgets_are_half_of_what_was_counted() -> None:
    """198 times "you might" in 30,700 words, and so on: the review's counts."""
    counted = {
        "'might' after 'you'": 198, "'may be'": 112, "'needn't'": 62, "'a little'": 103,
        "a word of kindness": 171, "'soft'": 52, "'warm'": 69,
    }  # fmt: skip
    for name, count in counted.items():
        assert TICS[name].most <= count / 30.7 / 2 + 0.1


def test_of_many_renderings_the_one_furthest_over_is_told() -> None:
    said = "You might look up. "
    found = [
        *find_tics(said * 9, 5.0, ENGLISH.checks.tics),
        *find_tics(said * 12, 10.0, ENGLISH.checks.tics, ("sleep",)),
    ]

    (worst,) = furthest_over(found)
    assert (worst.times, worst.minutes, worst.told_for) == (12, 10.0, ("sleep",))
