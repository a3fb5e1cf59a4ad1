"""Practices do not repeat themselves, are deep where they are long, and keep to their budgets."""

from __future__ import annotations

import pytest
from practice_cases import PRACTICES
from sameness import GOALS, measure_pairs, measure_practice, measure_programmes

pytestmark = pytest.mark.slow


def outside(figures: dict[str, float], notes: dict[str, str]) -> dict[str, str]:
    """Return what lies outside its goal, in words."""
    return {
        name: f"{value:.2f} {notes.get(name, '')}".strip()
        for name, value in figures.items()
        if not GOALS[name].least <= value <= GOALS[name].most
    }


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_keeps_its_goals_of_words(name: str) -> None:
    assert outside(*measure_practice(name)) == {}


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_shares_little_with_those_of_other_techniques(name: str) -> None:
    assert outside(*measure_pairs([name])) == {}


def test_no_line_of_a_programme_is_heard_too_often() -> None:
    found = {name: outside(*measured) for name, measured in measure_programmes().items()}

    assert {name: lines for name, lines in found.items() if lines} == {}
