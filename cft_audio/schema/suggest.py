"""What to give instead: the name that was probably meant, or the bounds of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    import difflib

    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known are: {', '.join(names)}" if names else ""


def range_words(least: float | None, most: float | None) -> str:
    """Return the bounds of a number, of which one may be None, in words."""
    if least is None or most is None:
        return f"from {least:g} up" if most is None else f"up to {most:g}"
    return f"from {least:g} to {most:g}"
