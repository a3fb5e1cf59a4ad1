"""The letter with a client's recordings, and the page beside a locked ZIP, as they are read."""

from __future__ import annotations

import re
from dataclasses import replace

import every_page
import pytest
import textstat
from practice_cases import PRACTICES, practice
from reading import sentences_of, text_of

from cft_audio.languages.registry import ENGLISH
from cft_audio.papers.letter import LetterEntry, letter_page, opening_page

WORDS = ENGLISH.letter


def entry(name: str, minutes: float = 10, **more: object) -> LetterEntry:
    """Return a recording of a practice."""
    told = practice(name)
    return LetterEntry(told.title, f"01 practice {minutes}min.mp3", minutes * 60, told, **more)


def lines(*entries: LetterEntry, **more: str) -> list[str]:
    return text_of(letter_page(entries, "en-GB", **more))


@pytest.mark.parametrize("name", PRACTICES)
def test_it_says_what_each_recording_is_how_long_when_and_for_whom_not_alone(name: str) -> None:
    told, about = lines(entry(name)), practice(name).about

    assert f"{practice(name).title} (10 minutes)" in told
    assert "01 practice 10min.mp3" in told
    assert practice(name).summary in told
    assert about.when in told
    assert set(about.not_alone) <= set(told)
    assert (ENGLISH.safety.therapist_advised in told) == about.therapist_advised


@pytest.mark.parametrize("name", PRACTICES)
def test_every_practice_says_when_to_listen_in_words_for_the_listener(name: str) -> None:
    when = practice(name).about.when

    assert re.fullmatch(r"[A-Z].+\.", when)
    assert len(when) <= 90
    assert not re.search(r"\b(client|patient|listener|the person)\b", when)


def test_it_says_how_to_stop_what_they_are_not_and_whom_to_call() -> None:
    told = lines(entry("soothing-rhythm-breathing"), entry("loving-kindness"))

    assert ENGLISH.handout.stopping in told
    assert ENGLISH.safety.emergency in " ".join(told)
    assert set(ENGLISH.safety.helplines) <= set(told)
    assert WORDS.trouble in told
    assert WORDS.several.which in told
    assert told.index("Soothing rhythm breathing (10 minutes)") < told.index(
        "Loving-kindness (10 minutes)"
    )


def test_a_name_is_in_the_greeting_alone_and_only_if_it_is_given() -> None:
    greeted = letter_page([entry("loving-kindness")], "en-GB", name="Quillabeth <b>")
    hello = lines(entry("loving-kindness"))

    assert greeted.count("Quillabeth") == 1
    assert "Dear Quillabeth &lt;b&gt;," in greeted
    assert WORDS.hello in hello


def test_who_made_them_is_told_where_that_is_known() -> None:
    assert "Made for you by Dr Ada Okafor." in lines(
        entry("loving-kindness"), made_by="Dr Ada Okafor"
    )
    assert not any("Made for you by" in line for line in lines(entry("loving-kindness")))


def test_one_recording_has_a_letter_of_its_own_words() -> None:
    (one, several) = (lines(*[entry("loving-kindness")] * count) for count in (1, 3))

    assert one[0] == WORDS.one.title
    assert WORDS.one.which in one
    assert several[0] == WORDS.several.title
    assert WORDS.several.begins[0].format(3) in several


@pytest.mark.parametrize(
    ("length_s", "told"),
    [(20, "less than a minute"), (60, "a minute"), (200, "3 minutes"), (750, "13 minutes")],
)
def test_lengths_are_told_in_words(length_s: float, told: str) -> None:
    told_of = LetterEntry("Kind", "01 practice.mp3", length_s)

    assert f"Kind ({told})" in lines(told_of)


def test_the_same_practice_again_is_compared_and_not_explained_twice() -> None:
    name = "soothing-rhythm-breathing"
    told = lines(entry(name, 10), entry(name, 3), entry(name, 3), entry(name, 20))

    assert told.count(practice(name).summary) == 1
    compared = [line for line in told if line in (WORDS.shorter, WORDS.again, WORDS.longer)]
    assert compared == [WORDS.shorter, WORDS.again, WORDS.longer]


def test_for_whom_several_are_not_alone_is_told_once() -> None:
    steps = ("compassionate-exposure", "loving-kindness", "compassionate-exposure-during")
    told = lines(*(entry(name) for name in steps))
    (first, *_) = practice(steps[0]).about.not_alone

    assert practice(steps[0]).about.not_alone == practice(steps[2]).about.not_alone
    assert told.count(first) == 1
    assert told.index(first) < told.index(WORDS.care_again.format(1))


def test_what_is_told_for_sleep_is_for_bed_and_bells_are_mentioned() -> None:
    told = lines(entry("kind-body-scan", for_sleep=True, self_led=True))

    assert f"{WORDS.sleep} {WORDS.self_led}" in told
    assert practice("kind-body-scan").about.when not in told


def test_what_lies_beside_a_recording_is_named() -> None:
    told = lines(entry("loving-kindness", beside=("words", "handout")))

    assert "To read with it: words, handout" in told


def test_a_recording_of_whose_practice_nothing_is_known_is_named_all_the_same() -> None:
    told = lines(LetterEntry("My own", "01 practice 5min.mp3", 300.0))

    assert "My own (5 minutes)" in told
    assert ENGLISH.handout.stopping in told


def test_what_is_in_another_language_than_the_letter_says_so_to_who_reads_aloud() -> None:
    german = replace(practice("loving-kindness"), title="Gute Wünsche", language="de-DE")
    told = LetterEntry("Gute Wünsche", "01 practice 10min.mp3", 600.0, german)
    page = letter_page([told], "de-DE")

    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert '<li lang="de-DE">' in page
    assert "<li lang" not in letter_page([entry("loving-kindness")], "en-GB")


def test_a_tired_reader_can_follow_every_letter() -> None:
    for page in every_page.letters().values():
        assert textstat.flesch_kincaid_grade(sentences_of(page)) <= 8


def test_a_letter_needs_nothing_from_elsewhere_and_leads_nowhere() -> None:
    for page in every_page.letters().values():
        assert not re.search(r"<(script|link|img|iframe|object|a)\b|\bon\w+=|url\(|@import", page)
        assert not re.search(r"\b(src|href|srcset|action)=", page)


def test_the_page_beside_a_zip_says_how_to_open_it_and_nothing_of_what_is_in_it() -> None:
    page = opening_page("K7.zip", "en-GB")
    told = " ".join(text_of(page)).lower()

    assert "k7.zip" in told
    for system in ("windows", "7-zip", "mac", "android", "iphone", "linux"):
        assert system in told
    for word in (
        "recording",
        "practice",
        "therap",
        "compassion",
        "kind",
        "letter.html",
        "sound",
        "mp3",
    ):
        assert word not in told
    assert textstat.flesch_kincaid_grade(sentences_of(page)) <= 8
