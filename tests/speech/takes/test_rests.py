"""Rests follow what was said: none is longer or shorter than the ear expects."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.languages.registry import ENGLISH
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.rests import Rests, plan_rests
from cft_audio.speech.takes.take import Take
from cft_audio.speech.voices.profiles import Pauses

PAUSES = Pauses(phrase=0.5, sentence=1.3)


def take(*phrases_s: float) -> Take:
    """Return a take that rests between phrases of these lengths."""
    ends = [samples(sum(phrases_s[: count + 1])) for count in range(len(phrases_s))]
    return Take(np.ones(ends[-1], np.int16), tuple(ends[:-1]))


def rest_after(
    text: str, following: str = "Nothing has to change.", length_s: float = 2.7
) -> float:
    said = [(text, take(length_s)), (following, take(length_s))]
    [rest] = plan_rests(said, PAUSES, ENGLISH).sentences
    return rest


def test_an_ordinary_sentence_rests_as_the_profile_says() -> None:
    assert rest_after("Your feet are on the floor.") == pytest.approx(PAUSES.sentence)


@pytest.mark.parametrize(
    "text",
    ["What would a friend say?", "“Are you there?”", "Imagine a room.", "Notice your hands."],
)
def test_a_question_and_a_picture_are_given_time(text: str) -> None:
    assert rest_after(text) > 1.15 * PAUSES.sentence


def test_a_sentence_that_goes_on_with_the_thought_comes_sooner() -> None:
    assert rest_after("It may be small.", "And that is enough.") < 0.9 * PAUSES.sentence


def test_longer_sentences_and_phrases_are_followed_by_longer_rests() -> None:
    for lengths in ([1.0, 2.0, 3.0, 4.0],):
        rests = [rest_after("It may be small.", length_s=length) for length in lengths]
        assert all(shorter < longer for shorter, longer in pairwise(rests))
    [[after_short, after_long]] = plan_rests(
        [("A, b, and all of the rest.", take(0.5, 0.6, 2.5))], PAUSES, ENGLISH
    ).phrases

    assert after_short < PAUSES.phrase < after_long


@given(
    lengths=st.lists(st.lists(st.floats(0.05, 20), min_size=1, max_size=5), max_size=5),
    spare=st.floats(-1, 10),
)
def test_rests_of_any_line_stay_in_bounds_and_fit_what_is_spare(
    lengths: list[list[float]], spare: float
) -> None:
    rests = plan_rests([("Is it so?", take(*each)) for each in lengths], PAUSES, ENGLISH)
    phrases = [rest for each in rests.phrases for rest in each]

    assert [len(each) + 1 for each in rests.phrases] == [len(each) for each in lengths]
    assert all(0.5 * PAUSES.phrase < rest < 2 * PAUSES.phrase for rest in phrases)
    assert all(0.5 * PAUSES.sentence < rest < 2.1 * PAUSES.sentence for rest in rests.sentences)
    assert _total(rests.shorten(spare)) <= max(0.0, spare) + 1e-9
    assert _total(rests.shorten(1_000)) == pytest.approx(_total(rests))


def _total(rests: Rests) -> float:
    return sum(map(sum, rests.phrases)) + sum(rests.sentences)
