"""A script has a greatest size, told before anything is planned of it."""

from collections.abc import Callable

import pytest

from cft_audio.errors import ScriptError
from cft_audio.script.cues import Script
from cft_audio.script.markup import LONGEST_TITLE, parse
from cft_audio.script.paragraphs import LONGEST_PARAGRAPH
from cft_audio.script.script_size import MOST_CHARACTERS, MOST_CUES

Made = Callable[..., Script]


def fault(text: str) -> str:
    with pytest.raises(ScriptError) as caught:
        parse(f"## A\n\nHello.\n\n{text}", "a.md")
    return caught.value.problems[-1].message


def problems(text: str) -> list[str]:
    return [problem.message for problem in parse(f"## A\n\nHello.\n\n{text}", "a.md").problems]


def test_more_cues_than_any_practice_has_are_an_error() -> None:
    assert "more than 5000 cues" in fault("[pause]\n\n" * MOST_CUES)


def test_more_chapters_than_any_practice_has_are_an_error() -> None:
    assert "more than 5000 cues" in fault("## B\n\n" * MOST_CUES)


def test_more_words_than_three_hours_hold_are_an_error() -> None:
    paragraph = f"{'a b ' * (LONGEST_PARAGRAPH // 8)}\n\n"

    assert "more words" in fault(paragraph * (2 * MOST_CHARACTERS // LONGEST_PARAGRAPH + 2))


@pytest.mark.parametrize("cue", ["[10m]", "[breathe 200]"])
def test_fixed_silence_and_breaths_of_more_than_three_hours_are_an_error(cue: str) -> None:
    assert "more than three hours" in fault(f"{cue}\n\n" * 20)
    assert not problems(f"{cue}\n\n" * 10)


def test_a_paragraph_longer_than_a_letter_is_a_problem() -> None:
    assert problems(f"{'a b ' * 1000}\n" * 3) == [
        "the paragraph has 12000 characters, and 10000 can be spoken"
    ]


def test_a_letter_of_the_greatest_length_may_be_one_paragraph(made: Made) -> None:
    made("## A\n\nDear {{ name }}, " + "a b " * 2000)


def test_a_title_longer_than_a_player_shows_is_a_problem() -> None:
    assert problems(f"## {'a' * LONGEST_TITLE}\n\nHello.")


@pytest.mark.parametrize("cue", ["[breathe {}]", "[pause x{}]", "[{}s]", "[{}]"])
def test_a_number_without_end_in_a_cue_is_a_problem_that_fits_a_line(cue: str) -> None:
    [message] = problems(cue.format("9" * 6000))

    assert len(message) < 200


@pytest.mark.parametrize("written", ["\x00", "\x1b[2J", "\x07", "\x9b1m", "\x7f"])
@pytest.mark.parametrize("place", ["Hello {} there.", "## {}Title\n\nHello."])
def test_a_control_character_is_a_problem_with_its_line(
    made: Made, written: str, place: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        made(f"## A\n\nHello.\n\n{place.format(written)}")

    first = caught.value.problems[0]
    assert first.message.endswith(f"control character in this line (U+{ord(written[0]):04X})")
    assert first.where == "a.md:12"


def test_a_control_character_that_jinja_makes_is_a_problem(made: Made) -> None:
    with pytest.raises(ScriptError, match=r"U\+001B"):
        made('## A\n\n{{ "\\x1b[31mred" }}')
