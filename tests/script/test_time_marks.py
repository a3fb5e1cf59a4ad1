"""Marks of time: how an author writes them, what is wrong with others, and the quiet they give."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.languages.registry import ENGLISH
from cft_audio.script.cues import CHIME_S, PAUSE_S, Chime, ElasticPause, Pause, Quiet, Say, TimeFor
from cft_audio.script.markup import parse
from cft_audio.script.time_given import FLOORS, floor_s, give_time
from cft_audio.script.time_marks import BOUNDS


def read(text: str) -> list[object]:
    """Return the cues of a chapter, as they are read, without its lines."""
    parsed = parse(f"## A\n\n{text}\n", "a.md")
    assert not parsed.problems
    return [cue for cue in parsed.sections[0].cues if not isinstance(cue, Say)]


def given_time(text: str) -> list[object]:
    """Return the cues of a chapter, each with the quiet it gives, without its lines."""
    parsed = parse(f"## A\n\n{text}\n", "a.md")
    assert not parsed.problems
    [section] = give_time(parsed.sections, ENGLISH)
    return [cue for cue in section.cues if not isinstance(cue, Say)]


def faults(text: str) -> list[tuple[str, str]]:
    return [(p.message, p.remedy) for p in parse(f"## A\n\nHello.\n\n{text}\n", "a.md").problems]


@pytest.mark.parametrize(
    ("written", "cue"),
    [
        *(("[picture]", TimeFor("picture")), ("[answer]", TimeFor("answer"))),
        *(("[ Write ]", TimeFor("write")), ("[write 90s]", TimeFor("write", 90.0))),
        *(("[write 2m, chime]", TimeFor("write", 120.0, chime=True)),),
        *(("[write, chime]", TimeFor("write", chime=True)), ("[moment]", TimeFor("moment"))),
        *(("[answer 20s]", TimeFor("answer", 20.0)), ("[picture 12.5s]", TimeFor("picture", 12.5))),
        *(
            ("[quiet to the end]", Quiet()),
            ("[quiet to the end, breathing]", Quiet(breathing=True)),
        ),
    ],
)
def test_each_mark_is_read(written: str, cue: object) -> None:
    assert read(f"Hello.\n\n{written}") == [cue]


@pytest.mark.parametrize(
    ("written", "message", "remedy"),
    [
        (
            "[write 30s]",
            "[write 30s] gives too little time or too much to write",
            "Give it 60 to 180 s, or write [write] for the usual time",
        ),
        (
            "[write 5m]",
            "[write 5m] gives too little time or too much to write",
            "Give it 60 to 180 s, or write [write] for the usual time",
        ),
        ("[write 90]", "[write 90] gives no time", "Write a length as 4s, 1.5s or 2m"),
        ("[answer 5s]", "[answer 5s] gives too little time or too much to answer", "Give it 12 to"),
        ("[answer, chime]", "[answer, chime] has no minute to go", "A chime stands in [write 2m"),
        (
            "[write 90s, chime]",
            "[write 90s, chime] is too short for a chime at its last minute",
            "Give it from 2m to 3m",
        ),
        ("[writing]", "[writing] is not a cue", "Did you mean '[write]'? A cue is one of [4s]"),
        ("[pictures]", "[pictures] is not a cue", "Did you mean '[picture]'?"),
        ("[noanswer]", "[noanswer] is not a cue", "Did you mean '[no answer]'?"),
        ("[quiet till the end]", "[quiet till the end] is not a cue", "Did you mean '[quiet to"),
        ("Rest. [no answer]", "[no answer] follows no question", "Put it right behind"),
    ],
)
def test_what_cannot_be_meant_is_told_with_what_to_do(
    written: str, message: str, remedy: str
) -> None:
    [(said, advice)] = faults(written)

    assert said == message
    assert advice.startswith(remedy)


def test_nothing_follows_the_quiet_at_the_end() -> None:
    [(message, _)] = faults("[quiet to the end]\n\nGood night.")

    assert message == "something follows [quiet to the end], and is never heard"
    assert faults("[quiet to the end]\n\n## B\n\n[chime]")


@given(
    purpose=st.sampled_from(sorted(BOUNDS)),
    seconds=st.integers(1, 400),
    chime=st.booleans(),
)
def test_any_time_within_its_bounds_is_read_and_no_other(
    purpose: str, seconds: int, *, chime: bool
) -> None:
    least, most = next(bounds for known, bounds in BOUNDS.items() if known == purpose)
    within = least <= seconds <= most
    allowed = within and not (chime and (purpose != "write" or seconds < 120))

    parsed = parse(f"## A\n\nHello.\n\n[{purpose} {seconds}s{', chime' * chime}]\n", "a.md")

    assert bool(parsed.problems) != allowed


def test_a_question_that_needs_no_answer_is_told_from_one_that_does() -> None:
    parsed = parse("## A\n\nWho hasn't?  [no answer] It makes sense. What now?\n", "a.md")
    [cue] = parsed.sections[0].cues
    assert isinstance(cue, Say)

    assert cue.line.text == "Who hasn't? It makes sense. What now?"
    assert cue.line.asked == "Who hasn't. It makes sense. What now?"
    assert floor_s(cue.line, ENGLISH) == FLOORS["question"]


def test_a_pause_is_as_long_as_the_line_before_it_needs() -> None:
    text = "Imagine a room.\n\n[pause]\n\nRest.\n\n[pause x2]\n\nWho is there?\n\n[4s]\n[pause]"

    assert given_time(text) == [
        ElasticPause(1.0, least=8.0),
        ElasticPause(2.0),
        Pause(4.0),
        ElasticPause(1.0, least=8.0),
    ]


def test_a_greeting_is_followed_by_a_moment() -> None:
    [pause] = given_time("Dear Sam,\n\n[pause]")

    assert isinstance(pause, ElasticPause)
    assert (pause.weight * PAUSE_S, pause.least, pause.most) == (1.5, 1.5, 4.0)


@pytest.mark.parametrize(
    ("text", "least", "natural"),
    [
        *(("Rest.\n\n[picture]", 8, 10), ("Rest.\n\n[answer]", 12, 15)),
        *(("Who? And why?\n\n[answer]", 20, 25), ("Who? And why?\n\n[answer 15s]", 15, 15)),
        *(("Who?\n\n[moment]", 1.5, 1.5), ("Who?\n\n[picture]", 8, 10)),
        *(("Begin.\n\n[write]", 60, 90), ("Begin.\n\n[write 100s]", 100, 100)),
    ],
)
def test_a_mark_says_how_long_the_quiet_is(text: str, least: float, natural: float) -> None:
    [pause] = given_time(text)

    assert isinstance(pause, ElasticPause)
    assert pause.least == least
    assert pause.weight * PAUSE_S == pytest.approx(natural)


@pytest.mark.parametrize(
    ("written", "seconds"), [("[write, chime]", 120), ("[write 3m, chime]", 180)]
)
def test_a_soft_chime_is_struck_one_minute_before_the_end(written: str, seconds: float) -> None:
    before, chime, after = given_time(f"Begin.\n\n{written}")

    assert isinstance(before, ElasticPause)
    assert isinstance(after, Pause)
    assert chime == Chime(soft=True)
    assert after.seconds + CHIME_S == 60
    assert before.least + 60 == seconds
    assert before.most + 60 == BOUNDS["write"][1]


def test_more_is_asked_for_and_more_time_follows() -> None:
    kinds = ["plain", "greeting", "picture", "question", "questions"]
    floors = [floor for kind in kinds for known, floor in FLOORS.items() if known == kind]

    assert all(less < more for less, more in pairwise(floors))
