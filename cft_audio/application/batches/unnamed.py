"""Texts without what was said of somebody, for whoever may see that something failed."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.errors import CftAudioError

HIDDEN = "…"
"""What stands where something was said of somebody."""

_PARTS = re.compile(r"(?<=[.!?…])\s+|\n+")
"""Between two sentences of a letter: an error tells of one alone."""


def without_words(text: str, words: Iterable[str]) -> str:
    """Return ``text`` without what was said of somebody, wherever it stands as words of its own.

    Args:
        text: The text.
        words: What was said: names, answers, letters.
    """
    said = {part.strip() for word in words for part in (word, *_PARTS.split(word))}
    said |= {" ".join(part.split()) for part in said}
    for part in sorted(filter(None, said), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text


def error_without_words(error: CftAudioError, words: Iterable[str]) -> CftAudioError:
    """Return ``error`` without what was said of somebody."""
    said, hidden = list(words), copy(error)
    for name in ("message", "remedy", "where", "setting"):
        setattr(hidden, name, without_words(getattr(error, name), said))
    hidden.args = (hidden.message,)
    if isinstance(error, FileError) and isinstance(hidden, FileError):
        hidden.problems = tuple(
            replace(
                problem,
                message=without_words(problem.message, said),
                remedy=without_words(problem.remedy, said),
            )
            for problem in error.problems
        )
    return hidden
