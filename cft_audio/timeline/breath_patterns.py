"""How a breath divides: as proportions, or in seconds, and how people write that."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, sentences
from cft_audio.schema.durations import parse_decimal
from cft_audio.schema.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Pattern:
    """How a breath divides into inhale, full hold, exhale and empty hold, as parts of any size."""

    inhale: float
    full_hold: float
    exhale: float
    empty_hold: float

    def __str__(self) -> str:
        return ":".join(f"{part:g}" for part in astuple(self))

    @property
    def length(self) -> float:
        """All its parts together."""
        return self.inhale + self.full_hold + self.exhale + self.empty_hold

    @property
    def without_holds(self) -> Pattern:
        """The pattern with the breath never held."""
        return replace(self, full_hold=0.0, empty_hold=0.0)


NAMED_PATTERNS = {"box": Pattern(4, 4, 4, 4)}
"""Patterns in seconds that are known by a name."""

_NUMBER = r"\d{1,4}(?:[.,]\d{1,6})?"
_RATIO = re.compile(rf"{_NUMBER}(?::{_NUMBER}){{1,3}}")
_BETWEEN = r"(?: ?[-:/ \u2010-\u2015\u2212] ?|, )"
"""What parts one second's number from the next: any hyphen, dash or minus that a keyboard, a phone
or a word processor writes, and a comma before a blank; without one it may be a decimal comma."""

_SECONDS = re.compile(rf"{_NUMBER} ?s?(?:{_BETWEEN}{_NUMBER} ?s?){{1,3}}")


def parse_pattern(text: str) -> Pattern:
    """Return the pattern written as ``4:0:6:0`` (inhale, hold, exhale, hold) or ``4:6``.

    Raises:
        RequestError: If it is not two or four numbers, or has no inhale or no exhale.
    """
    parts = _numbers(text) if _RATIO.fullmatch(text.strip()) else []
    if len(parts) not in (2, 4):
        remedy = "Write inhale:hold:exhale:hold as 4:0:6:0, or inhale:exhale as 4:6"
        raise RequestError(f"'{text}' is not a breathing pattern", remedy=remedy, field="ratio")
    return _pattern_of(text, parts, "ratio")


def parse_timed_pattern(text: str, named: Mapping[str, Pattern] = NAMED_PATTERNS) -> Pattern:
    """Return the pattern in seconds that ``text`` writes or names.

    It is written as ``4-7-8`` (inhale, hold, exhale), ``4-0-6-0`` (inhale, hold, exhale, rest) or
    ``5.5-5.5`` (inhale, exhale), with hyphens or dashes, colons, slashes, blanks, or a comma and
    a blank.

    Args:
        text: The pattern.
        named: The patterns that can be called by a name.

    Raises:
        RequestError: If it is none.
    """
    written = " ".join(text.lower().split())
    by_name = {name.lower(): pattern for name, pattern in named.items()}
    if written in by_name:
        return by_name[written]
    if not is_written_pattern(written):
        how = "Write seconds to breathe in, hold and breathe out, as 4-7-8, and to rest, as 4-0-6-0"
        known = f"by name there {'are' if len(named) > 1 else 'is'} {', '.join(sorted(named))}"
        remedy = sentences(nearest(written, by_name), f"{how}; {known}")
        raise RequestError(f"'{text}' is not a breathing pattern", remedy=remedy, field="pattern")
    return _pattern_of(text, _numbers(written), "pattern")


def is_written_pattern(text: str) -> bool:
    """Return whether ``text`` writes seconds, and is no name."""
    return bool(_SECONDS.fullmatch(" ".join(text.lower().split())))


def _numbers(text: str) -> list[float]:
    return [parse_decimal(number) for number in re.findall(_NUMBER, text)]


def _pattern_of(text: str, parts: list[float], field: str) -> Pattern:
    """Return the pattern of two to four numbers.

    Raises:
        RequestError: If it has no inhale or no exhale.
    """
    # Two are inhale and exhale, three have a hold between them, and the fourth is the rest.
    inhale, *hold, exhale, rest = parts if len(parts) == len(fields(Pattern)) else [*parts, 0.0]
    pattern = Pattern(inhale, sum(hold), exhale, rest)
    if pattern.inhale == 0 or pattern.exhale == 0:
        message = f"the pattern {text} has no {'exhale' if pattern.inhale else 'inhale'}"
        raise RequestError(message, remedy="Give each breath both, as in 4:0:6:0", field=field)
    return pattern
