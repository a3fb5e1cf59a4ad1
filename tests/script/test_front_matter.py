"""Front matter: read strictly, every error at once."""

from pathlib import Path

import pytest

from cft_audio.script.front_matter import read_practice


def read(front: str) -> list[str]:
    text = f"---\n{front}\n---\n## A\n\nHello.\n"
    return [str(problem) for problem in read_practice(Path("a.md"), text)[1]]


def test_everything_is_read() -> None:
    text = (
        "---\ntitle: My title\ntechnique: loving-kindness\nsummary: For a day.\n"
        "natural: '12:30'\nlimits: {silence: 20s, breathing: 2m}\n"
        "breath_words: {inhale: [In], exhale: [Out]}\n"
        "slots:\n  name: {ask: Who}\n  for_whom: {ask: 'For?', type: choice, choices: [me, you], "
        "default: me}\n---\n## A\n"
    )
    practice, problems = read_practice(Path("x/my-own.md"), text)

    assert not problems
    assert (practice.id, practice.file) == ("my-own", "my-own.md")
    assert (practice.natural_s, practice.limits.silence, practice.limits.breathing) == (
        750,
        20,
        120,
    )
    assert practice.slots["name"].default is None
    assert practice.slots["for_whom"].choices == ("me", "you")
    assert practice.body.split("\n").index("## A") == text.split("\n").index("## A")


def test_every_error_of_the_front_matter_is_reported_at_once() -> None:
    found = read(
        "title: T\ntechnique: soothing\nslotz: {}\nnatural: soon\nslots:\n"
        "  Name: {ask: x}\n  minutes: {ask: y, typ: text}\n  z: {type: choice}"
    )

    text = "\n".join(found)
    for expected in (
        "a.md:4: 'slotz' is not known here. Did you mean 'slots'?",
        "a.md:3: 'technique' cannot be 'soothing'. Known are: compassionate-attention,",
        "a.md:5: 'natural' cannot be 'soon'; write minutes as 10, 7.5 or 12:30.",
        "a.md:7: slots.Name: 'Name' cannot be a slot's name",
        "a.md:8: slots.minutes: 'minutes' is given to every script and cannot be a slot",
        "a.md:8: slots.minutes: 'typ' is not known here. Did you mean 'type'?",
        "a.md:9: slots.z: its type is 'choice' and it has no choices.",
        "a.md:9: slots.z: 'ask' is missing. Add ask: ",
    ):
        assert expected in text


def test_numbers_and_lists_are_checked_too() -> None:
    assert read(
        "title: T\ntechnique: loving-kindness\nabout: {helps: [sleep, slep], experience: newish,\n"
        "  therapist_advised: maybe}\nbreath_words: {inhale: []}\nslots:\n"
        "  a: {ask: x, max: 0}\n  b: {ask: x, max: many}\n  c: 3"
    ) == [
        "a.md:4: about: 'helps' cannot have 'slep'. Did you mean 'sleep'?",
        "a.md:4: about: 'experience' cannot be 'newish'. Did you mean 'new'?",
        "a.md:5: about: 'therapist_advised' is not true or false. Write true or false.",
        "a.md:6: breath_words: 'inhale' is empty. Write at least one text.",
        "a.md:8: slots.a: 'max' is 0. Write a number from 1 to 8000.",
        "a.md:9: slots.b: 'max' is not a whole number. Write a whole number.",
        "a.md:10: slots: 'c' is not a table. Write a table.",
    ]


@pytest.mark.parametrize("trap", ["No", "yes", "1_000", "4:0:6", "null", "~"])
def test_yaml_never_turns_a_text_into_something_else(trap: str) -> None:
    practice, problems = read_practice(
        Path("a.md"), f"---\ntitle: {trap}\ntechnique: loving-kindness\n---\n"
    )

    assert not problems
    assert practice.title == trap


def test_broken_yaml_is_one_error_with_its_line() -> None:
    [found] = read("title: T\ntechnique: [x")

    assert found.startswith("a.md:")
    assert "not valid YAML" in found


def test_a_file_without_front_matter_says_how_to_begin() -> None:
    problems = read_practice(Path("a.md"), "## A\n\nHello.")[1]

    assert str(problems[0]).startswith("a.md:1: the practice has no front matter. Begin the file")
