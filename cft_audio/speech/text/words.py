"""Abbreviations as the words a language says for them, and where a sentence begins."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from cft_audio.script.placeholders import PLACEHOLDERS
from cft_audio.speech.text.letters import named_letters
from cft_audio.speech.text.readings import LETTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from cft_audio.languages.pack import Language
    from cft_audio.languages.sayings import Abbreviations

    _Said: TypeAlias = Callable[[Abbreviations, re.Match[str]], str]

_CAPITALS = "A-ZÀ-ÖØ-Þ"


@cache
def _opening(language: Language) -> re.Pattern[str]:
    """Return what finds the place before a word that mostly begins a sentence."""
    return re.compile(rf"(?=\s*(?:{_any_of(language.openers)})(?!\w))")


@cache
def _abbreviations(language: Language) -> tuple[tuple[re.Pattern[str], _Said], ...]:
    """Return what finds each kind of abbreviation, in their order, and what is said for it."""
    known = language.abbreviations
    if known is None:
        return ()
    opening = _opening(language).pattern
    ends = rf"(?P<ends>{opening}|\s*$)?"
    ends_before_capital = rf"(?P<ends>(?P<opens>{opening})|\s*$|(?=\s+[{_CAPITALS}][^\WA-Z]))?"
    point = rf"(?:(?P<ends>\.(?={opening}|\s*$))|\.)?"
    name = rf"(?P<name>\b[{_CAPITALS}][\w']+\s+)"
    streets, halves = _any_of(known.streets), [r"\.\s?".join(half) for half in known.halves_of_day]
    kinds: tuple[tuple[str, _Said], ...] = (
        (rf"{name}({streets})(?!\w)(?:{point}(?!\s+[{_CAPITALS}])|(?P<stop>\.){opening})", _street),
        (rf"\b({_any_of(known.titles)})(?!\w){point}(?=[\s,;:!?.]|$)", _title),
        (rf"\b(?P<phrase>(?i:{_any_of(known.last_words)})){ends_before_capital}", _last_words),
        (rf"\b(?P<phrase>(?i:{_any_of(known.phrases)}))", _phrase),
        (rf"\b({_any_of(known.before_numbers)})(?=\s*\d)", _before_number),
        (
            rf"(?<=\d)\s?(?P<half>(?i:{'|'.join(halves) or '(?!)'})\.){ends_before_capital}",
            _half_of_day,
        ),
        (rf"\b(?:[A-Za-z]\.){{2,}}{ends}", _letters),
        (
            rf"(?<![P{LETTER}] )\b([{_CAPITALS}])\.(?=\s*[{_CAPITALS}{PLACEHOLDERS}])(?!{opening})",
            _initial,
        ),
    )
    return tuple((re.compile(pattern), said) for pattern, said in kinds)


def _street(known: Abbreviations, match: re.Match[str]) -> str:
    return f"{match['name']}{known.streets[match[2]]}{'.' * bool(match['ends'] or match['stop'])}"


def _title(known: Abbreviations, match: re.Match[str]) -> str:
    title = known.titles.get(match[1]) or known.titles[f"{match[1]}."]
    return title + "." * bool(match["ends"])


def _phrase(known: Abbreviations, match: re.Match[str]) -> str:
    return _spoken(match["phrase"], known.phrases)


def _last_words(known: Abbreviations, match: re.Match[str]) -> str:
    return _spoken(match["phrase"], known.last_words) + "." * (match["ends"] is not None)


def _spoken(phrase: str, words: Mapping[str, str]) -> str:
    folded = _fold(phrase)
    return next(said for written, said in words.items() if _fold(written) == folded)


def _before_number(known: Abbreviations, match: re.Match[str]) -> str:
    return known.before_numbers[match[1]]


def _half_of_day(known: Abbreviations, match: re.Match[str]) -> str:
    """Return "p.m." as "P M": "At 5 p.m. Sam came" goes on, "It is 5 p.m. Breathe" does not."""
    half = named_letters(re.sub("[^A-Za-z]", "", match["half"]))
    said = re.split(r"[.!?]\s", match.string[: match.start()])[-1].split()
    tells_when = 0 < len(said) <= _FEW and said[0].casefold() in known.before_times
    goes_on = match["ends"] is None or (
        tells_when and match["opens"] is None and match.string[match.end() :]
    )
    return f" {half}{'' if goes_on else '.'}"


_FEW = 3
"""Words of a sentence, at most, that say nothing but when."""


def _letters(known: Abbreviations, match: re.Match[str]) -> str:  # noqa: ARG001 -- as the others
    """Return "C.I.A." as "C I A", with the full stop of the sentence it ends."""
    return named_letters(re.sub("[^A-Za-z]", "", match[0])) + (
        " " if match["ends"] is None else "."
    )


def _initial(known: Abbreviations, match: re.Match[str]) -> str:
    """Return the initial of a name by its letter; "So am I." and "Group C." end a sentence."""
    before = (match.string[: match.start()].split() or [""])[-1]
    is_last_word = before.casefold() in known.lettered or (match[1] == "I" and before.islower())
    return match[0] if is_last_word else f"{named_letters(match[1])} "


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
    known = language.abbreviations
    if known is not None:
        for pattern, said in _abbreviations(language):
            text = pattern.sub(partial(said, known), text)
    return text


def _fold(phrase: str) -> str:
    return "".join(phrase.lower().split())
