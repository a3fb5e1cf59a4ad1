"""Placeholders: characters that stand for something a text carries and no stage may read.

They are those of Unicode's supplementary private-use planes (Unicode 23.5), 131,072 of them; no
language and no markup uses them, and what a person types loses them.
"""

from __future__ import annotations

_FIRST = 0xF0000

PLACEHOLDERS = "\U000f0000-\U0010ffff"
"""All of them, as a range in a pattern's class of characters."""


def placeholder(number: int) -> str:
    """Return the placeholder of ``number``, from 0 to 0x1FFFF."""
    return chr(_FIRST + number)


def number_of(placeholder: str) -> int:
    """Return the number of a placeholder."""
    return ord(placeholder) - _FIRST
