"""The ends of lines in a letter: a page's width, a word cut in two, or what the writer meant."""

from __future__ import annotations

import pytest

from cft_audio.library.documents.paragraphs import paragraphs_of


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("com-\npletely wel-\ncome", "completely welcome"),
        ("I am com\u2010\npletely here", "I am completely here"),
        ("a well-\nknown thing", "a well-known thing"),
        ("with self-\ncompassion", "with self-compassion"),
        ("my mother-\nin-law", "my mother-in-law"),
        ("Anne-\nMarie", "Anne-Marie"),
        ("dear Rosa-\nmund", "dear Rosamund"),
        ("a tip-toe walk, on tip-\ntoe", "a tip-toe walk, on tip-toe"),
        ("tender-\nness", "tenderness"),
        ("be there -\nalways", "be there - always"),
    ],
)
def test_a_word_cut_by_a_lines_end_is_whole_again(text: str, joined: str) -> None:
    assert paragraphs_of(text) == [joined]


LONG = "I know how hard this week has been, and how you went"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{LONG}\nthrough it. There is Anna, and\nBen as well.", 1),
        (f"{LONG}\n\non through it.", 1),
        (f"{LONG} on.\n\nthe next", 2),
        ("One.\n \t\nTwo.\n\n\n\nThree.", 3),
        ("One.\fTwo.", 2),
        ("Dear Sam,\n" + "You are kind. " * 12 + "\n" + "You are here. " * 12, 3),
    ],
)
def test_a_sentence_goes_on_over_lines_and_paragraphs_end_where_they_do(
    text: str, paragraphs: int
) -> None:
    assert len(paragraphs_of(text)) == paragraphs


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Apple\nBanana\nOrange", "Apple. Banana. Orange"),
        ("apple\nbanana\norange", "apple, banana, orange"),
        ("- Rest\n- Walk\n- Call me", "Rest. Walk. Call me"),
        ("With love,\nMum", "With love, Mum"),
        ("You did what\nyou could.", "You did what you could."),
        (f"{LONG}\nthrough it.\nWith love\nMum xx", f"{LONG} through it. With love. Mum xx"),
    ],
)
def test_a_line_that_was_meant_as_one_gets_a_rest(text: str, spoken: str) -> None:
    assert paragraphs_of(text) == [spoken]
