"""What keeps a listener safe is marked in every practice, so that no edit can leave it out.

What ``test_care.py`` promises of everything that is said holds of the marked lines alone.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest
from practice_cases import ADAPTED, LIBRARY, PRACTICES, offered, planned, practice
from test_care import AFTERCARE, BREATH, DIZZY, FEARS, KINDNESS, NAMED, SORE

from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.form import FULL, Form
from cft_audio.script.sample import sample_answer
from cft_audio.timeline.events import SayEvent

WAY_TO_STOP = re.compile(
    r"\byou(?:'re free to| can| may| want to|'d like to)(?: always)? (?:stop|leave this running)\b"
    r"(?! (?:steering|explaining|listening|leaning|holding|now, and hand|at any of them))"
    r"|\bstop (?:whenever|when|at any time|as soon as) you\b(?! stop)|\bfree to stop\b",
    re.IGNORECASE,
)
"""How a listener is told that they may stop."""

SAID_FOR_CARE = {
    "the way to stop": WAY_TO_STOP,
    "whom to tell": re.compile(
        r"\b(?:tell|talk to) (?:someone|somebody|one person)\b"
        r"(?! who was| what you did, today| the story)"
    ),
    "a therapist's help": re.compile(r"\bwith (?:a|your) therapist\b|\btherapist's help\b"),
    "dizziness": re.compile(r"\bdizz", re.IGNORECASE),
    "feeling far away": re.compile(r"\bif you (?:still )?feel far (?:away|off)\b", re.IGNORECASE),
    "fears of kindness": re.compile(
        r"\bkindness (?:feels|can feel|stings|can sting)\b", re.IGNORECASE
    ),
    "one steady place": re.compile(r"\bcall it your steady place\b"),
    "not safe where they are": re.compile("aren't safe where you are"),
}
"""How lines of care are known wherever they stand; narrower than what ``test_care.py`` looks for,
since they must not be found in a story."""

LENGTHS = (3.0, 10.0, 30.0)
FORMS = (FULL, Form(returning=True), Form(self_led=True))


@cache
def kept_words(name: str, minutes: float, adaptations: tuple[str, ...]) -> str:
    """Return what is said in lines that nobody can leave out."""
    events = planned(name, minutes, adaptations=adaptations).events
    lines = (event.line for event in events if isinstance(event, SayEvent))
    return "\n".join(line.text for line in lines if line.is_kept)


def without(name: str, pattern: re.Pattern[str]) -> list[tuple[float, tuple[str, ...]]]:
    """Return where nothing that is kept says what ``pattern`` looks for."""
    return [
        (minutes, adaptations)
        for minutes in offered(name, LENGTHS)
        for adaptations in ADAPTED
        if not pattern.search(kept_words(name, minutes, adaptations))
    ]


@pytest.mark.parametrize("name", PRACTICES)
def test_the_way_to_stop_is_kept_in_every_telling(name: str) -> None:
    stop = re.compile(r"\bstop|\bleave this running", re.IGNORECASE)
    assert without(name, stop) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SORE)
def test_aftercare_is_kept_in_every_telling(name: str) -> None:
    assert without(name, AFTERCARE) == []


@pytest.mark.parametrize("name", BREATH)
def test_what_to_do_when_dizzy_is_kept(name: str) -> None:
    missing = [found for found in without(name, DIZZY) if "trauma-sensitive" not in found[1]]
    assert missing == []


@pytest.mark.parametrize("name", KINDNESS)
def test_the_fears_of_kindness_are_kept(name: str) -> None:
    assert without(name, FEARS) == []


@pytest.mark.parametrize("name", PRACTICES)
def test_the_steady_place_and_a_return_to_it_are_kept(name: str) -> None:
    for minutes in offered(name, LENGTHS):
        said = kept_words(name, minutes, ("trauma-sensitive",))
        named = NAMED.findall(said)
        assert len(named) == 1, (minutes, named)
        later = said.partition(named[0])[2]
        assert re.search(r"steady place|the one thing that you chose", later), minutes


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS, ids=["full", "returning", "self-led"])
@pytest.mark.parametrize("name", PRACTICES)
def test_no_line_of_care_is_left_unmarked_in_any_wording(name: str, form: Form) -> None:
    slots = practice(name).slots.values()
    answers = {slot.name: sample_answer(slot) for slot in slots if slot.default is None}
    unmarked = set()
    for adaptations, seed in product(ADAPTED, range(6)):
        session = Session(name, answers, adaptations=adaptations, seed=seed, form=form)
        writer = ScriptWriter(session, LIBRARY)
        for minutes in offered(name, LENGTHS):
            for cue in writer.write(minutes * 60).said:
                if not cue.line.is_kept:
                    unmarked |= {(w, cue.line.text) for w in care_in(cue.line.text)}
    assert unmarked == set()


def care_in(text: str) -> list[str]:
    return [what for what, pattern in SAID_FOR_CARE.items() if pattern.search(text)]


@pytest.mark.parametrize("name", PRACTICES)
def test_most_of_what_is_said_can_be_edited(name: str) -> None:
    for minutes in offered(name, (10.0, 30.0)):
        events = planned(name, minutes).events
        lines = [event.line for event in events if isinstance(event, SayEvent)]
        assert sum(line.is_kept for line in lines) < len(lines) / 3, minutes
