"""Initialisms: which capitals are said letter by letter, and which as a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.speech.text.readings import LETTER

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language

_CAPITALS = re.compile(r"(?<![\w'.])([A-Z]{2,}|[A-Z](?:&[A-Z])+)(s|'s)?(\+?)(?![a-z'])", re.ASCII)
_BEFORE_DIGITS = re.compile(r"(?<!\w)[A-Z]{1,4}(?=\d)", re.ASCII)
_VOWEL = re.compile("[AEIOUY]")
_SMALL = re.compile("[a-z]")
_SHOUTED = 3
"""Words in capitals from which a text without small letters is meant to be loud."""


def named_letters(letters: str, ending: str = "") -> str:
    """Return ``letters`` parted, so that each is said by its name."""
    named = " ".join(letter.upper() + LETTER * (letter in "Aa") for letter in letters)
    return named + ("'s" if ending else "")


def say_letters(text: str, language: Language) -> str:
    """Return ``text`` with its initialisms letter by letter, and other short names as words.

    Capitals without a vowel are letters, and so are those that the pack names; those that it has
    words for are these words; all others may be a word that is meant to be loud, and stay.
    """
    known = language.initialisms
    if not known.letters:
        return text
    if not _SMALL.search(text) and len(text.split()) >= _SHOUTED:
        return text

    def said(match: re.Match[str]) -> str:
        capitals, ending, plus = match.group(1, 2, 3)
        if word := known.words.get(capitals):
            return word + (ending or "") + plus
        if "&" in capitals:
            return f" {known.joint} ".join(map(named_letters, capitals.split("&")))
        if capitals in known.letters or not _VOWEL.search(capitals):
            return named_letters(capitals, ending or "") + plus
        return match[0]

    for written, words in known.phrases.items():
        text = text.replace(written, words)
    text = _CAPITALS.sub(said, text)
    return _BEFORE_DIGITS.sub(lambda match: named_letters(match[0]) + " ", text)
