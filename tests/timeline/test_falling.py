"""Told for sleep, a session says less and less, as far as its silences can see to it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_cases import line, planned

from cft_audio.script.cues import Cue, ElasticPause, Pause, Quiet, Say, Script
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import PauseEvent, Timeline
from cft_audio.timeline.falling import MOST_MORE_WORDS, count_words
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GENTLE = PRESETS["gentle"]


def elastic(timeline: Timeline) -> list[int]:
    """Return the samples of each elastic pause but the quiet at the end."""
    return [
        event.length for event in timeline.events if isinstance(event, PauseEvent) and event.elastic
    ][:-1]


def telling(seconds_of_lines: Sequence[float]) -> list[Cue]:
    """Return lines of two words and of these lengths, each with an elastic pause after it."""
    cues: list[Cue] = []
    for number, length in enumerate(seconds_of_lines):
        cues += [Say(line(number, length)), ElasticPause(4.0)]
    return cues


def test_silences_grow_from_the_first_to_the_last(make: Callable[..., Script]) -> None:
    timeline = planned(make([*telling([3.0] * 12), Quiet()]), GENTLE, 300.0)

    pauses = elastic(timeline)
    assert all(after >= before for before, after in pairwise(pauses))
    assert pauses[-1] > 1.5 * pauses[0]


def test_without_a_quiet_at_the_end_like_pauses_are_alike(make: Callable[..., Script]) -> None:
    timeline = planned(make(telling([3.0] * 12)), GENTLE, 150.0)

    pauses = elastic(timeline)
    assert max(pauses) - min(pauses) <= 1


def test_words_that_silences_can_part_become_fewer(make: Callable[..., Script]) -> None:
    # A pause that cannot give way in the middle: the first slope leaves what follows it dense.
    cues = [*telling([2.0] * 6), Pause(25.0), *telling([0.5] * 14), Quiet()]
    timeline = planned(make(cues), GENTLE, 360.0)

    words = count_words(timeline)
    assert max(after - before for before, after in pairwise(words)) <= MOST_MORE_WORDS


def test_the_length_is_met_to_the_sample(make: Callable[..., Script]) -> None:
    timeline = planned(make([*telling([3.0] * 7), Quiet()]), GENTLE, 241.3)

    assert timeline.length == samples(241.3)


def test_a_session_without_a_word_has_none_in_any_part(make: Callable[..., Script]) -> None:
    timeline = planned(make([ElasticPause(1.0), Quiet()]), GENTLE, 90.0)

    assert count_words(timeline) == [0] * 8
