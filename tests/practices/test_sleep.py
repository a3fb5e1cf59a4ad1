"""Told for sleep, a practice falls silent."""

from __future__ import annotations

from itertools import pairwise

import pytest
from plan_measures import last_word, questions
from practice_cases import PRACTICES, offered, planned

from cft_audio.timeline.falling import count_words

LENGTHS = (3.0, 5.0, 10.0, 20.0, 45.0)
VARIANTS = (0, 1, 2)

MOST_MORE_WORDS = 5
"""How many more words an eighth may have than the one before it."""


def tellings(name: str) -> list[tuple[float, int]]:
    return [(minutes, seed) for minutes in offered(name, LENGTHS) for seed in VARIANTS]


@pytest.mark.slow
@pytest.mark.parametrize("name", PRACTICES)
def test_its_words_become_fewer(name: str) -> None:
    counts = {
        telling: count_words(planned(name, telling[0], adaptations=("sleep",), seed=telling[1]))
        for telling in tellings(name)
    }

    risen = {
        telling: words
        for telling, words in counts.items()
        if any(after - before > MOST_MORE_WORDS for before, after in pairwise(words))
    }
    assert risen == {}


@pytest.mark.parametrize("name", PRACTICES)
def test_its_last_word_is_said_by_two_thirds(name: str) -> None:
    for minutes, seed in tellings(name):
        timeline = planned(name, minutes, adaptations=("sleep",), seed=seed)
        assert last_word(timeline) <= 2 / 3, (minutes, seed)


@pytest.mark.parametrize("name", PRACTICES)
def test_it_asks_nothing_after_its_first_third(name: str) -> None:
    for minutes, seed in tellings(name):
        asked = questions(planned(name, minutes, adaptations=("sleep",), seed=seed))
        assert [each for each in asked if each.place > 1 / 3] == [], (minutes, seed)


@pytest.mark.parametrize("name", PRACTICES)
def test_it_strikes_no_chime_and_says_no_name_late(name: str) -> None:
    for minutes, seed in tellings(name):
        timeline = planned(name, minutes, adaptations=("sleep",), seed=seed)
        late = [
            placed.line.text
            for placed in timeline.speech
            if placed.start > timeline.length / 3
            and "Sam" in placed.line.text
            and placed.line.text != "Dear Sam,"  # as the letter that is read begins
        ]
        assert not timeline.chimes
        assert late == [], (minutes, seed)
