"""Check tells where something is asked and no time is left for it."""

from __future__ import annotations

import pytest
from checking_cases import BODY, FIRST, FRONT, check

pytestmark = pytest.mark.usefixtures("at_home")

LONGER = FRONT.replace("natural: 1", "natural: 3")


def doubts(lines: str) -> list[tuple[int, str]]:
    problems = check(f"{LONGER}{BODY}{lines}\n\n[pause]\n\nRest.\n")
    assert all(problem.warning for problem in problems)
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "How big is it? Let it stand there.\n\n[pause]",
            "after the question 'How big is it?' the voice goes on at once",
        ),
        (
            "How big is it? Let it stand there. And where is it?\n\n[answer]",
            "after the question 'How big is it?' the voice goes on at once",
        ),
        (
            "How big is it?",
            "the question 'How big is it?' is followed by 0 s of quiet, and needs 12",
        ),
        (
            "How big is it?\n\n[4s]\n\nRest.",
            "the question 'How big is it?' is followed by 4 s of quiet, and needs 12",
        ),
        (
            "How big is it? Where is it?\n\n[15s]",
            "the question 'Where is it?' is followed by 15 s of quiet, and needs 20",
        ),
        (
            "How big is it?\n\n[breathe 3]",
            "the question 'How big is it?' is followed by 0 s of quiet, and needs 12",
        ),
        (
            "How big is it?\n\n[moment]",
            "the question 'How big is it?' is followed by 1.5 s of quiet, and needs 12",
        ),
        (
            "How big is it? It may be small.",
            "the question 'How big is it?' is followed by 0 s of quiet, and needs 12",
        ),
        (
            "I'll wait for a minute.\n\n[20s]",
            "'I'll wait for a minute.' promises 60 s, and 20 s follow",
        ),
        ("I'll wait.", "'I'll wait.' promises 30 s, and 0 s follow"),
        ("Rest.\n\n[pause]\n\n[write]", "[write] follows no words, so nobody knows what to write"),
    ],
)
def test_it_is_told_where_there_is_too_little(lines: str, message: str) -> None:
    [(_, told)] = doubts(f"{lines}\n\nAnd so on.")

    assert told == message


@pytest.mark.parametrize(
    "lines",
    [
        *("How big is it?\n\n[pause]", "How big is it?\n\n[answer]", "How big is it?\n\n[12s]"),
        *("How big is it?\n\n[picture]", "Who is it? Where is it?\n\n[pause]"),
        *("How big is it? It may be small, or have no size.\n\n[pause]",),
        *("Who hasn't been tired? [no answer] It makes sense.", "Who hasn't? [no answer]"),
        *("I'll wait for a minute.\n\n[pause]", "I'll wait for half a minute.\n\n[30s]"),
        *("Write one line.\n\n[write]", "Write one line.\n\n[2s]\n[write 2m, chime]"),
    ],
)
def test_nothing_is_told_where_there_is_enough(lines: str) -> None:
    assert doubts(f"{lines}\n\nAnd so on.") == []


def test_it_is_told_with_its_line_in_every_adaptation() -> None:
    lines = "{% if for_sleep %}\nIs it dark? Good night.\n{% endif %}"

    assert doubts(lines) == [
        (FIRST + 1, "told for sleep: after the question 'Is it dark?' the voice goes on at once")
    ]
