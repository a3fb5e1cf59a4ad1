"""Text made speakable: each rule with its table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.speech.text.rules import sentences, speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Smith and Mrs Jones", "Doctor Smith and Missus Jones"),
        ("Hello, Dr Lee.", "Hello, Doctor Lee."),
        ("J. K. Rowling", "J K Rowling"),
        ("a place, e.g. a beach", "a place, for example a beach"),
        ("St. Ives or the Rev. Green", "Saint Ives or the Reverend Green"),
        ("Breathing in…", "Breathing in."),
        ("Well… maybe", "Well, maybe"),
        ("Wait... Then go.", "Wait. Then go."),
        ("soft — and slow", "soft, and slow"),
        ("well-being", "well-being"),
        ("safe (or safe enough).", "safe, or safe enough."),
        ("It’s ‘fine’", "It's fine"),
        ("“Hello,” she said.", "Hello, she said."),
        ("tea & cake", "tea and cake"),
        ("50% of us", "fifty percent of us"),
        ("🙂 Sam ❤️", "Sam"),
        ("Sam 👩‍👩‍👧", "Sam"),
        ("Юлия", "Yuliya"),
        ("Αθηνά", "Athina"),
        ("José, Zoë and Łukasz", "José, Zoë and Łukasz"),
        ("[breathe 999]", "breathe nine nine nine"),
        ("## x", "x"),
        ("[[ˈiːfə]]", "ife"),
        ("Hello, .", "Hello."),
        ("Really?! Yes.", "Really? Yes."),
        ("5.5 breaths", "five point five breaths"),
        (
            "In 4-7-8 or 5-6 or 5–6 counts",
            "In four, seven, eight or five to six or five to six counts",
        ),
        ("£5, $3.50 and ¥500", "five pounds, three dollars fifty and five hundred yen"),
        ("$1 and 2½ or ½", "one dollar and two and a half or a half"),
        ("{{ 7*7 }}", "seven times seven"),
        ("sam@example.org", "sam at example dot org"),
        ("3 p.m. and 4 a.m.", "three P M and four A M."),
        ("At 3 p.m. Then rest", "At three P M. Then rest"),
        ("tea, etc. Then rest", "tea, and so on. Then rest"),
        ("tea, etc. and rest", "tea, and so on and rest"),
        ("tea, etc.", "tea, and so on."),
        ("Lee, Ph.D. and No. 5", "Lee, P H D and Number five"),
        ("A. Lee", "A Lee"),
        ("It is I. Then plan B. It works", "It is I. Then plan B. It works"),
        ("Well... Robin", "Well, Robin"),
        ("well . . . maybe", "well, maybe"),
        ("Zoe\u0308", "Zoë"),
        ("Nguyễn", "Nguyen"),
        ("ﬁne Ｓａｍ 𝓢𝓪𝓶", "fine Sam Sam"),
        ("so\u00adft\u200bly", "softly"),
        ("नमस्ते", "nmste"),
        ("你好。再见！", "NiHao. ZaiJian!"),
        ("Hola, ¿qué tal?", "Hola, qué tal?"),
        ("!!!", ""),
        ("...", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_what_is_written_is_said_so(written: str, said: str) -> None:
    assert speakable(written) == said


@given(st.text(alphabet="bcf ,.!?…—()[]'\n", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    """Letters with points between them are said as capitals, a point inside a word as "dot"."""
    words = re.findall(r"[bcf]+", speakable(text).lower())

    assert words == re.findall(r"[bcf]+", text)


def test_sentences_end_where_they_end() -> None:
    text = speakable("Hello, Dr. Lee. Is 5.5 all right? Good! Then… rest.")

    assert sentences(text) == [
        "Hello, Doctor Lee.",
        "Is five point five all right?",
        "Good!",
        "Then, rest.",
    ]
