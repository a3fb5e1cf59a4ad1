"""The words of the practices: our own, simple enough for a tired reader, right in grammar."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import textstat
from practice_cases import ADAPTED, FIGURES, PRACTICES, offered, planned, practice, words
from readings import FILE, readings_of_all, written

from cft_audio.languages.registry import ENGLISH
from cft_audio.script.adaptations import ADAPTATIONS

if TYPE_CHECKING:
    from cft_audio.timeline.events import Timeline

SEVENS = Path(__file__).parent / "article-sevens.bin"
"""The first eight bytes of the SHA-256 of each run of seven words in the article that the
practices draw their facts from: enough to find a shared run, and no copy of it."""


def sevens(text: str) -> dict[bytes, str]:
    """Return each run of seven words by its hash."""
    found = re.findall(r"[a-z']+", text.lower().replace("’", "'"))
    runs = (" ".join(found[at : at + 7]) for at in range(len(found) - 6))
    return {hashlib.sha256(run.encode()).digest()[:8]: run for run in runs}


@pytest.fixture(scope="module")
def article() -> set[bytes]:
    content = SEVENS.read_bytes()
    return {content[at : at + 8] for at in range(0, len(content), 8)}


@pytest.mark.slow
@pytest.mark.parametrize("name", PRACTICES)
def test_no_seven_words_in_a_row_are_the_articles(name: str, article: set[bytes]) -> None:
    tellings = [
        *(planned(name, at, adaptations=chosen) for at in offered(name) for chosen in ADAPTED),
        *(planned(name, at, seed=seed) for at in offered(name) for seed in (1, 2)),
    ]
    for telling in tellings:
        shared = [run for key, run in sevens(words(telling)).items() if key in article]
        assert not shared


def grade(telling: Timeline) -> float:
    """Return the years of school that it takes to read a telling (Flesch and Kincaid)."""
    return float(textstat.flesch_kincaid_grade(words(telling).replace("\n", " ")))


@pytest.mark.parametrize("name", PRACTICES)
def test_a_tired_reader_can_follow(name: str) -> None:
    for minutes in offered(name):
        assert grade(planned(name, minutes)) <= 6.5


@pytest.mark.slow
@pytest.mark.parametrize("name", PRACTICES)
def test_a_tired_reader_can_follow_each_adaptation(name: str) -> None:
    for adaptations in ADAPTED:
        for minutes in offered(name):
            assert grade(planned(name, minutes, adaptations=adaptations)) <= 6.5


@pytest.mark.parametrize("name", PRACTICES)
def test_every_practice_offers_a_way_to_stop(name: str) -> None:
    for adaptations in ADAPTED:
        said = words(planned(name, offered(name)[0], adaptations=adaptations))
        assert re.search(r"\bstop", said, re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name in PRACTICES if "figure" in practice(name).slots])
@pytest.mark.parametrize("figure", FIGURES)
def test_grammar_follows_the_figures_pronouns(name: str, figure: str) -> None:
    said = words(planned(name, 45.0, figure=figure))

    pronouns = ENGLISH.figure.pronouns.values()
    singular = {each.forms["they"] for each in pronouns if not each.plural}
    for pronoun in singular - {"it"}:
        assert not re.search(rf"\b{pronoun} (?:are|have|were|do)\b", said, re.IGNORECASE)
    assert not re.search(r"\bthey (?:is|has|was|does|\w+[^s]s)\b(?! a| the)", said)
    assert not re.search(r"\b(?:does|is|has) they\b", said, re.IGNORECASE)
    assert not re.search(r"\b(?:(?:do|are|have) (?:she|he)|(?:are|have) it)\b", said, re.IGNORECASE)
    assert "  " not in said
    assert " ." not in said
    assert " ," not in said


@pytest.mark.slow
def test_a_word_with_several_readings_is_said_as_a_person_has_read_it() -> None:
    """After a change: python tests/practices/write_readings.py, and read what differs."""
    assert written(readings_of_all()) == FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRACTICES)
def test_each_variant_is_told_in_other_words(name: str) -> None:
    tellings = {words(planned(name, 10.0, seed=seed)) for seed in range(3)}

    assert len(tellings) == 3


@pytest.mark.parametrize("name", PRACTICES)
def test_sleep_ends_in_quiet(name: str) -> None:
    plain = planned(name, 10.0)
    asleep = planned(name, 10.0, adaptations=("sleep",))

    assert len(asleep.chimes) < len(plain.chimes) or not asleep.chimes


def test_there_are_figures_and_adaptations_enough() -> None:
    assert len(FIGURES) >= 8
    assert set(ADAPTATIONS) == {
        "self-criticism",
        "anxiety",
        "low-mood",
        "sleep",
        "trauma-sensitive",
    }
