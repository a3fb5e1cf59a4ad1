"""The measures of plans, on plans whose figures are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plan_measures import (
    below_their_floor,
    last_word,
    questions,
    quiet_after,
    quiet_after_lines,
)

from cft_audio.languages.registry import ENGLISH
from cft_audio.script.breath_cues import breath_cues_of
from cft_audio.script.cues import Script
from cft_audio.script.markup import parse
from cft_audio.script.practice import Limits, Practice
from cft_audio.script.time_given import give_time
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.falling import count_words
from cft_audio.timeline.fit import fit
from cft_audio.timeline.laying_out import lay_out
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from cft_audio.timeline.events import Timeline

CUES = breath_cues_of(Practice("a", "a.md", "", "A", "loving-kindness"), 3.0, 4.5)
LIMITS = Limits()


def plan(text: str, length_s: float | None = None) -> Timeline:
    """Return the plan of a chapter; each of its lines takes 4 s, and each breath cue 1 s."""
    parsed = parse(f"## A\n\n{text}", "a.md")
    assert not parsed.problems
    script = Script(give_time(parsed.sections, ENGLISH), CUES)
    lengths = {line: samples(1.0 if line.fill else 4.0) for line in script.lines}
    layout = lay_out(script, lengths, PRESETS["gentle"], LIMITS)
    return fit(layout, None if length_s is None else samples(length_s))


def test_quiet_is_told_by_the_kind_of_the_line_before_it() -> None:
    timeline = plan(
        "Dear Sam,\n\n[pause]\n\nImagine a room.\n\n[pause]\n\nWho is there?\n\n[pause]\n\n"
        "Who? And where?\n\n[pause]\n\nI'll wait half a minute.\n\n[pause]\n\nRest.\n\n[pause]\n\n"
        "Yes.\n"
    )

    kinds = ["greeting", "picture", "question", "questions", "waiting", "plain", "plain"]
    assert [quiet.kind for quiet in quiet_after_lines(timeline)] == kinds
    assert quiet_after(timeline, "greeting") == pytest.approx([1.5])
    assert quiet_after(timeline, "picture") == pytest.approx([8])
    assert quiet_after(timeline, "question") == pytest.approx([12])
    assert quiet_after(timeline, "questions") == pytest.approx([20])
    assert quiet_after(timeline, "waiting") == pytest.approx([30])
    assert quiet_after(timeline, "plain")[0] == pytest.approx(6)
    assert not below_their_floor(timeline)


def test_quiet_ends_with_the_next_word_even_if_it_is_a_breath_cue() -> None:
    timeline = plan("Who is there?\n\n[breathe 3]\n")
    [quiet] = quiet_after_lines(timeline)

    assert quiet.seconds == pytest.approx(2.0)
    assert not quiet.given
    assert below_their_floor(timeline) == [quiet]


def test_a_soft_chime_is_no_word() -> None:
    timeline = plan("Write a line.\n\n[write 2m, chime]\n\nYes.\n")

    assert quiet_after_lines(timeline)[0].seconds == pytest.approx(120)
    [chime] = timeline.soft_chimes
    assert seconds(timeline.speech[1].start - chime) == pytest.approx(60)


def test_words_are_counted_where_they_are_said() -> None:
    timeline = plan("One two three four.\n\n[2m]\n\nFive six.\n\n[1m]\n")

    assert sum(count_words(timeline)) == 6
    assert count_words(timeline)[0] == 4
    assert count_words(timeline, parts=2) == [4, 2]
    end = 1.5 + 4 + 120 + 4
    assert last_word(timeline) == pytest.approx(end / seconds(timeline.length))


def test_questions_are_those_that_are_to_be_answered() -> None:
    timeline = plan("Who hasn't? [no answer] Rest.\n\n[1m]\n\nWhat now? And then?\n\n[pause]\n")

    assert [question.text for question in questions(timeline)] == ["What now?", "And then?"]
    assert all(0.5 < question.place < 1 for question in questions(timeline))
