"""No rule takes long over a text of nothing but blanks, marks or letters and points."""

from __future__ import annotations

import time

import pytest

from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.script.cues import Line, Span
from cft_audio.script.markup import parse
from cft_audio.script.paragraphs import LONGEST_PARAGRAPH
from cft_audio.speech.text.estimate import estimate_length
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.text.rules import sentences, speakable
from cft_audio.speech.text.warnings import find_pronunciation_warnings

CPU_S = 4.0
"""Seconds for all of them together on a slow machine that counts coverage; where it does not, the
slowest takes 1.3, and with a rule that looks from each blank anew ten."""

ODD = [
    " ",
    "(",
    "( ",
    "…",
    "… ",
    "—",
    "'",
    "’",
    "1",
    "1-",
    "*",
    "😀",
    "😀 ",
    "p.m.",
    "A. ",
    ",",
    ", .",
    "1.",
    "a@",
    "xX",
    "close ",
    "£1",
    "11th ",
    "Ab II ",
]


@pytest.mark.parametrize("unit", ODD)
@pytest.mark.parametrize("end", [pytest.param("", marks=pytest.mark.slow), "x"])
def test_the_longest_paragraph_is_read_soon(unit: str, end: str) -> None:
    text = (unit * LONGEST_PARAGRAPH)[: LONGEST_PARAGRAPH - 1] + end
    lexicon = Lexicon.of({"Sam": "/sæm/", "Mary Ann": "MAIR-ee an", "a b": "/a/"})
    line = Line((Span(text, personal=True),))
    begun = time.process_time()

    lexicon.sentences(line)
    find_pronunciation_warnings([line], lexicon, ENGLISH)
    estimate_length(line, 1.0, ENGLISH)
    parse(f"## A\n\n{text}\n", "a.md")

    assert time.process_time() - begun < CPU_S


@pytest.mark.parametrize("tag", ["de", "ja"])
@pytest.mark.parametrize("unit", ["1.", "a. ", "。", "! "])
def test_many_sentences_are_parted_soon_in_other_languages(tag: str, unit: str) -> None:
    language, text = language_of(tag), unit * (LONGEST_PARAGRAPH // len(unit))
    begun = time.process_time()

    sentences(text, language)
    speakable(text, language)

    assert time.process_time() - begun < CPU_S


@pytest.mark.parametrize(
    "unit", ["*a", "<a", "</a ", "_a", "`", "[", "[a", "(a", "(a)[", "\ue000", "> "]
)
def test_markup_that_never_ends_is_read_soon(unit: str) -> None:
    text = (unit * LONGEST_PARAGRAPH)[: LONGEST_PARAGRAPH - 10]
    begun = time.process_time()

    parse(f"## A\n\n{text}\n\n## {text}\n\nHello.", "a.md")

    assert time.process_time() - begun < CPU_S


def test_a_long_run_of_blanks_is_one_blank() -> None:
    assert speakable("Rest" + " " * 500 + "here" + " " * 500 + ".") == "Rest here."


@pytest.mark.parametrize(
    "written", ["{}", "{}th", "£{}.50", "{}/10", "1/{}", "{} km", "{}s", "-{}"]
)
def test_a_number_beyond_all_reason_is_said_by_its_digits(written: str) -> None:
    assert "one one one one" in speakable(written.format("1" * 9000))
