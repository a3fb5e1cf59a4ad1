"""Numbers as the words people say for them: amounts, clock times, dates, scores, telephone numbers.

What is written in which way is a language pack's; the words of plain numbers are num2words'.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cft_audio.speech.text.letters import named_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cft_audio.languages.pack import Language
    from cft_audio.languages.sayings import Counted, Numbers, Saying

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ANY_NUMBER = re.compile(rf"(?<!\d)(?<!\d\.)(?:{_NUMBER})(?!\d)", re.ASCII)
_LONGEST = 12
"""Digits in a row beyond which nobody says a number, but its digits."""

_CENTURY = 100
_RECENT = 50
"""Years of two digits up to this one are of this century."""


def say_numbers(text: str, language: Language) -> str:
    """Return ``text`` with what has digits in it as words, as far as its language's pack knows."""
    numbers = language.numbers
    for fraction, words in numbers.fractions.items():
        text = re.sub(rf"(?<=\d)\s*{fraction}", f" {numbers.fraction_joint} {words}", text)
        text = text.replace(fraction, f" {words} ")
    for saying in numbers.said:
        text = say(saying, text, language)
    if numbers.range_joint:
        text = _COUNTS.sub(lambda match: match[0].replace("-", ", "), text)
        text = _RANGE.sub(f" {numbers.range_joint} ", text)
    if numbers.times:
        text = re.sub(r"(?<=\d)\s*\*\s*(?=\d)", f" {numbers.times} ", text)
    for saying in numbers.then_said:
        text = say(saying, text, language)
    if numbers.amount:
        text = re.sub(numbers.amount, lambda match: _amount(match, numbers), text)
    if numbers.units:
        text = _counted_units(language).sub(lambda match: _unit(match, numbers), text)
    if numbers.words:
        text = _ANY_NUMBER.sub(lambda match: _in_place(match, numbers.words), text)
    return re.sub(r"(?<=\d)\.(?=[ºª])", "", text)


_COUNTS = re.compile(r"(?<!\d)\d+(?:-\d+){2,}", re.ASCII)
_RANGE = re.compile(r"(?<=\d)\s*–\s*(?=\d)|(?<=\d)-(?=\d)")


def say(saying: Saying, text: str, language: Language) -> str:
    """Return ``text`` with all that a saying is about as what is said for it."""

    def said(match: re.Match[str]) -> str:
        return _FIELD.sub(lambda field: _part(field, match, language), saying.said)

    return re.sub(saying.written, said, text)


_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def _part(field: re.Match[str], match: re.Match[str], language: Language) -> str:
    """Return what is said for one field of a saying, empty where nothing of it was written."""
    written = match[field[1]]
    if not written or not field[2]:
        return written or ""
    if field[2] == "month":
        return language.numbers.months[written.lstrip("0").casefold()[:3]]
    if field[2] == "letters":
        return named_letters(written)
    return _KINDS[field[2]](written, language.numbers.words)


def _number(written: str, words: str) -> str:
    """Return "1,234.5" as "one thousand two hundred and thirty-four point five"."""
    whole, point, decimals = written.replace(",", "").partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole.startswith("0") and not point):
        return _digits(whole, words)
    said = _in_words(int(whole), words).replace(",", "")
    return f"{said} point {' '.join(_digit(d, words) for d in decimals)}" if point else str(said)


@cache
def _digit(digit: str, words: str) -> str:
    return _in_words(int(digit), words)


def _digits(written: str, words: str) -> str:
    """Return the digits of a telephone number, one by one, a rest between its groups."""
    groups = re.findall(r"\d+", written)
    return ", ".join(
        " ".join("oh" if digit == "0" else _digit(digit, words) for digit in group)
        for group in groups
    )


def _ordinal(written: str, words: str) -> str:
    number = written.replace(",", "")
    if len(number) > _LONGEST:
        return _digits(number, words)
    return _in_words(int(number), words, "ordinal")


