"""All well means that nothing in a script is spoken by mistake."""

from __future__ import annotations

import pytest
from checking_cases import BODY, FIRST, FRONT, check, found

import cft_audio
from cft_audio.errors import ScriptError

pytestmark = pytest.mark.usefixtures("at_home")


def refused() -> list[tuple[int, str, bool]]:
    """Return the problems that a recording of the script is refused for."""
    with pytest.raises(ScriptError) as error:
        cft_audio.plan(cft_audio.request("mine", name="Sam"))
    return [(p.line, p.message, p.warning) for p in error.value.problems]


def test_a_script_that_is_well_has_no_findings() -> None:
    assert found(FRONT + BODY) == []


MARKUP = [
    ("<!-- a private note -->", "an HTML comment"),
    ("Rest. <!-- never closed", "an HTML comment"),
    ("<br/>", "an HTML tag"),
    ('<img src="a.png"', "an HTML tag"),
    ("<!DOCTYPE html>", "an HTML tag"),
    ("Soft&nbsp;and slow.", "an HTML character code"),
    ("Here&#8217;s rest.", "an HTML character code"),
    ("| a | b |", "a table"),
    ("one | two", "a table"),
    ("[the site](https://example.org)", "a link"),
    ("<https://example.org>", "a link"),
    ("[the site]: https://example.org", "a link"),
    ("[[another note]]", "a link"),
    ("![a lake](lake.png)", "an image"),
    ("As some say.[^1]", "a footnote"),
    ("[^1]: In a book.", "a footnote"),
    ("```python", "a code block"),
    ("~~~", "a code block"),
    ("=====", "a rule"),
    ("+++++", "a rule"),
    ("***", "a rule"),
    ("* * *", "a rule"),
    ("--", "a rule"),
    ("~~gone~~", "emphasis"),
    ("***loud***", "emphasis"),
    ("==marked==", "emphasis"),
    ("a ** b", "a mark of Markdown"),
    ("%% a note %%", "a mark of Markdown"),
    ("Rest :heart: here.", "the name of an emoji"),
    ("1) one", "a numbered list"),
    ("> > twice", "a quote inside a quote"),
]
"""A line of a script each, and what is in it that no voice can say."""


def test_markup_that_would_be_spoken_or_lost_is_an_error_in_check_and_build() -> None:
    text = FRONT + BODY + "\n\n".join(line for line, _ in MARKUP) + "\n"
    expected = [
        (FIRST + 2 * number, f"{what} cannot be spoken", False)
        for number, (_, what) in enumerate(MARKUP)
    ]

    assert found(text) == expected
    assert refused() == expected


@pytest.mark.parametrize("never", ["{% if minutes > 8000 %}", "{% if name == 'Ann' %}"])
def test_it_is_found_in_branches_that_nobody_asks_for(never: str) -> None:
    text = f"{FRONT}{BODY}{never}\n<!-- note -->\n\n[breath 3]\n{{% endif %}}\n"

    assert [(line, message) for line, message, _ in found(text)] == [
        (FIRST + 1, "an HTML comment cannot be spoken"),
        (FIRST + 3, "[breath 3] is not a cue"),
    ]


def test_a_control_character_is_an_error_in_check_and_build() -> None:
    characters = ["\0", "\a", "\x1b", "\x7f", "\x85", "\u2028", "\ue000"]
    lines = "\n\n".join(f"Rest {character} here." for character in characters)
    expected = [
        (
            FIRST + 2 * number,
            f"there is a control character in this line (U+{ord(character):04X})",
            False,
        )
        for number, character in enumerate(characters)
    ]

    assert found(f"{FRONT}{BODY}{lines}\n") == expected
    assert refused() == expected


def test_a_control_character_may_not_come_from_an_escape_or_a_template_either() -> None:
    title = FRONT.replace("A rest", '"A\\e[31m rest"')

    assert [line for line, *_ in found(title + BODY)] == [2]
    assert [line for line, *_ in found(FRONT + BODY + '{{ "\\x07" }} rest\n')] == [FIRST]


