"""Respellings: ``see-oh-MAR-ah`` as syllables that an engine can read, and which are stressed."""

from __future__ import annotations

_LONE_VOWELS = {"a": "ah", "e": "eh", "i": "ee", "o": "oh", "u": "oo"}
"""A syllable of one letter would be read as that letter's name."""


def syllables(respelling: str) -> list[tuple[str, bool]]:
    """Return each syllable as it is read, in small letters, and whether it is stressed.

    The ones in capitals are; without capitals, the first.
    """
    stressed = [syllable.isupper() for syllable in respelling.split("-")]
    if not any(stressed):
        stressed[0] = True
    read = [_LONE_VOWELS.get(syllable, syllable) for syllable in respelling.lower().split("-")]
    return list(zip(read, stressed, strict=True))
