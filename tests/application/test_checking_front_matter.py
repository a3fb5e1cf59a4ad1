"""All well means that the front matter says what its author wrote."""

from __future__ import annotations

import pytest
from checking_cases import BODY, FIRST, FRONT, found

import cft_audio
from cft_audio.errors import ScriptError

pytestmark = pytest.mark.usefixtures("at_home")


def test_unfinished_words_are_found_wherever_they_stand() -> None:
    front = FRONT.replace("Your name?", "✎ Your name?").replace("A rest", "✎ A rest")
    body = BODY + "✎ Write this.\n\n{% if minutes > 20 %}\n## ✎ More\n\nRest.\n{% endif %}\n"

    marks = [line for line, message, _ in found(front + body) if "✎" in message]
    assert marks == [2, 6, FIRST, FIRST + 3]


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


UNUSABLE = [
    ("{ask: q, type: choice, choices: [a, b], default: c}", "the default 'c' is not one of"),
    ("{ask: q, type: choice, choices: [a, a]}", "the choice 'a' stands there twice"),
    ("{ask: q, type: number, default: two}", "the default 'two' is not a number"),
    ("{ask: q, type: number, default: ''}", "the default '' is not a number"),
    ("{ask: q, type: number, default: nan}", "the default 'nan' is not a number"),
    ("{ask: q, max: 3, default: long}", "'long' has 4 characters, and 3 fit"),
    ("{ask: q, type: choice, max: 2, choices: [one]}", "'one' has 3 characters, and 2 fit"),
]


def test_a_slot_that_no_session_could_use_is_one_error_and_nothing_derived() -> None:
    slots = "".join(f"  x{number}: {slot}\n" for number, (slot, _) in enumerate(UNUSABLE))
    uses = "".join(f"{{{{ x{number} }}}}\n" for number in range(len(UNUSABLE)))
    rows = found(FRONT.replace("slots:\n", f"slots:\n{slots}") + BODY + uses)

    assert [(line, warning) for line, _, warning in rows] == [
        (6 + number, False) for number in range(len(UNUSABLE))
    ]
    for (_, told, _), (_, message) in zip(rows, UNUSABLE, strict=True):
        assert message in told


def test_a_figure_that_is_nobodys_is_an_error_at_its_slot() -> None:
    slot = "slots:\n  x: {ask: q, type: figure, default: wise-eldr}\n"
    [(line, told, warning)] = found(FRONT.replace("slots:\n", slot) + BODY + "{{ x }}\n")

    assert (line, warning) == (6, False)
    assert "there is no figure called 'wise-eldr'" in told


def test_a_slot_that_takes_few_characters_is_tried_with_few() -> None:
    assert found(FRONT.replace('name?"', 'name?", max: 2') + BODY) == []


def test_derived_errors_are_not_told_beside_their_cause() -> None:
    front = FRONT.replace(
        "slots:\n", "slots:\n  who: {ask: q, typ: figure}\n  c: {ask: q, type: choice}\n"
    )
    uses = "{{ who.name }} {{ who.verb('stay') }} {{ whoo.they | capitalize }} {{ c }}\n"

    assert [line for line, *_ in found(front + BODY + uses)] == [6, 7, FIRST + 2]
    assert [line for line, *_ in found("---\ntitle: [T\n---\n" + BODY)] == [2]


def test_spoken_cues_of_the_breath_hold_no_markup() -> None:
    front = FRONT.replace("natural: 1", "natural: 1\nbreath_words: {inhale: ['In [4s]', '<b>in']}")

    assert [(line, warning) for line, _, warning in found(front + BODY)] == [(5, False)] * 2
