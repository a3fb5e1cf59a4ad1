"""Tables and lines for a width: words stay whole, wide letters count two, commands stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width as columns_of

from cft_audio.application.layout import table_lines, wrapped

WORDS = st.text("abc愛🌊é-", min_size=1, max_size=9)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5)


@given(ROWS, st.integers(20, 120))
def test_no_word_of_a_table_is_broken_or_lost(rows: list[tuple[str, ...]], width: int) -> None:
    shown = "\n".join(table_lines(("one", "two", "three"), rows, width))

    words = [word for row in rows for cell in row for word in cell.split()]
    assert set(words) <= set(shown.split())
    longest = max(map(columns_of, words), default=0)
    for line in shown.splitlines():
        assert columns_of(line) <= max(width, longest + len("  three  "), *map(_first, rows))


def _first(row: tuple[str, ...]) -> int:
    return columns_of(row[0])


@given(ROWS)
def test_without_a_width_a_row_is_a_line(rows: list[tuple[str, ...]]) -> None:
    assert len(list(table_lines(("one", "two", "three"), rows, None))) == 1 + len(rows)


def test_columns_share_what_room_there_is() -> None:
    rows = [("a", "one two three four five six"), ("b", "seven")]

    assert list(table_lines(("x", "y"), rows, 17)) == [
        "x  y",
        "",
        "a  one two three",
        "   four five six",
        "",
        "b  seven",
        "",
    ]


def test_where_no_words_fit_beside_each_other_a_row_is_a_paragraph() -> None:
    rows = [("a-long-name", "someword", ""), ("b", "", "another")]

    assert list(table_lines(("name", "what", "why"), rows, 16)) == [
        "a-long-name",
        "  what  someword",
        "",
        "b",
        "  why   another",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("short", 10, ["short"]),
        ("one two three", 8, ["one two", "three"]),
        ("  - one two three", 12, ["  - one two", "    three"]),
        ("Needs  a quiet place", 16, ["Needs  a quiet", "       place"]),
        ("  0:05.0   12.3 s  Hello, Sam. How are you?", 40, None),
        ("愛愛 愛愛 愛愛", 9, ["愛愛 愛愛", "愛愛"]),
        (
            "row 2: K1/hello-there.mp3  kept: as it was",
            30,
            ["row 2: K1/hello-there.mp3", "  kept: as it was"],
        ),
        ("well-known wide-awake", 12, ["well-known", "wide-awake"]),
        ("an-endless-word-of-many-letters", 10, ["an-endless-word-of-many-letters"]),
        ("Play it:  cft-audio play some/where/a.mp3", 20, None),
        ("one two three", None, ["one two three"]),
    ],
)
def test_a_line_is_wrapped_under_its_text(
    line: str, width: int | None, lines: list[str] | None
) -> None:
    shown = wrapped(line, width).split("\n")

    if lines is not None:
        assert shown == lines
    elif "cft-audio" in line:
        assert shown == [line]
    else:
        assert shown == ["  0:05.0   12.3 s  Hello, Sam. How are", " " * 19 + "you?"]
