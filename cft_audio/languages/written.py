"""How words and patterns are written in a language pack."""

from __future__ import annotations

import re


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, which blanks part: long lists are read best so."""
    return tuple(text.split())


def pattern_in(text: str) -> str:
    """Return ``text``, which has to be a regular expression.

    Raises:
        ValueError: If it is none.
    """
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"it is no regular expression: {fault}") from fault
    return text
