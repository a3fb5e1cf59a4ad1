"""Lengths of time as people write them, and as people read them."""

from __future__ import annotations

import math
import re

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,12})?")
_SECONDS = re.compile(rf"({_NUMBER.pattern})\s*([sm])")
"""No length is longer, and int and float take any of these."""


def parse_minutes(text: str) -> float:
    """Return the seconds that ``text`` gives in minutes: ``10``, ``7.5``, ``12:30``, ``1:02:30``.

    Raises:
        ValueError: If it is none of these, or not above zero.
    """
    written = text.strip()
    if by_clock := _CLOCK.fullmatch(written):
        hours, minutes, seconds = (int(part or 0) for part in by_clock.groups())
        total = float(hours * 3600 + minutes * 60 + seconds)
    elif _NUMBER.fullmatch(written):
        total = float(written) * 60
    else:
        raise ValueError("write minutes as 10, 7.5 or 12:30")
    if total <= 0:
        raise ValueError("a recording needs a length above zero")
    return total


def parse_seconds(text: str) -> float:
    """Return the seconds that ``text`` gives as ``4s``, ``1.5s`` or ``2m``.

    Raises:
        ValueError: If it is none of these.
    """
    if not (length := _SECONDS.fullmatch(text.strip())):
        raise ValueError("write a length as 4s, 1.5s or 2m")
    return float(length[1]) * (60 if length[2] == "m" else 1)


def clock(seconds: float) -> str:
    """Return ``seconds``, rounded, as ``m:ss`` or ``h:mm:ss``."""
    hours, rest = divmod(math.floor(seconds + 0.5), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
