"""A line's id stays where the same line is said, and tells nothing of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.script.cues import Breathe, Line, Pause, Say, Section, Span
from cft_audio.script.line_ids import is_line_id, number_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.script.cues import Script

BODY = (
    "## A\n\nHello {{ name }}. You may stop.\n\n[4s]\n\nRest.\n\n> Rest.\n\nRest.\n\n"
    "[breathe 3]\n\n"
    "{% if minutes > 20 %}\nStay, {{ name }}.\n\n{% endif %}\nGo well.\n"
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co")), min_size=1)


def ids(script: Script) -> list[str]:
    return [cue.id for cue in script.said]


def test_each_line_has_an_id_of_its_own(made: Callable[..., Script]) -> None:
    found = ids(made(BODY))

    assert len(set(found)) == len(found) == 5
    assert all(map(is_line_id, found))


@pytest.mark.parametrize("name", ["Zoë", "Ann Lee", "李 明", "Rest.", "…"])
def test_another_name_keeps_it(made: Callable[..., Script], name: str) -> None:
    assert ids(made(BODY, name=name)) == ids(made(BODY))


def test_another_length_keeps_that_of_every_line_that_both_have(
    made: Callable[..., Script],
) -> None:
    short, long = ids(made(BODY, minutes=10)), ids(made(BODY, minutes=30))

    assert [name for name in long if name in short] == short
    assert len(long) == len(short) + 1


def test_who_says_it_and_which_time_it_is_tell_equal_words_apart() -> None:
    spans = (Span("Rest."),)
    cues = (Say(Line(spans)), Say(Line(spans, speaker="figure")), Say(Line(spans)), Breathe(3))
    [first, _] = number_lines([Section("A", cues), Section("B", (Pause(1.0), *cues[1:2]))])

    names = [cue.id for cue in first.cues if isinstance(cue, Say)]
    assert len(set(names)) == 3
    [alone] = number_lines([Section("Elsewhere", cues[:1])])
    assert alone.cues[0] == first.cues[0]


@given(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=6), st.data())
def test_nothing_personal_changes_it(parts: list[tuple[str, bool]], data: st.DataObject) -> None:
    def numbered(spans: list[Span]) -> str:
        [section] = number_lines([Section("A", (Say(Line(tuple(spans))),))])
        [cue] = section.cues
        assert isinstance(cue, Say)
        return cue.id

    spans = [Span(text, personal=personal) for text, personal in parts]
    others = [
        Span(data.draw(TEXTS) if span.personal else span.text, personal=span.personal)
        for span in spans
    ]
    assert numbered(spans) == numbered(others)


@given(TEXTS, TEXTS)
def test_other_words_of_a_script_change_it(one: str, other: str) -> None:
    def numbered(text: str) -> tuple[Section, ...]:
        return number_lines([Section("A", (Say(Line((Span(text),))),))])

    same = numbered(one)[0].cues[0].id == numbered(other)[0].cues[0].id  # type: ignore[union-attr]
    assert same == (Line((Span(one),)).masked == Line((Span(other),)).masked)
