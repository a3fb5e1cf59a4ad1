"""What kind a line is, by its words alone: how much quiet a listener needs after it.

A question needs time for an answer, a picture needs time to come, and a greeting neither. The words
by which a language shows it are data of its pack; whoever rests or is silent by them asks here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from cft_audio.languages.written import pattern_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.languages.pack import Language

Kind: TypeAlias = Literal["plain", "greeting", "picture", "question", "questions", "waiting"]

WAIT_UNSTATED_S = 30.0
"""Seconds that a guide waits who promises to and does not say how long: as long as the longest
silence of a practice usually is."""

_LONGEST_GREETING = 12
"""Words of a line that does nothing but greet."""

_PATTERN = {"parse": pattern_in}
_ASKS = re.compile(r"\?\W*\Z")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")


@dataclass(frozen=True)
class LineKinds:
    """How a language shows what a line asks of a listener, in any case; empty if it is not known.

    Attributes:
        greeting: A pattern of how a line begins that greets.
        picture: A pattern of sentences after which a listener needs time to see, or to remember.
        answer: A pattern of sentences that say how an answer may come, or that none has to.
        waiting: A pattern of the promise to wait.
        amounts: Words before "minutes" and "seconds" that are numbers, and the numbers.
        goes_on: Words that a sentence begins with which goes on with the thought of the last.
    """

    greeting: str = field(default="", metadata=_PATTERN)
    picture: str = field(default="", metadata=_PATTERN)
    answer: str = field(default="", metadata=_PATTERN)
    waiting: str = field(default="", metadata=_PATTERN)
    amounts: Mapping[str, str] = field(default_factory=dict)
    goes_on: tuple[str, ...] = field(default=(), metadata={"parse": words_of})


def kind_of(text: str, language: Language) -> Kind:
    """Return what kind a line is.

    The first that fits counts: a promise to wait, questions, one question, a picture, a greeting.
    A question counts wherever it stands in the line.

    Args:
        text: The line, or a sentence. A question that nobody has to answer ends with a full stop.
        language: Its language.
    """
    parts = sentences(text)
    asked = sum(map(asks, parts))
    if _finds(language.kinds.waiting, text):
        return "waiting"
    if asked:
        return "question" if asked == 1 else "questions"
    if _finds(language.kinds.picture, text):
        return "picture"
    is_short = len(parts) == 1 and len(text.split()) <= _LONGEST_GREETING
    greeting = language.kinds.greeting
    if is_short and greeting and _finds(rf"\A\W*(?:{greeting})\b", text):
        return "greeting"
    return "plain"


def wait_s(text: str, language: Language) -> float:
    """Return how many seconds a line promises to wait; 0 for no promise."""
    if not _finds(language.kinds.waiting, text):
        return 0.0
    promised = [part for part in sentences(text) if _finds(language.kinds.waiting, part)]
    stated = [_stated_s(part, language) for part in promised or [text]]
    return max(stated) or WAIT_UNSTATED_S


def asks(sentence: str) -> bool:
    """Return whether a sentence is a question."""
    return _ASKS.search(sentence) is not None


def says_how_to_answer(text: str, language: Language) -> bool:
    """Return whether ``text`` says how an answer may come, or that none has to."""
    return _finds(language.kinds.answer, text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a line, as far as they end with a mark."""
    return [part for part in _BETWEEN_SENTENCES.split(text) if part.strip()]


def _finds(pattern: str, text: str) -> bool:
    return bool(pattern and re.search(pattern, text, re.IGNORECASE))


def _stated_s(sentence: str, language: Language) -> float:
    """Return the longest time that a sentence speaks of, in seconds; 0 for none."""
    numbers, units, stated = _times_of(language)
    found = ((match[1].lower(), match[2].lower()) for match in stated.finditer(sentence))
    return max(
        (float(numbers.get(n, n.replace(",", "."))) * units[unit] for n, unit in found), default=0.0
    )


@lru_cache(maxsize=16)
def _times_of(language: Language) -> tuple[dict[str, str], dict[str, int], re.Pattern[str]]:
    """Return a language's numbers, the seconds of its units, and a pattern of both together."""
    words = language.checks.directions
    numbers = {**words.numbers, **language.kinds.amounts}
    units = {**dict.fromkeys(words.seconds, 1), **dict.fromkeys(words.minutes, 60)}
    number = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    unit = "|".join(sorted(map(re.escape, units), key=len, reverse=True)) or r"(?!)"
    written = rf"\b(\d+(?:[.,]\d+)?{'|' if number else ''}{number})[\s-]+(?:\w+\s+)?({unit})\b"
    return numbers, units, re.compile(written, re.IGNORECASE)
