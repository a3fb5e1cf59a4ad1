"""A person's answers, checked before anything is spoken."""

from dataclasses import replace
from pathlib import Path

import pytest

from cft_audio.errors import RequestError
from cft_audio.script.answers import PaceInScript, Setting, context, missing_slots
from cft_audio.script.figure import Figure, FigureInScript
from cft_audio.script.front_matter import read_practice
from cft_audio.script.inert import inert
from cft_audio.script.practice import Practice

PACE = PaceInScript(6.0, 4, 0, 6, 0)


@pytest.fixture
def practice() -> Practice:
    text = """---
title: T
technique: loving-kindness
slots:
  name: {ask: "Your name?", max: 10}
  times: {ask: "How often?", type: number, default: 3}
  who: {ask: "Who?", type: choice, choices: [me, you], default: me}
  figure: {ask: "Figure?", type: figure, default: x}
---
"""
    found, problems = read_practice(Path("a.md"), text)
    assert not problems
    return found


def answered(practice: Practice, **answers: str) -> dict[str, object]:
    return context(practice, answers, lambda a: Figure(a, "it/its"), Setting(PACE, 10.0, 10.0))


def refusal(practice: Practice, **answers: str) -> RequestError:
    with pytest.raises(RequestError) as caught:
        answered(practice, **answers)
    return caught.value


def test_answers_have_the_kind_their_slot_says(practice: Practice) -> None:
    values = answered(practice, name="Sam", times="4", who="you", figure="the sea")

    assert values["times"] == 4
    assert values["who"] == "you"
    assert values["figure"].verb("rest") == "rests"


def test_what_is_missing_is_listed_in_one_error(practice: Practice) -> None:
    assert [slot.name for slot in missing_slots(practice, {"name": "  "})] == ["name"]
    refused = refusal(practice)
    assert refused.field == "name"
    assert refused.message == "the practice 'a' also needs ‹name› (Your name?)"


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({"name": "x" * 11}, "name", "the text has 11 characters, and 10 fit"),
        ({"name": "S", "times": "no"}, "with.times", "'no' is not a number"),
        ({"name": "S", "times": "inf"}, "with.times", "'inf' is not a number"),
        ({"name": "S", "who": "they"}, "with.who", "'they' is not one of the choices"),
        ({"name": "S", "whom": "x"}, "with.whom", "the practice 'a' has no slot 'whom'"),
    ],
)
def test_a_wrong_answer_names_its_field(
    practice: Practice, answers: dict[str, str], field: str, message: str
) -> None:
    refused = refusal(practice, **answers)

    assert (refused.field, refused.message) == (field, message)


@pytest.mark.parametrize(
    ("plain", "third"),
    [
        ("stay", "stays"),
        ("carry", "carries"),
        ("watch", "watches"),
        ("have", "has"),
        ("go", "goes"),
    ],
)
def test_verbs_follow_the_figures_pronoun(plain: str, third: str) -> None:
    assert FigureInScript.of(Figure("the sea", "it/its")).verb(plain) == third


def test_a_script_can_say_what_a_figure_is() -> None:
    assert FigureInScript.of(Figure("the sea", kind="place"))["kind"] == "place"
    assert not FigureInScript.of(Figure("your aunt"))["kind"]


def test_a_figure_written_alone_is_its_name() -> None:
    assert str(FigureInScript.of(Figure("my aunt *Rosa*"))) == inert("your aunt *Rosa*")


def test_a_script_knows_whether_a_therapist_is_advised(practice: Practice) -> None:
    advised = replace(practice, about=replace(practice.about, therapist_advised=True))

    assert answered(practice, name="Sam")["therapist_advised"] is False
    assert answered(advised, name="Sam")["therapist_advised"] is True