def _year(written: str, words: str) -> str:
    year = int(written)
    if year < _CENTURY:
        year += 20 * _CENTURY if year <= _RECENT else 19 * _CENTURY
    return _in_words(year, words, "year")


def _decade(written: str, words: str) -> str:
    """Return "1990" as "nineteen nineties"."""
    said = _number(written, words) if len(written) == len("90") else _year(written, words)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def _minutes(written: str, words: str) -> str:
    """Return the minutes of a clock time: "05" as "oh five"."""
    return f"oh {_digit(written[1], words)}" if written[0] == "0" else _number(written, words)


def _share(written: str, words: str) -> str:
    """Return "3/4" as "three quarters"."""
    count, of = map(int, written.split("/"))
    part = {2: "half", 4: "quarter"}.get(of) or _ordinal(str(of), words)
    if count == 1:
        return f"{'an' if part[0] in 'aeiou' else 'a'} {part}"
    return f"{_number(str(count), words)} {'halves' if of == len('12') else part + 's'}"


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _of_roman(written: str) -> str:
    values = [_ROMAN[letter] for letter in written]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < after else value for value, after in pairs))


_KINDS: Mapping[str, Callable[[str, str], str]] = {
    "number": _number,
    "digits": _digits,
    "ordinal": _ordinal,
    "year": _year,
    "decade": _decade,
    "minutes": _minutes,
    "share": _share,
    "roman": lambda written, words: _number(_of_roman(written), words),
    "roman_ordinal": lambda written, words: _ordinal(_of_roman(written), words),
}
"""What the kinds of a saying's fields mean, beside ``month`` and ``letters``."""


def _amount(match: re.Match[str], numbers: Numbers) -> str:
    """Return a price as it is said: a currency that follows its number, and hundredths it."""
    symbol, first, last, hundredths, size = match.group(
        "symbol", "whole", "last", "hundredths", "size"
    )
    currency = numbers.currencies[symbol]
    if hundredths and not first.strip("0,") and currency.hundredths:
        return f"{int(hundredths)} {currency.hundredths}"
    size = numbers.sizes.get(size.casefold(), size) if size else ""
    alone = first == "1" and not (size or last)
    unit = currency.one if alone else currency.several
    last = f"{numbers.range_joint} {last}" if last else ""
    rest = str(int(hundredths)) if hundredths and int(hundredths) else ""
    parts = (first, last, size, unit, rest)
    return " ".join(filter(None, parts))


@cache
def _counted_units(language: Language) -> re.Pattern[str]:
    """Return what finds a number and a unit that counts it."""
    units = "|".join(map(re.escape, sorted(language.numbers.units, key=len, reverse=True)))
    point = r"(?:\.(?=\s+[^\W\dA-Z]))?"
    return re.compile(rf"(?<![\w.,])(?P<n>{_NUMBER})\s?(?P<unit>{units})(?!\w){point}", re.ASCII)


def _unit(match: re.Match[str], numbers: Numbers) -> str:
    unit: Counted = numbers.units[match["unit"]]
    before = match.string[: match.start()].split()[-1:]
    describes = _NOUN.match(match.string, match.end()) and before[:1] != []
    is_one = match["n"] == "1" or (describes and before[0].casefold() in numbers.one_after)
    return f"{match['n']} {unit.one if is_one else unit.several}"


_NOUN = re.compile(r"\s(?!(?:of|and|or|in|at|to|from|for|is|was|away|later|ago|a|an|the)\b)[a-z]")


def _in_place(match: re.Match[str], words: str) -> str:
    """Return a number in words, parted from letters that it touches: B12 is "B twelve"."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    said = _number(match[0], words)
    return f"{' ' * before.isalnum()}{said}{' ' * after.isalpha()}"


def _in_words(number: int, words: str, kind: str = "cardinal") -> str:
    # It takes a while to import, and most texts have their numbers in words.
    from num2words import num2words

    return str(num2words(number, lang=words, to=kind))
