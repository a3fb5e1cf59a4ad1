"""All well means: it builds, in every adaptation, and nothing is lost or said by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cft_audio
from cft_audio.errors import ScriptError

if TYPE_CHECKING:
    from cft_audio.errors import Problem

FRONT = """\
---
title: A rest
technique: loving-kindness
natural: 1
slots:
  name: {ask: "Your name?"}
---
"""
BODY = "## Arriving\n\nHello {{ name }}. You may stop at any time.\n\n[pause x3]\n\n[breathe]\n\n"
FIRST = len((FRONT + BODY).splitlines()) + 1
"""The line of what a case adds."""

FRAME = '{% extends "partials/session.md" %}\n'
FRAMED = FRONT.replace("natural: 1", "natural: 6") + FRAME


@pytest.fixture(autouse=True)
def _here(at_home: Path) -> None:
    """Every script is written into the scripts of an empty folder."""


def written(text: str, name: str = "mine") -> Path:
    path = Path("scripts", f"{name}.md").absolute()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(text: str) -> tuple[Problem, ...]:
    """Return what is found in a script; every finding says what to do, and where."""
    path = written(text)
    problems = cft_audio.check("mine")
    assert all(problem.file == str(path) and problem.remedy for problem in problems)
    return problems


def found(text: str) -> list[tuple[int, str, bool]]:
    return [(p.line, p.message, p.warning) for p in check(text)]


def test_a_script_that_is_well_has_no_findings() -> None:
    assert found(FRONT + BODY) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
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
    ],
)
def test_markup_that_would_be_spoken_or_lost_is_an_error_in_check_and_build(
    line: str, what: str
) -> None:
    expected = (FIRST, f"{what} cannot be spoken", False)

    assert found(f"{FRONT}{BODY}{line}\n") == [expected]
    with pytest.raises(ScriptError, match=f"scripts/mine.md:{FIRST}: {what}"):
        cft_audio.plan(cft_audio.request("mine", name="Sam"))


@pytest.mark.parametrize("never", ["{% if minutes > 8000 %}", "{% if name == 'Ann' %}"])
def test_it_is_found_in_branches_that_nobody_asks_for(never: str) -> None:
    text = f"{FRONT}{BODY}{never}\n<!-- note -->\n\n[breath 3]\n{{% endif %}}\n"

    assert [(line, message) for line, message, _ in found(text)] == [
        (FIRST + 1, "an HTML comment cannot be spoken"),
        (FIRST + 3, "[breath 3] is not a cue"),
    ]


@pytest.mark.parametrize("character", ["\0", "\a", "\x1b", "\x7f", "\x85", "\u2028", "\ue000"])
def test_a_control_character_is_an_error_in_check_and_build(character: str) -> None:
    code = f"U+{ord(character):04X}"

    assert found(f"{FRONT}{BODY}Rest {character} here.\n") == [
        (FIRST, f"there is a control character in this line ({code})", False)
    ]
    with pytest.raises(ScriptError, match=r"control character"):
        cft_audio.plan(cft_audio.request("mine", name="Sam"))


def test_a_control_character_may_not_come_from_an_escape_or_a_template_either() -> None:
    title = FRONT.replace("A rest", '"A\\e[31m rest"')

    assert [line for line, *_ in found(title + BODY)] == [2]
    assert [line for line, *_ in found(FRONT + BODY + '{{ "\\x07" }} rest\n')] == [FIRST]


@pytest.mark.parametrize(
    ("direction", "cue"),
    [
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
    ],
)
def test_a_stage_direction_is_pointed_out_with_the_cue_that_is_meant(
    direction: str, cue: str
) -> None:
    [problem] = check(f"{FRONT}{BODY}Rest here {direction}.\n")

    assert (problem.line, problem.warning) == (FIRST, True)
    assert problem.message == f"'{direction}' would be read out"
    assert problem.remedy == f"Write {cue}"


def test_how_something_is_said_is_a_stage_direction_as_well() -> None:
    [problem] = check(FRONT + BODY + "Rest here (softly).\n\npause 10 seconds\n")[:1]

    assert problem.message == "'(softly)' would be read out"
    assert (
        found(FRONT + BODY + "pause 10 seconds\n")[0][1] == "'pause 10 seconds' would be read out"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Somewhere safe (or safe enough) is fine.",
        "In (and out) again.",
        "A pause. Ten seconds.",
        '(Dr)[sub:"Doctor"] says so.',
        "Your breath (whatever it is like) is fine.",
    ],
)
def test_ordinary_brackets_and_words_are_no_stage_directions(words: str) -> None:
    assert found(f"{FRONT}{BODY}{words}\n") == []


def test_a_german_script_has_its_own_stage_directions() -> None:
    text = FRONT.replace("natural: 1", "natural: 1\nlanguage: de") + BODY

    [problem] = check(text + "Ruhe hier (30 Sek. Pause).\n")
    assert problem.remedy == "Write [30s]"


def test_a_block_that_no_parent_has_is_an_error_in_check_and_build() -> None:
    text = FRAMED + "{% block practise %}\n## Rest\n\nHello.\n{% endblock %}\n"

    assert [(line, warning) for line, _, warning in found(text)] == [(9, False)]
    [problem] = check(text)
    assert "the block 'practise', so what stands in it is lost" in problem.message
    assert "Did you mean 'practice'?" in problem.remedy
    with pytest.raises(ScriptError, match="practise"):
        cft_audio.plan(cft_audio.request("mine", name="Sam"))


@pytest.mark.parametrize(
    "outside",
    ["Lost words.", "## A chapter", "[pause]", "{{ name }}", "{% if true %}\nLost.\n{% endif %}"],
)
def test_what_stands_outside_the_blocks_of_a_parent_is_an_error(outside: str) -> None:
    practice = "{% block practice %}\n## Rest\n\nHello.\n{% endblock %}\n"

    [(line, message, warning)] = found(f"{FRAMED}{practice}{outside}\n")
    assert line in {14, 15}
    assert message.startswith("this stands in no block, and is lost")
    assert not warning


def test_a_block_inside_one_that_is_told_anew_is_lost_too() -> None:
    written("## A\n\n{% block all %}{% block some %}Stop.{% endblock %}{% endblock %}\n", "base")
    extends = FRONT + '{% extends "base.md" %}\n'
    kept = (
        "{% block all %}\nHello, {{ name }}. Stop.\n{% block some %}x{% endblock %}{% endblock %}"
    )
    lost = (
        "{% block all %}\nHello, {{ name }}. Stop.\n{% endblock %}{% block some %}x{% endblock %}"
    )

    assert not any("lost" in message for _, message, _ in found(extends + kept))
    assert any("block 'some'" in message for _, message, _ in found(extends + lost))
    assert not any(
        "lost" in m for _, m, _ in found(extends + lost.replace("Hello", "{{ super() }}"))
    )


@pytest.mark.parametrize(
    ("unused", "name"),
    [
        ("{% macro goodbye() %}\nGo well.\n{% endmacro %}\n", "macro 'goodbye'"),
        ("{% macro again() %}{{ again() }}{% endmacro %}\n", "macro 'again'"),
        ("{% set goodbye %}\nGo well.\n{% endset %}\n", "text 'goodbye'"),
    ],
)
def test_a_macro_or_text_that_is_never_used_is_pointed_out(unused: str, name: str) -> None:
    assert (FIRST, f"the {name} is never used, so what stands in it is lost", True) in found(
        FRONT + BODY + unused
    )


def test_a_comment_that_was_never_ended_is_pointed_out() -> None:
    text = FRONT + BODY + "{# A note.\n\nThese words are lost.\n\n{# Another note. #}\n"

    assert [(line, warning) for line, _, warning in found(text)] == [(FIRST, True)]


def test_what_no_length_answer_or_adaptation_brings_out_is_pointed_out() -> None:
    never = (
        "{% if minutes > 8000 %}\nNever.\n{% endif %}\n"
        "{% if name and not name %}Not this either.{% endif %}\n"
    )
    rarely = (
        "{% if for_sleep and for_anxiety and minutes >= 45 %}\nRarely.\n{% endif %}\n"
        "{% if pace.hold %}\nHolding.\n{% endif %}\n"
        "{% vary %}One.{% or %}Two.{% or %}Three.{% endvary %}\n"
    )

    assert [(line, message) for line, message, _ in found(FRONT + BODY + never + rarely)] == [
        (FIRST + offset, "this was never said, at any length, with any answer and adaptation")
        for offset in (1, 3)
    ]


def test_unfinished_words_are_found_wherever_they_stand() -> None:
    front = FRONT.replace("Your name?", "✎ Your name?").replace("A rest", "✎ A rest")
    body = BODY + "✎ Write this.\n\n{% if minutes > 20 %}\n## ✎ More\n\nRest.\n{% endif %}\n"

    marks = [line for line, message, _ in found(front + body) if "✎" in message]
    assert marks == [2, 6, FIRST, FIRST + 3]


@pytest.mark.parametrize(
    ("front", "length"),
    [("natural: 10", "10:00"), ("technique: loving-kindness", "10:00"), ("natural: 0:20", "0:20")],
)
def test_a_natural_length_that_cannot_be_is_pointed_out_with_what_can(
    front: str, length: str
) -> None:
    text = FRONT.replace("natural: 1\n", "").replace("technique: loving-kindness", front)
    if "technique" not in front:
        text = text.replace("title:", "technique: loving-kindness\ntitle:")
    [problem] = check(text + BODY)

    assert problem.warning
    assert problem.message.startswith(f"it cannot be {length} long")
    assert "Its length can be from 0:" in problem.remedy
    assert problem.line == (3 if "natural" not in front else 4) * ("natural" in front)


def test_two_long_pauses_come_to_one_length_and_say_so() -> None:
    body = "## A\n\nYou may stop, {{ name }}.\n\n[10m]\n\nRest.\n\n[10m]\n"
    natural = next(p for p in check(FRONT + body) if "natural" in p.message)

    assert "Its length can be about 20:0" in natural.remedy
    with pytest.raises(cft_audio.CftAudioError, match="one length only, about 20:0") as refused:
        cft_audio.plan(cft_audio.request("mine", name="Sam", minutes=3))
    assert "from 20" not in str(refused.value)


def test_a_script_that_says_more_in_less_time_is_offered_lengths_that_it_has() -> None:
    stop = "You may stop, {{ name }}.\n\n[pause x3]\n\n"
    written(f"{FRONT}## A\n\n{stop}{{% if minutes < 5 %}}[10m]\n\n{stop}[pause x9]{{% endif %}}\n")

    with pytest.raises(cft_audio.CftAudioError, match="Ask for a length from 0:") as refused:
        cft_audio.plan(cft_audio.request("mine", name="Sam", minutes=5))
    assert "or from 10:" in str(refused.value)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("title: Another", 3),
        ("slots: {}", 3),
        ("about: {why: a, why: b}", 3),
        ("limits: {silence: 20s, silence: 20s}", 3),
        ("breath_words: {inhale: [a], inhale: [b]}", 3),
    ],
)
def test_a_key_that_stands_there_twice_is_an_error_in_check_and_build(
    entry: str, line: int
) -> None:
    text = FRONT.replace("title: A rest\n", f"title: A rest\n{entry}\n") + BODY

    [twice] = [row for row in found(text) if "stands here twice" in row[1]]
    assert twice[0] == (7 if entry.startswith("slots") else line) - 1 * entry.startswith("slots")
    with pytest.raises(ScriptError, match="stands here twice"):
        cft_audio.plan(cft_audio.request("mine", name="Sam"))


@pytest.mark.parametrize("slots", ["  name: {ask: Again}", "  z: {ask: a, ask: b, default: c}"])
def test_so_is_a_slot_or_an_entry_of_one(slots: str) -> None:
    text = FRONT.replace("slots:\n", f"slots:\n{slots}\n") + BODY

    assert any("stands here twice" in message for _, message, _ in found(text))


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("title: Rest #1", "'title' ends before '#1'"),
        ("title: Rest # one", "'title' ends before '# one'"),
        ("title: Rest\nsummary: A sentence #2", "'summary' ends before '#2'"),
        ("title: !important Rest", "YAML takes '!important' for a tag"),
        ("title: &home Rest", "YAML takes '&home' for a name"),
    ],
)
def test_words_that_yaml_drops_are_pointed_out(front: str, told: str) -> None:
    [(line, message, warning)] = found(FRONT.replace("title: A rest", front) + BODY)

    assert (line, warning) == (1 + len(front.split("\n")), True)
    assert told in message


@pytest.mark.parametrize("front", ['title: "Rest #1" # note', "title: Rest#1", "natural: 1 # note"])
def test_notes_and_quoted_signs_are_no_findings(front: str) -> None:
    key = front.partition(":")[0]
    old = {"title": "title: A rest", "natural": "natural: 1"}[key]

    assert found(FRONT.replace(old, front) + BODY) == []


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("{ask: q, type: choice, choices: [a, b], default: c}", "the default 'c' is not one of"),
        ("{ask: q, type: choice, choices: [a, a]}", "the choice 'a' stands there twice"),
        ("{ask: q, type: number, default: two}", "the default 'two' is not a number"),
        ("{ask: q, type: number, default: ''}", "the default '' is not a number"),
        ("{ask: q, type: number, default: nan}", "the default 'nan' is not a number"),
        ("{ask: q, max: 3, default: long}", "'long' has 4 characters, and 3 fit"),
        ("{ask: q, type: choice, max: 2, choices: [one]}", "'one' has 3 characters, and 2 fit"),
        ("{ask: q, type: figure, default: wise-eldr}", "there is no figure called 'wise-eldr'"),
    ],
)
def test_a_slot_that_no_session_could_use_is_one_error_and_nothing_derived(
    slot: str, message: str
) -> None:
    text = FRONT.replace("slots:\n", f"slots:\n  x: {slot}\n") + BODY + "{{ x }}\n"

    [(line, told, warning)] = found(text)
    assert (line, warning) == (6, False)
    assert message in told


def test_a_slot_that_takes_few_characters_is_tried_with_few() -> None:
    assert found(FRONT.replace('name?"', 'name?", max: 2') + BODY) == []


def test_derived_errors_are_not_told_beside_their_cause() -> None:
    front = FRONT.replace(
        "slots:\n", "slots:\n  who: {ask: q, typ: figure}\n  c: {ask: q, type: choice}\n"
    )
    uses = "{{ who.name }} {{ who.verb('stay') }} {{ whoo.they | capitalize }} {{ c }}\n"

    assert [line for line, *_ in found(front + BODY + uses)] == [6, 7, FIRST + 2]
    assert [line for line, *_ in found("---\ntitle: [T\n---\n" + BODY)] == [2]


def test_sounds_that_the_voice_lacks_are_errors_in_every_branch() -> None:
    sounds = (
        '(Aoife)[ipa:"zzz¤"] and (Aoife)[ipa:"ˈiːfə"].\n\n'
        '{% if minutes > 50 %}\n(x)[ipa:"ж"]\n{% endif %}\n'
    )

    assert [(line, message) for line, message, _ in found(FRONT + BODY + sounds)] == [
        (FIRST, "the voice does not know ¤ in the sound /zzz¤/ of 'Aoife'"),
        (FIRST + 3, "the voice does not know ж in the sound /ж/ of 'x'"),
    ]


def test_chapters_that_no_player_could_find_are_pointed_out() -> None:
    same = "## Rest\n\nA.\n\n## rest\n\nB.\n\n## Nothing\n\n## Last\n\nC.\n"

    assert found(FRONT + BODY + same) == [
        (FIRST + 4, "2 chapters are called 'rest'", True),
        (FIRST + 8, "the chapter 'Nothing' is left out: nothing is said or done in it", True),
    ]
    assert found(FRONT + BODY + "##\n\nA.\n")[0][1] == "the chapter has no title"
    assert found(FRONT + BODY + "## Rest [pause]\n\nA.\n")[0][1] == "a cue cannot stand in a title"


def test_more_chapters_than_an_mp3_lists_are_pointed_out() -> None:
    many = "".join(f"## {number}\n\nRest.\n\n" for number in range(255))
    text = FRONT.replace("natural: 1", "natural: 12").replace(": 1\n", ": 12\n") + BODY

    assert (0, "it has 256 chapters, and an MP3 lists 255 of them", True) in found(text + many)


def test_every_adaptation_is_tried_and_named_where_it_alone_fails() -> None:
    text = (
        FRONT + BODY + "{% if for_anxiety %}\n{{ 1 / 0 }}\n{% endif %}\n"
        "{% if for_low_mood %}\n{{ name.foo() }}\n{% endif %}\n"
    )

    assert [(line, message) for line, message, _ in found(text)] == [
        (FIRST + 1, "told for anxiety: the template cannot be rendered: division by zero"),
        (FIRST + 4, "told for low-mood: a text has no part called 'foo'"),
    ]


def test_a_length_that_one_adaptation_cannot_have_is_named() -> None:
    [_, length] = found(FRONT + BODY + "{% if for_sleep %}\n[10m]\n\nEnd.\n{% endif %}\n")

    assert length[1].startswith("told for sleep: it cannot be 1:00 long")


def test_spoken_cues_of_the_breath_hold_no_markup() -> None:
    front = FRONT.replace("natural: 1", "natural: 1\nbreath_words: {inhale: ['In [4s]', '<b>in']}")

    assert [(line, warning) for line, _, warning in found(front + BODY)] == [(5, False)] * 2
