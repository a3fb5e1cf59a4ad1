"""The script language as DESIGN draws it, read from rendered text."""

import gc

import pytest

from cft_audio.script.cues import (
    Breathe,
    Chime,
    ElasticBreathe,
    ElasticPause,
    Line,
    Pause,
    Say,
    Span,
)
from cft_audio.script.inert import inert, revealed
from cft_audio.script.markup import parse
from cft_audio.script.places import marked
from cft_audio.script.source_lines import SourceLine


def cues(text: str) -> list[object]:
    """Return the cues of a chapter whose body is ``text``."""
    parsed = parse(f"## Chapter\n\n{text}\n\nEnd.", "a.md")
    assert not parsed.problems
    return list(parsed.sections[0].cues[:-1])


def problems(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in parse(marked(text, "a.md", 1), "a.md").problems]


def say(*spans: Span | str) -> Say:
    return Say(Line(tuple(Span(s) if isinstance(s, str) else s for s in spans)))


@pytest.mark.parametrize(
    ("written", "cue"),
    [
        ("[4s]", Pause(4.0)),
        ("[1.5s]", Pause(1.5)),
        ("[2m]", Pause(120.0)),
        ("[pause]", ElasticPause(1.0)),
        ("[pause x3]", ElasticPause(3.0)),
        ("[ Pause  x0.5 ]", ElasticPause(0.5)),
        ("[breathe 6]", Breathe(6)),
        ("[breathe]", ElasticBreathe()),
        ("[chime]", Chime()),
    ],
)
def test_each_cue_is_read(written: str, cue: object) -> None:
    assert cues(written) == [cue]


def test_a_paragraph_is_one_line_however_it_is_wrapped() -> None:
    assert cues("You might\nlet your   shoulders\nrest.") == [
        say("You might let your shoulders rest.")
    ]


def test_a_cue_inside_a_paragraph_parts_it() -> None:
    assert cues("Wait here. [4s] And on.") == [say("Wait here."), Pause(4.0), say("And on.")]


def test_how_a_word_is_said_stays_with_the_word() -> None:
    assert cues('Hello, (Aoife)[ipa:"ˈiːfə"], from (Dr)[sub:"Doctor"] Lee.') == [
        say(
            "Hello, ",
            Span("Aoife", ipa="ˈiːfə"),
            ", from ",
            Span("Dr", sub="Doctor"),
            " Lee.",
        )
    ]


def test_words_from_a_person_are_told_apart() -> None:
    assert cues(f"Hello, {inert('Sam')}.") == [say("Hello, ", Span("Sam", personal=True), ".")]


@pytest.mark.parametrize(
    "name", ["[breathe 999]", "{{ 7*7 }}", "## x", '(a)[ipa:"b"]', "- x", "> x"]
)
def test_a_name_that_looks_like_markup_is_spoken_as_it_is(name: str) -> None:
    assert cues(inert(name)) == [say(Span(name, personal=True))]


def test_ordinary_brackets_are_speech() -> None:
    assert cues("Somewhere safe (or safe enough) is fine.") == [
        say("Somewhere safe (or safe enough) is fine.")
    ]


def test_a_quote_is_said_by_the_figure() -> None:
    assert cues("> You are not alone\n> in this.") == [
        Say(Line((Span("You are not alone in this."),), speaker="figure"))
    ]


def test_a_quote_has_a_paragraph_of_its_own() -> None:
    assert problems("## A\n\n> Said.\nNot said.") == [
        (4, "a quote and other words share a paragraph")
    ]


def test_a_chapters_title_holds_no_persons_words() -> None:
    assert problems(f"## For {inert('Sam')}\n\nHello.") == [
        (1, "a person's words stand in a chapter's title")
    ]


def test_headings_are_chapters_in_order() -> None:
    parsed = parse("## One\n\nA.\n\n## Two\nB.", "a.md")

    assert [section.title for section in parsed.sections] == ["One", "Two"]
    assert parsed.sections[1].cues == (say("B."),)


def test_every_error_is_found_at_once_each_with_its_line() -> None:
    text = 'Early.\n\n## Good\n\n[breath 6]\n[4x]\n\n# Bad\n\n(a)[ips:"b"] and **loud**\n\n- item'

    assert problems(text) == [
        (1, "something is said before the first chapter"),
        (5, "[breath 6] is not a cue"),
        (6, "[4x] is not a pause"),
        (8, "chapters are headings of the second level"),
        (10, "emphasis cannot be spoken"),
        (10, "'ips' is not a way to say a word"),
        (12, "a list cannot be spoken"),
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[0s]", "[0s] is too short or too long for a fixed pause"),
        ("[601s]", "[601s] is too short or too long for a fixed pause"),
        ("[pause x0]", "[pause x0] weighs too little or too much"),
        ("[breathe 0]", "[breathe 0] cannot be guided"),
        ("[breathe 201]", "[breathe 201] cannot be guided"),
        ("[breathe {x}]", "[breathe {x}] is not a cue"),
        ("wait [4s", "a '[' has no partner"),
        ('(a)[sub:""]', "the sub of 'a' is empty"),
        ("<b>hello</b>", "an HTML tag cannot be spoken"),
    ],
)
def test_what_cannot_be_meant_is_an_error(written: str, message: str) -> None:
    assert problems(f"## A\n\nHello. \n\n{written}") == [(5, message)]


def test_a_practice_that_says_nothing_is_an_error() -> None:
    assert problems("## A\n\n[chime]") == [(1, "nothing is said in this practice")]


def test_the_same_paragraph_in_another_file_has_its_own_place() -> None:
    text = "## Chapter\n\nOne line. [pauze]"

    found = [parse(marked(text, file, 1), file).problems[0].file for file in ("a.md", "b.md")]

    assert found == ["a.md", "b.md"]


def test_no_words_of_a_person_stay_in_memory_once_a_practice_is_read() -> None:
    text = marked(f"## Chapter\n\nGood to have you here, {inert('Zebedeus')}.\n\nRest.", "a.md", 1)

    parse(text, "a.md")
    gc.collect()

    kept = [line for line in gc.get_objects() if isinstance(line, Line | SourceLine)]
    assert any(line.text == "Rest." for line in kept)
    assert not [line for line in kept if "Zebedeus" in revealed(line.text)]
    read = [text for known in gc.get_objects() if isinstance(known, tuple) for text in known]
    assert "Rest." in read
    assert not [text for text in read if isinstance(text, str) and inert("Zebedeus") in text]
