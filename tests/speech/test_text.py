"""Text made speakable: each rule with its table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.speech.text import sentences, speakable


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
        ("50% of us", "50% of us"),
        ("🙂 Sam ❤️", "Sam"),
        ("Sam 👩‍👩‍👧", "Sam"),
        ("Юлия", "Yuliya"),
        ("Αθηνά", "Athina"),
        ("José, Zoë and Łukasz", "José, Zoë and Łukasz"),
        ("[breathe 999]", "breathe 999"),
        ("## x", "x"),
        ("[[ˈiːfə]]", "i: fə"),
        ("Hello, .", "Hello."),
        ("Really?! Yes.", "Really? Yes."),
        ("5.5 breaths", "5.5 breaths"),
        ("!!!", ""),
        ("...", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_what_is_written_is_said_so(written: str, said: str) -> None:
    assert speakable(written) == said


@given(st.text())
def test_no_text_ever_reaches_an_engine_as_its_markup(text: str) -> None:
    assert not re.search(r"[\[\]{}<>|]", speakable(text))


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_what_is_speakable_stays_as_it_is(text: str) -> None:
    once = speakable(text)
    assert speakable(once) == once


@given(st.text(alphabet="abc ,.!?…—()[]'\n", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    assert re.findall(r"[a-c]+", speakable(text)) == re.findall(r"[a-c]+", text)


def test_sentences_end_where_they_end() -> None:
    text = speakable("Hello, Dr. Lee. Is 5.5 all right? Good! Then… rest.")

    assert sentences(text) == ["Hello, Doctor Lee.", "Is 5.5 all right?", "Good!", "Then, rest."]
