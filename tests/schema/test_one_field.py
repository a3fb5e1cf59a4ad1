"""A field takes what a person types and what a program hands over, or says what to give instead."""

from __future__ import annotations

import math
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import RequestError
from cft_audio.schema.fields import Field

TEXT = Field("name", "text", "A name.")
FILE = Field("bed", "text or path", "A bed.", choices=("none", "rain"))
PATH = Field("letter", "path", "A letter.")
NUMBER = Field("loudness", "number", "LUFS.", default=-18.0, range=(-30.0, -14.0))
WHOLE = Field("seed", "whole number", "A seed.", default=0, range=(0, None), aliases=("variant",))
CHOICE = Field("pace", "choice", "A pace.", default="slow", choices=("slow", "steady"))
RATE = Field("bitrate", "choice", "A rate.", default=128, choices=(96, 128))
CHOICES = Field("for", "list of choices", "For.", default=(), choices=("sleep", "anxiety"))
MINUTES = Field("minutes", "minutes", "A length.")
FLAG = Field("no_name", "flag", "No name.", default=False)
PAIRS = Field("with", "pairs", "Answers.", metavar="SLOT=VALUE")
TEXTS = Field("avoid", "list of texts", "Words.", default=())
EVERY = (TEXT, FILE, PATH, NUMBER, WHOLE, CHOICE, RATE, CHOICES, MINUTES, FLAG, PAIRS, TEXTS)


@pytest.mark.parametrize(
    ("field", "value", "parsed"),
    [
        (TEXT, "Sam", "Sam"),
        (TEXT, 3, "3"),
        (FILE, "rain", "rain"),
        (FILE, Path("sea.wav"), "sea.wav"),
        (FILE, "my aunt Rosa", "my aunt Rosa"),
        (FILE, "~/sea.wav", str(Path.home() / "sea.wav")),
        (FILE, "'/a/my sea.wav' ", "/a/my sea.wav"),
        (FILE, "file:///a/my%20sea.wav", "/a/my sea.wav"),
        (FILE, "./note", "./note"),
        (PATH, "~/a.txt", Path.home() / "a.txt"),
        (PATH, "'/a/my letter.txt' ", Path("/a/my letter.txt")),
        (PATH, Path("a.txt"), Path("a.txt")),
        (NUMBER, "-20.5", -20.5),
        (NUMBER, -20, -20.0),
        (NUMBER, np.float32(-20), -20.0),
        (WHOLE, "3", 3),
        (WHOLE, np.int64(3), 3),
        (CHOICE, "steady", "steady"),
        (RATE, "96", 96),
        (RATE, 96, 96),
        (CHOICES, "sleep, anxiety", ("sleep", "anxiety")),
        (CHOICES, ["anxiety", "anxiety"], ("anxiety",)),
        (CHOICES, "", ()),
        (TEXTS, "sea", ("sea",)),
        (TEXTS, " sea, deep  water;sea\nwaves ,", ("sea", "deep water", "waves")),
        (TEXTS, ["deep water", "sea, waves", 7], ("deep water", "sea", "waves", "7")),
        (TEXTS, ("sea", "sea"), ("sea",)),
        (TEXTS, [], ()),
        (MINUTES, "12:30", 750.0),
        (MINUTES, 7.5, 450.0),
        (MINUTES, 10, 600.0),
        (FLAG, True, True),
        (FLAG, "yes", True),
        (FLAG, "No", False),
        (PAIRS, {"a": "b", "n": 3}, {"a": "b", "n": "3"}),
        (PAIRS, ("a=b=c", ("d", "e")), {"a": "b=c", "d": "e"}),
        (PAIRS, "a = b", {"a": "b"}),
    ],
)
def test_what_is_typed_and_what_a_program_gives(
    field: Field, value: object, parsed: object
) -> None:
    result = field.parse(value)

    assert result == parsed
    assert type(result) is type(parsed)


def test_nothing_given_is_the_default() -> None:
    assert [field.parse(None) for field in EVERY] == [field.default for field in EVERY]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (TEXT, ["Sam"], "'['Sam']' is not text. Write it in quotes."),
        (TEXT, True, "'True' is not text. Write it in quotes."),
        (TEXT, Path("a"), "'a' is not text."),
        (FILE, 3.5j, "is not text."),
        (PATH, 3, "'3' is not the path of a file or folder."),
        (PATH, "", "'' is not the path of a file or folder."),
        (NUMBER, "loud", "'loud' is not a number. Write it in digits, as 6 or 5.5."),
        (NUMBER, math.nan, "'nan' is not a number."),
        (NUMBER, "inf", "'inf' is not a number."),
        (NUMBER, True, "'True' is not a number."),
        (NUMBER, "", "'' is not a number."),
        (NUMBER, [1], "'[1]' is not a number."),
        (NUMBER, 10**400, "is not a number."),
        (NUMBER, "-40", "-40 is too small. Choose a number from -30 to -14."),
        (NUMBER, 0, "0 is too large. Choose a number from -30 to -14."),
        (WHOLE, "1.5", "'1.5' is not a whole number. Write it in digits, as 3."),
        (WHOLE, 1.5, "'1.5' is not a whole number."),
        (WHOLE, True, "'True' is not a whole number."),
        (WHOLE, "-1", "-1 is too small. Choose a number from 0 up."),
        (CHOICE, "stedy", "'stedy' is not one of the choices. Did you mean 'steady'?"),
        (CHOICE, True, "'True' is not one of the choices. Known are: slow, steady."),
        (CHOICE, ["slow"], "is not one of the choices."),
        (RATE, "100", "'100' is not one of the choices. Choose one of 96, 128."),
        (CHOICES, "sleep, sleeep", "'sleeep' is not one of the choices. Did you mean 'sleep'?"),
        (CHOICES, 3, "'3' is not a list. Choose from sleep, anxiety."),
        (TEXTS, 3, '\'3\' is not a list of texts. Write a list, ["one", "two"], or one, two.'),
        (TEXTS, [["sea"]], "'['sea']' is not text."),
        (TEXTS, [True], "'True' is not text."),
        (MINUTES, "soon", "'soon' is not a length. Write minutes as 10, 7.5 or 12:30."),
        (MINUTES, -10, "'-10' is not a length. Write minutes as 10, 7.5 or 12:30."),
        (MINUTES, "0:00", "'0:00' is not a length. Choose one above zero."),
        (MINUTES, [10], "'[10]' is not a length."),
        (FLAG, "false", "'false' is neither yes nor no. Write true or false without quotes."),
        (FLAG, 1, "'1' is neither yes nor no."),
        (PAIRS, "whom", "'whom' is not of the form SLOT=VALUE."),
        (PAIRS, "=x", "is not of the form SLOT=VALUE."),
        (PAIRS, 3, "'3' is not a table. Write SLOT=VALUE."),
        (PAIRS, {"a": ["b"]}, "'['b']' is not text."),
        (PAIRS, [3], "'3' is not of the form SLOT=VALUE."),
    ],
)
def test_what_cannot_be_meant_says_what_to_give(field: Field, value: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        field.parse(value)

    assert caught.value.field == field.name
    assert message in str(caught.value)


@given(
    st.sampled_from(EVERY),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    ),
)
def test_any_value_is_meant_or_refused_and_never_a_fault(field: Field, value: object) -> None:
    with suppress(RequestError):
        field.parse(value)


def test_a_value_is_made_final_by_the_fields_own_rule() -> None:
    field = Field("name", "text", "A name.", refine=str.upper)

    assert field.parse("Sam") == "SAM"