LONGER = FRONT.replace("natural: 1", "natural: 3")

DIRECTIONS = [
    ("(10 secs)", "[10s]"),
    ("(pause)", "[pause]"),
    ("(20 sec pause)", "[20s]"),
    ("(breathe in)", "[breathe 1]"),
    ("(Pause for one minute)", "[1m]"),
    ("(long silence)", "[pause x2]"),
    ("(short pause)", "[2s]"),
    ("(pause 1:30)", "[90s]"),
    ("(three deep breaths)", "[breathe 3]"),
    ("(bell)", "[chime]"),
    ("(10'')", "[10s]"),
    ("(allow 30 seconds)", "[30s]"),
    ("(10-15 seconds)", "[10s]"),
    ("(PAUSE …)", "[pause]"),
    ("(00:30)", "[30s]"),
    ("（pause）", "[pause]"),
    ("【bell】", "[chime]"),
]
"""A stage direction each, and the cue that says the same."""


def what_becomes_of(direction: str) -> str:
    return "is not said, and does nothing" if direction[0] in "(（" else "would be read out"


def test_a_stage_direction_is_pointed_out_with_the_cue_that_is_meant() -> None:
    lines = "\n\n".join(f"Rest here {direction}." for direction, _ in DIRECTIONS)
    problems = check(f"{LONGER}{BODY}{lines}\n")

    assert all(problem.warning for problem in problems)
    assert [(problem.line, problem.message, problem.remedy) for problem in problems] == [
        (FIRST + 2 * number, f"'{direction}' {what_becomes_of(direction)}", f"Write {cue}")
        for number, (direction, cue) in enumerate(DIRECTIONS)
    ]


def test_how_something_is_said_is_a_stage_direction_as_well() -> None:
    [problem] = check(FRONT + BODY + "Rest here (softly).\n\npause 10 seconds\n")[:1]

    assert problem.message == "'(softly)' is not said, and does nothing"
    assert found(FRONT + BODY + "— pause —\n")[0][1] == "'— pause —' would be read out"
    assert (
        found(FRONT + BODY + "pause 10 seconds\n")[0][1] == "'pause 10 seconds' would be read out"
    )


ORDINARY = [
    "Somewhere safe (or safe enough) is fine.",
    "In (and out) again.",
    "A pause. Ten seconds.",
    "… softly now, my friend …",
    "– a pause, if you like –",
    '(Dr)[sub:"Doctor"] says so.',
    "Your breath (whatever it is like) is fine.",
]


def test_ordinary_brackets_and_words_are_no_stage_directions() -> None:
    assert found(LONGER + BODY + "\n\n".join(ORDINARY) + "\n") == []


def test_a_sign_that_nobody_sees_is_named() -> None:
    signs = ["\u200b", "\ufeff", "\u2060"]
    lines = "\n\n".join(f"Rest{sign} here." for sign in signs)
    rows = found(f"{FRONT}{BODY}{lines}\n")

    assert [line for line, *_ in rows] == [FIRST, FIRST + 2, FIRST + 4]
    for (_, message, _), sign in zip(rows, signs, strict=True):
        assert message.endswith(f"that nobody sees (U+{ord(sign):04X})")


def test_a_slot_that_is_never_used_is_found_at_its_line() -> None:
    unused = FRONT.replace("---\n", '  mood: {ask: "How is it?"}\n---\n').removeprefix(
        '  mood: {ask: "How is it?"}\n'
    )

    assert found(unused + BODY) == [(7, "the slot 'mood' is asked for and never used", True)]


def test_words_that_are_drawn_by_chance_are_refused() -> None:
    assert "No filter named 'random'" in found(FRONT + BODY + '{{ ["A", "B"]|random }}.\n')[0][1]


def test_a_german_script_has_its_own_stage_directions() -> None:
    text = FRONT.replace("natural: 1", "natural: 1\nlanguage: de") + BODY

    [problem] = check(text + "Ruhe hier (30 Sek. Pause).\n")
    assert problem.remedy == "Write [30s]"
