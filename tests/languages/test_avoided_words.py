"""Words and phrases that must not be heard are found as they are said, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.languages.avoided_words import AvoidedWords, has_word
from cft_audio.languages.registry import ENGLISH, language_of


def found(words: list[str], text: str, tag: str = "en") -> list[tuple[str, str]]:
    """Return each word that is found, as it was given and as it is said."""
    avoided = AvoidedWords(words, language_of(tag))
    for match in avoided.find(text):
        assert text[match.start : match.stop] == match.said
    return [(match.word, match.said) for match in avoided.find(text)]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("sea", "By the sea."),
        ("sea", "SEA"),
        ("sea", "the sea’s edge"),
        ("sea", "seas' edges"),
        ("sea", "a sea-green door"),
        ("sea", "the deep-sea"),
        ("sea's", "by the sea"),
        ("the sea", "a sea of voices"),
        ("sounds of the sea", "by the sea"),
        ("ocean sounds", "the ocean"),
        ("waves", "Let it wave."),
        ("wave", "a waving hand"),
        ("deep water", "In deeper, darker... no: deep water"),
        ("deep water", "still deep; waters run"),
        ("step-father", "your stepfather"),
        ("stepfather", "your step-father"),
        ("step father", "your step-father"),
        ("café", "the CAFE"),
        ("cafe", "the cafe\u0301"),
        ("naïve", "NAÏVE"),
        ("s\u00adea", "sea"),
        ("sea", "s\u200bea"),
        ("water", "water'll do"),
        ("7", "at 7 o'clock"),
        ("sea,", "sea"),
    ],
)
def test_a_word_is_found_in_whichever_form_it_is_said(given: str, text: str) -> None:
    assert [word for word, _ in found([given], text)] == [given]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("sea", "a season, a seat, overseas-born, research"),
        ("won", "It won't."),
        ("don", "Don't."),
        ("car", "to care, cared for"),
        ("deep water", "the deep, and then water"),
        ("deep water", "deep"),
        ("water", "an underwater cave"),
        ("…", "…"),
        ("sea", ""),
    ],
)
def test_another_word_is_not_taken_for_it(given: str, text: str) -> None:
    assert found([given], text) == []


@pytest.mark.parametrize(
    ("tag", "given", "text"),
    [
        ("fr", "océan", "L’OCEAN est calme"),
        ("fr", "l'océan", "près de l’océan"),
        ("it", "acqua", "nell'acqua"),
        ("de", "Möwe", "die MÖWE"),
        ("de", "Straße", "STRASSE"),
        ("xx", "vlny", "Vlny!"),
        ("ja", "海", "静かな海の音"),
        ("ja", "海岸", "あの海岸で"),
        ("ko", "바다", "바다가 보여요"),
        ("th", "ทะเล", "เสียงทะเลเบาๆ"),
        ("hi", "समुद्र", "शांत समुद्र"),
    ],
)
def test_in_other_languages_the_word_itself_is_found(tag: str, given: str, text: str) -> None:
    assert [word for word, _ in found([given], text, tag)] == [given]


def test_a_form_is_of_no_language_but_its_own() -> None:
    assert found(["Welle"], "die Wellen", "de") == []


def test_every_place_is_found_in_order_and_of_two_the_longer() -> None:
    assert found(["water", "deep water", "wave"], "Waves in deep water, and water.") == [
        ("wave", "Waves"),
        ("deep water", "deep water"),
        ("water", "water"),
        ("water", "water"),
    ]


@given(st.text(), st.text(max_size=20), st.sampled_from(["en", "fr", "ja", "und"]))
def test_any_text_is_looked_through(text: str, word: str, tag: str) -> None:
    found([word], text, tag)


@given(st.text(min_size=1, max_size=12), st.sampled_from(["en", "de", "ja", "und"]))
def test_a_word_is_found_in_itself_wherever_there_is_one_to_look_for(word: str, tag: str) -> None:
    assert bool(found([word], word, tag)) == has_word(word)


@given(st.from_regex(r"[a-z]{1,10}", fullmatch=True), st.text(alphabet=" .,!?…-’\n", max_size=3))
def test_a_word_is_found_between_whatever_marks(word: str, marks: str) -> None:
    assert list(AvoidedWords([word], ENGLISH).find(f"x {marks}{word.upper()}{marks} x"))
