"""Lengths and numbers as people write them."""

from __future__ import annotations

import pytest

from cft_audio.errors import RequestError
from cft_audio.schema.durations import TooLongError, parse_decimal, parse_minutes, parse_seconds
from cft_audio.schema.fields import Field

MINUTES, NUMBER = Field("minutes", "minutes", ""), Field("rate", "number", "")
TEXT, PAIRS = Field("name", "text", ""), Field("with", "pairs", "")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("10", 10), ("7.5", 7.5), ("10,5", 10.5), ("12:30", 12.5), ("1:05:00", 65)),
        *(("5m", 5), ("5 min", 5), ("5 Min.", 5), ("5 minutes", 5), (" 5  mins ", 5)),
        *(("1h", 60), ("1H", 60), ("1 hour", 60), ("1h30", 90), ("1 h 30 min", 90), ("1,5 h", 90)),
        *(("90s", 1.5), ("90 sec", 1.5), ("5m30", 5.5), ("5m 30s", 5.5), ("1h 30s", 60.5)),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: float) -> None:
    assert parse_minutes(text) == minutes * 60
    assert MINUTES.parse(text) == minutes * 60


@pytest.mark.parametrize(
    "text", ["", "soon", "5x", "10 5", "h", "10:75", "nan", "5,", "-5", "0", "0s"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write minutes as 10|above zero"):
        parse_minutes(text)


@pytest.mark.parametrize("text", ["9999999999999", "9" * 10_000, "5000h", "9" * 400 + "s"])
def test_a_length_beyond_every_practice_is_called_too_long(text: str) -> None:
    with pytest.raises(TooLongError):
        parse_minutes(text)
    with pytest.raises(RequestError, match="is too long"):
        MINUTES.parse(text)


@pytest.mark.parametrize(
    ("text", "number"), [("5,5", 5.5), ("-18,5", -18.5), ("5.5", 5.5), ("6", 6)]
)
def test_a_decimal_comma_is_a_decimal_point(text: str, number: float) -> None:
    assert parse_decimal(text) == NUMBER.parse(text) == number


def test_pauses_take_a_decimal_comma_too() -> None:
    assert parse_seconds("1,5s") == 1.5


def test_bytes_that_a_terminal_could_not_read_are_repaired_or_refused() -> None:
    assert TEXT.parse("Zo\udcc3\udcab") == "Zoë"
    for wrong in ("Zo\udceb", "Zo\ud83d"):
        with pytest.raises(RequestError, match="some of its letters cannot be read"):
            TEXT.parse(wrong)
        with pytest.raises(RequestError, match="some of its letters cannot be read"):
            PAIRS.parse([f"loved_one={wrong}"])


def test_one_key_with_two_values_is_refused() -> None:
    assert PAIRS.parse(["x=1", "y=2", "x=1"]) == {"x": "1", "y": "2"}
    with pytest.raises(RequestError, match="'x' is given twice: '1' and '2'"):
        PAIRS.parse(["x=1", "x=2"])
