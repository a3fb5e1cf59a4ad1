"""What becomes of a session when a line is left out of it, or rested after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import RequestError
from cft_audio.script.cues import (
    Breathe,
    Chime,
    Cue,
    ElasticPause,
    Line,
    LongerRest,
    Pause,
    Quiet,
    Say,
    Section,
    Span,
    TimeFor,
)
from cft_audio.script.edits import NO_EDITS, Edits, LineEdit, edit_lines
from cft_audio.script.line_ids import number_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.script.cues import Script

MOMENT, PICTURE, WRITE = TimeFor("moment"), TimeFor("picture"), TimeFor("write", 120.0, chime=True)


def say(text: str, *, kept: bool = False) -> Say:
    return Say(Line((Span(text),), is_kept=kept))


A, B, C = map(say, "ABC")


def edited(*cues: Cue, out: str = "", longer: dict[str, float] | None = None) -> list[object]:
    """Return a chapter of these cues, its lines as their texts, with some edits."""
    sections = number_lines([Section("One", cues), Section("Two", (say("The end."),))])
    ids = {c.line.text: c.id for part in sections for c in part.cues if isinstance(c, Say)}
    by_text = longer or {}
    edits = Edits.of(
        LineEdit(ids[text], text in out.split(), by_text.get(text, 0.0))
        for text in {*out.split(), *by_text}
    )
    first = next((s for s in edit_lines(sections, edits) if s.title == "One"), None)
    if first is None:
        return []
    return [cue.line.text if isinstance(cue, Say) else cue for cue in first.cues]


def test_without_edits_nothing_changes() -> None:
    sections = number_lines([Section("One", (A, Pause(4.0), B)), Section("Empty", ())])

    assert edit_lines(sections, NO_EDITS) == sections


@pytest.mark.parametrize("silence", [Pause(9.0), ElasticPause(2.0), PICTURE, WRITE])
def test_the_time_that_was_given_for_a_line_goes_with_it(silence: Cue) -> None:
    assert edited(A, Pause(4.0), B, silence, C, out="B") == ["A", Pause(4.0), "C"]


@pytest.mark.parametrize("silence", [ElasticPause(), PICTURE])
def test_a_silence_that_two_lines_share_is_left_to_the_other(silence: Cue) -> None:
    assert edited(A, B, silence, C, out="B") == ["A", silence, "C"]
    assert edited(A, B, silence, C, out="A") == ["B", silence, "C"]
    assert edited(A, MOMENT, B, silence, C, out="B") == ["A", silence, "C"]
    assert edited(Breathe(3), A, B, silence, C, out="A B") == [Breathe(3), "C"]


def test_a_moment_between_two_lines_stays_where_the_second_had_no_silence() -> None:
    assert edited(A, MOMENT, B, C, out="B") == ["A", MOMENT, "C"]


def test_bells_and_breaths_stay_where_their_words_go() -> None:
    assert edited(A, Breathe(6), Pause(4.0), Chime(), out="A") == [Breathe(6), Pause(4.0), Chime()]
    assert edited(A, Quiet(), out="A") == [Quiet()]


def test_a_chapter_in_which_only_silence_is_left_is_none() -> None:
    assert edited(Pause(2.0), A, Pause(3.0), B, out="A B") == []
    assert edited(A, out="A", longer={"A": 10.0}) == []


def test_a_longer_rest_stands_behind_the_silence_of_its_line() -> None:
    rests = {"A": 10.0, "B": 2.5}
    wanted = ["A", PICTURE, Pause(1.0), LongerRest(10.0), "B", LongerRest(2.5), "C"]
    assert edited(A, PICTURE, Pause(1.0), B, C, longer=rests) == wanted


def test_a_line_that_is_left_out_may_leave_a_rest_in_its_place() -> None:
    rests = {"B": 20.0}
    assert edited(A, PICTURE, B, PICTURE, C, out="B", longer=rests) == [
        *("A", PICTURE, LongerRest(20.0), "C")
    ]
    # The silence that A shared with what came after is A's all the same.
    assert edited(A, B, C, PICTURE, out="B C", longer=rests) == ["A", PICTURE, LongerRest(20.0)]


def test_what_keeps_a_listener_safe_cannot_be_left_out_and_the_error_names_nobody() -> None:
    spans = (Span("You can stop at any time, "), Span("Rosa", personal=True), Span(", and rest."))
    [section] = number_lines([Section("A", (Say(Line(spans, is_kept=True)), A))])
    [kept, _] = section.cues
    assert isinstance(kept, Say)

    with pytest.raises(RequestError) as raised:
        edit_lines([section], Edits.of([LineEdit(kept.id, leave_out=True)]))

    assert "'You can stop at any time, …, and …' cannot be left out" in raised.value.message
    assert raised.value.field == "edits"
    assert kept.id in raised.value.remedy
    assert "Rosa" not in str(raised.value)
    longer = Edits.of([LineEdit(kept.id, rest_longer_s=5.0)])
    assert edit_lines([section], longer)[0].cues[1] == LongerRest(5.0)


def test_leaving_everything_out_is_refused() -> None:
    sections = number_lines([Section("One", (A, Chime()))])
    [cue, _] = sections[0].cues
    assert isinstance(cue, Say)

    with pytest.raises(RequestError, match="nothing would be said any more"):
        edit_lines(sections, Edits.of([LineEdit(cue.id, leave_out=True)]))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("abc", True), "no line's id"),
        (("0123456789",), "nothing is changed"),
        (("0123456789", False, 0.4), "cannot be 0.4 s longer"),
        (("0123456789", True, 121.0), "cannot be 121 s longer"),
        (("0123456789", False, float("nan")), "cannot be nan s longer"),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused(
    given: tuple[str, bool, float], message: str
) -> None:
    with pytest.raises(RequestError, match=message) as raised:
        LineEdit(*given)

    assert raised.value.field == "edits"
    assert raised.value.remedy


def test_edits_compare_whatever_their_order_and_tell_themselves_apart() -> None:
    one, other = LineEdit("0123456789", leave_out=True), LineEdit("abcdef0123", rest_longer_s=5.0)
    edits = Edits.of([one, other])

    assert edits == Edits.of([other, one])
    assert hash(edits) == hash(Edits.of([other, one]))
    assert edits.digest == Edits.of([other, one]).digest != Edits.of([one]).digest
    assert NO_EDITS.digest == ""
    assert not NO_EDITS


def test_quiet_is_judged_by_the_line_that_is_before_it_then(made: Callable[..., Script]) -> None:
    """A picture that was hurried past by a sentence has its time when the sentence goes."""
    body = "## A\n\nImagine a tree.\n\nThere is no hurry.\n\n[pause]\n\nYou may stop. [keep]\n"
    script = made(body)
    middle = script.said[1]
    assert [c.least for c in script.sections[0].cues if isinstance(c, ElasticPause)] == [0.0]

    edits = Edits.of([LineEdit(middle.id, leave_out=True)])
    after = made(body, edits=edits)
    assert [c.least for c in after.sections[0].cues if isinstance(c, ElasticPause)] == [8.0]


def test_a_mark_keeps_the_line_it_stands_in_and_nothing_is_heard_of_it(
    made: Callable[..., Script],
) -> None:
    body = (
        "## A\n\nYou may stop.{0}\nAt any time.\n\nRest.\n\n> I'm here.{0}\n\nStay.{0} [refrain]\n"
    )
    marked, plain = (made(body.format(mark)) for mark in (" [keep]", ""))

    assert marked.lines == plain.lines
    assert [cue.line.is_kept for cue in marked.said] == [True, False, True, True]
    assert marked.said[3].line.is_refrain
    assert [cue.id for cue in marked.said] == [cue.id for cue in plain.said]


def test_a_mark_changes_no_draw(made: Callable[..., Script]) -> None:
    wordings = "".join(f"Rest {n}.{{0}}\n{{{{% or %}}}}\n" for n in range(7)) + "Rest.{0}\n"
    body = "## A\n\n{{% vary %}}\n" + wordings + "{{% endvary %}}\n"
    inline = "## A\n\n{{% vary %}}One.{0}{{% or %}}Two.{{% or %}}Three.{0}{{% endvary %}}\n"
    for text in (body, inline):
        marked, plain = (made(text.format(mark)) for mark in (" [keep]", ""))
        assert marked.lines == plain.lines


@given(st.lists(st.sampled_from([A, B, C, Pause(3.0), PICTURE, MOMENT, Breathe(2)]), max_size=12))
def test_what_is_not_edited_stays_in_its_order(cues: list[Cue]) -> None:
    [section] = number_lines([Section("One", (say("First."), *cues))])
    gone = [c for c in section.cues if isinstance(c, Say) and c.line.text == "B"]
    edits = Edits.of(LineEdit(cue.id, leave_out=True) for cue in gone)
    [after] = edit_lines([section], edits)

    def heard(part: Section) -> list[Cue]:
        return [c for c in part.cues if isinstance(c, Say | Breathe) and c not in gone]

    assert heard(after) == heard(section)
    assert not set(gone).intersection(after.cues)
