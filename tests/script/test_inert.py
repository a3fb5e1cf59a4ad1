"""Whatever comes from a person is data."""

from hypothesis import given
from hypothesis import strategies as st

from cft_audio.script.inert import clean, inert, revealed
from cft_audio.script.markup import parse


@given(st.text())
def test_a_persons_text_comes_back_as_it_went_in(text: str) -> None:
    assert revealed(inert(text)) == clean(text)


@given(st.text())
def test_no_character_of_a_persons_text_is_left_that_markup_could_mean(text: str) -> None:
    assert all(ord(character) >= 0xF0000 for character in inert(text))


@given(st.text(min_size=1))
def test_any_text_at_all_is_spoken_and_never_obeyed(text: str) -> None:
    """Whatever a person types, the script stays one line long and says exactly that."""
    parsed = parse(f"## One\n\nHello, {inert(text)}, welcome.", "any.md")

    assert not parsed.problems
    [section] = parsed.sections
    [say] = section.cues
    assert say.line.text == f"Hello, {clean(text)}, welcome."


def test_a_right_to_left_override_cannot_turn_the_terminal_round() -> None:
    assert clean("Sam\u202eevil") == "Samevil"


def test_letters_and_joiners_of_other_scripts_stay() -> None:
    assert clean("नी\u200dता Łukasz José 美咲") == "नी\u200dता Łukasz José 美咲"


def test_a_persons_words_are_not_shown_when_a_script_is_printed() -> None:
    name = '(Sam)[ipa:"sæm"]'.replace("Sam", inert("Sam"))
    printed = str(parse(f"## One\n\nHello, {name}, {inert('Rosa')}.", "any.md"))

    assert "Hello" in printed
    assert not any(personal in printed for personal in ("Sam", "sæm", "Rosa"))
