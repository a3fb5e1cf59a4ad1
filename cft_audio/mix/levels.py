"""The words and the decibels in which a person says how loud a sound is."""

from __future__ import annotations

import math

from cft_audio.errors import RequestError
from cft_audio.schema.durations import parse_decimal
from cft_audio.signal.balance import LOUDEST_DB, QUIETEST_DB

LEVELS = {"soft": -4.0, "medium": 0.0, "full": 4.0}
"""Decibels that each word means. Four are heard as clearly softer or louder, and leave narration
15 LU over a bed that is full (measured: ``benchmarks/sound.py``)."""


def parse_level(field: str, text: str) -> float:
    """Return the decibels that a person means by a word of ``LEVELS`` or a number.

    Args:
        field: The field it is a value of.
        text: ``soft``, ``medium``, ``full``, or decibels beside medium such as ``-3`` or ``+2 dB``.

    Raises:
        RequestError: If it is neither, or lies outside.
    """
    plain = text.strip().lower()
    if plain in LEVELS:
        return LEVELS[plain]
    try:
        level = parse_decimal(plain.removesuffix("db").strip())
    except ValueError:
        level = math.nan
    if not QUIETEST_DB <= level <= LOUDEST_DB:
        message = f"'{text}' is no level"
        decibels = f"decibels from {QUIETEST_DB:g} to {LOUDEST_DB:g}, such as -3"
        remedy = f"Choose soft, medium or full, or {decibels}"
        raise RequestError(message, remedy=remedy, field=field)
    return level
