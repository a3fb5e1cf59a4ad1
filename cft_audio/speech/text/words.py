"""Abbreviations and numbers as the words a language says for them, and where a sentence begins."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cft_audio.script.placeholders import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cft_audio.languages.pack import Currency, Language

_CAPITALS = "A-ZÀ-ÖØ-Þ"


@cache
def _opening(language: Language) -> re.Pattern[str]:
    """Return what finds the place before a word that mostly begins a sentence."""
    return re.compile(rf"(?=\s*(?:{_any_of(language.openers)})(?!\w))")


@cache
def _abbreviations(language: Language) -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Return what finds each kind of abbreviation, in their order, and what is said for it."""
    known = language.abbreviations
    if known is None:
        return ()
    said = {_fold(phrase): (words, ".") for phrase, words in known.last_words.items()}
    said |= {_fold(phrase): (words, "") for phrase, words in known.phrases.items()}
    phrases = _any_of((*known.phrases, *known.last_words))
    titles, before_numbers = _any_of(known.titles), _any_of(known.before_numbers)
    opening = _opening(language).pattern
    ends = rf"(?P<ends>{opening}|\s*$)?"
    initial = rf"\b([{_CAPITALS}])\.(?=\s*[{_CAPITALS}{PLACEHOLDERS}])(?!{opening})"

    def in_full(match: re.Match[str]) -> str:
        words, point = said[_fold(match["phrase"])]
        return words if match["ends"] is None else words + point

    def spelled(match: re.Match[str]) -> str:
        """Return "p.m." as "P M", with the full stop of the sentence it ends."""
        letters = " ".join(named(letter) for letter in re.findall("[A-Za-z]", match[0]))
        return letters + (" " if match["ends"] is None else ".")

    def named(letter: str) -> str:
        return known.letter_names.get(letter.upper(), letter.upper())

    return (
        (rf"\b({titles})(?!\w)\.?(?=\s+\S|\s*$)", lambda match: known.titles[match[1]]),
        (rf"\b(?P<phrase>(?i:{phrases})){ends}", in_full),
        (rf"\b({before_numbers})(?=\s*\d)", lambda match: known.before_numbers[match[1]]),
        (rf"\b(?:[A-Za-z]\.){{2,}}{ends}", spelled),
        (initial, lambda match: f"{named(match[1])} "),
    )


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of ``words``, the longest first; of nothing if there are none."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word.split())) for word in longest_first) or "(?!)"


def begins_sentence(text: str, position: int, language: Language) -> bool:
    """Return whether what follows ``position`` in ``text`` begins a sentence."""
    if language.openers:
        return _opening(language).match(text, position) is not None
    first = text[position:].lstrip()[:1]
    return bool(first) and not first.islower()


def is_sentence_end(text: str, position: int, language: Language) -> bool:
    """Return whether the mark before ``position`` in ``text``, and blanks after it, end a sentence.

    A full stop that belongs to an ordinal, or to an abbreviation, does not.
    """
    before = text[max(0, position - _LOOKED_AT) : position]
    if language.ordinal_point and _ORDINAL.search(before):
        return begins_sentence(text, position, language)
    if language.abbreviations is None and before.endswith("."):
        initial = _LETTER_AND_POINT.search(before)
        return begins_sentence(text, position, language) and not (initial and initial[0].isupper())
    return True


_LOOKED_AT = 4
"""Characters before a sentence's end that tell an ordinal, or an initial, with what precedes it."""

_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_LETTER_AND_POINT = re.compile(r"\b[^\W\d_]\.$")


def abbreviations_to_words(text: str, language: Language) -> str:
    """Abbreviations are said in full; Piper would end a sentence after "Dr."."""
    for pattern, words in _abbreviations(language):
        text = re.sub(pattern, words, text)
    return text


def _fold(phrase: str) -> str:
    return "".join(phrase.lower().split())


def numbers_to_words(text: str, language: Language) -> str:
    """Numbers are said as people say them, where the voice's own reading is wrong."""
    numbers = language.numbers
    for fraction, words in numbers.fractions.items():
        text = re.sub(rf"(?<=\d)\s*{fraction}", f" {numbers.fraction_joint} {words}", text)
        text = text.replace(fraction, f" {words} ")
    if numbers.amount:
        text = re.sub(numbers.amount, lambda match: _amount(match, numbers.currencies), text)
    if numbers.range_joint:
        text = _COUNTS.sub(lambda match: match[0].replace("-", ", "), text)
        text = _RANGE.sub(f" {numbers.range_joint} ", text)
    if numbers.times:
        text = re.sub(r"(?<=\d)\s*\*\s*(?=\d)", f" {numbers.times} ", text)
    return re.sub(r"(?<=\d)\.(?=[ºª])", "", text)


_COUNTS = re.compile(r"(?<!\d)\d+(?:-\d+){2,}", re.ASCII)
_RANGE = re.compile(r"(?<=\d)\s*–\s*(?=\d)|(?<=\d)-(?=\d)")


def _amount(match: re.Match[str], currencies: Mapping[str, Currency]) -> str:
    symbol, whole, hundredths = match.groups()
    currency = currencies[symbol]
    unit = currency.one if whole == "1" and not hundredths else currency.several
    return " ".join(filter(None, (whole, unit, hundredths)))
