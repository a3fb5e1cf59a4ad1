"""Lengths of time as people write them, and as people read them."""

from __future__ import annotations

import math
import re

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_DECIMAL = r"(\d{1,7}(?:[.,]\d{1,12})?)"
_HOURS = rf"(?:{_DECIMAL} ?(?:h|hrs?|hours?)\.?)?"
_MINUTES, _SECONDS = r"(?:m|mins?|minutes?)\.?", r"(?:s|secs?|seconds?)\.?"
_IN_UNITS = (
    re.compile(rf"{_HOURS} ?(?:{_DECIMAL} ?(?:{_MINUTES})?)?()"),
    re.compile(rf"{_HOURS} ?(?:{_DECIMAL} ?{_MINUTES})? ?(?:{_DECIMAL} ?(?:{_SECONDS})?)?"),
)
"""Hours, minutes and seconds as people write them; a number by itself is minutes, and one after a
unit is of the next smaller."""

_TOO_LONG = re.compile(r"\d{8}")
_LONGEST = 1000 * 3600.0
"""Seconds; whatever is longer is a slip of the finger, and beyond what any practice can last."""

_REASON = "ask for minutes: a practice lasts from three of them to about two hours"
_FORMS = "write minutes as 10, 7.5 or 12:30"


class TooLongError(ValueError):
    """It is a length, and longer than anything that could be made."""


def parse_minutes(text: str) -> float:
    """Return the seconds that ``text`` gives in minutes.

    That is ``10``, ``7.5``, ``7,5``, ``12:30`` or ``1:02:30``; or with units, in small letters or
    capitals, ``5m``, ``5 min``, ``90s``, ``1h`` or ``1 h 30 min``.

    Raises:
        TooLongError: If it is more than a thousand hours.
        ValueError: If it is none of these, or not above zero.
    """
    written = " ".join(text.lower().split())
    if _TOO_LONG.match(written):
        raise TooLongError(_REASON)
    if by_clock := _CLOCK.fullmatch(written):
        parts = by_clock.groups()
    else:
        matches = (form.fullmatch(written) for form in _IN_UNITS)
        in_units = next(filter(None, matches), None)
        if not (written and in_units):
            raise ValueError(_FORMS)
        parts = in_units.groups()
    hours, minutes, seconds = (parse_decimal(part or "0") for part in parts)
    total = hours * 3600 + minutes * 60 + seconds
    if total <= 0:
        raise ValueError("choose one above zero")
    if total > _LONGEST:
        raise TooLongError(_REASON)
    return total


def parse_seconds(text: str) -> float:
    """Return the seconds that ``text`` gives as ``4s``, ``1.5s`` or ``2m``.

    Raises:
        ValueError: If it is none of these.
    """
    if not (length := re.fullmatch(rf"{_DECIMAL}\s*([sm])", text.strip())):
        raise ValueError("write a length as 4s, 1.5s or 2m")
    return parse_decimal(length[1]) * (60 if length[2] == "m" else 1)


def parse_decimal(text: str) -> float:
    """Return the number that ``text`` writes, with a point or, as half of Europe does, a comma.

    Raises:
        ValueError: If it is none.
    """
    return float(re.sub(r"(?<=\d),(?=\d+$)", ".", text.strip()))


def clock(seconds: float) -> str:
    """Return ``seconds``, rounded, as ``m:ss`` or ``h:mm:ss``."""
    hours, rest = divmod(math.floor(seconds + 0.5), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
