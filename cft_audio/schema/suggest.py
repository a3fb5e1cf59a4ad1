"""What to give instead: the name that was probably meant, or the bounds of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    names = sorted(known)
    return nearest(word, names) or (f"Known are: {', '.join(names)}" if names else "")


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """Return the question whether the nearest of ``known`` is meant; empty if none is near.

    Args:
        word: What was given.
        known: What there is.
        alike: How alike two are that are near, as ``difflib`` has it.
    """
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=alike)
    return f"Did you mean '{close[0]}'?" if close else ""


def range_words(least: float | None, most: float | None) -> str:
    """Return the bounds of a number, of which one may be None, in words."""
    if least is None or most is None:
        return f"from {least:g} up" if most is None else f"up to {most:g}"
    return f"from {least:g} to {most:g}"
