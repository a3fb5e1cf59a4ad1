"""Text made speakable: a list of small named rules, then sentences.

Engines stumble over what eyes pass: "Dr." ends a sentence, a smiley is read out, square brackets
turn into phonemes. Each rule mends one such thing and is tested by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Callable

HELD = re.compile("[\ue100-\ue1ff]")
"""Characters that stand for a word whose sound is given; every rule leaves them alone."""

_SOUND = re.compile(r"[^\W_]|[\ue100-\ue1ff]")

_ABBREVIATIONS = {
    "Dr": "Doctor",
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Mx": "Mix",
    "Prof": "Professor",
    "Rev": "Reverend",
    "St": "Saint",
    "Jr": "Junior",
    "Sr": "Senior",
}
_LATIN_PHRASES = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "and so on",
    "vs.": "versus",
    "approx.": "about",
}
_TITLE = re.compile(rf"\b({'|'.join(_ABBREVIATIONS)})\b\.?(?=\s+\S|\s*$)")
_PHRASE = re.compile("|".join(rf"\b{re.escape(found)}" for found in _LATIN_PHRASES), re.IGNORECASE)
_INITIAL = re.compile(r"\b([A-Z])\.(?=\s*[A-Z\ue100-\ue1ff])")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SYMBOLS = {"&": " and ", "@": " at ", "+": " plus ", "=": " equals "}
_KEPT_SYMBOLS = set("%$£€°…—–’‘ʼ“”«»„")
_QUIET = re.compile(r"[\[\]{}<>#*_|\\^~`\"“”«»„/]")


def _curly_to_plain(text: str) -> str:
    """Curly apostrophes are part of words; typographic quotation marks are not spoken."""
    plain = re.sub("[’‘ʼ]", "'", text)
    return re.sub(r"(?<!\w)'|'(?!\w)", " ", plain)


def _ellipsis_to_rest(text: str) -> str:
    """An ellipsis is a rest inside a sentence, and a full stop at its end."""
    dots = text.replace("…", "...")
    dots = re.sub(r"\s*\.{2,}\s*(?=[a-z\ue100-\ue1ff])", ", ", dots)
    return re.sub(r"\s*\.{2,}", ".", dots)


def _dash_to_comma(text: str) -> str:
    """A dash between words is a rest; a hyphen inside a word stays."""
    return re.sub(r"\s*[—–]\s*|\s+-+\s+|--+", ", ", text)


def _brackets_to_commas(text: str) -> str:
    """What stands in round brackets is said between two rests."""
    opened = re.sub(r"\s*\(\s*", ", ", text)
    return re.sub(r"\s*\)(?=\s*[.,;:!?]|\s*$)", "", opened).replace(")", ", ")


def _abbreviations_to_words(text: str) -> str:
    """Abbreviations are said in full; Piper would end a sentence after "Dr."."""
    titles = _TITLE.sub(lambda found: _ABBREVIATIONS[found[1]], text)
    phrases = _PHRASE.sub(lambda found: _LATIN_PHRASES[found[0].lower()], titles)
    return _INITIAL.sub(r"\1 ", phrases)


def _symbols_to_words(text: str) -> str:
    """Symbols that are words in speech become them; all other markup falls silent."""
    for symbol, word in _SYMBOLS.items():
        text = text.replace(symbol, word)
    return _QUIET.sub(" ", text)


def _other_scripts_to_latin(text: str) -> str:
    """Letters the voice does not know are written as they sound; emoji are left out.

    A name in Cyrillic would be read as "Chinese letter", an emoji by its Unicode name.
    """
    return "".join(_latin(character) for character in text)


def _latin(character: str) -> str:
    if character.isascii() or HELD.match(character) or character in _KEPT_SYMBOLS:
        return character
    if unicodedata.category(character)[0] in "LN":
        known = unicodedata.name(character, "").startswith("LATIN")
        return character if known else anyascii(character)
    return character if unicodedata.name(character, "").startswith("COMBINING") else " "


def _tidy_punctuation(text: str) -> str:
    """Blanks are folded, and of a heap of punctuation the strongest mark is kept."""
    folded = re.sub(r"\s+", " ", text)
    folded = re.sub(r"\s+([.,;:!?])", r"\1", folded)
    folded = re.sub(r"[.,;:]*([.!?])[.,;:!?]*", r"\1", folded)
    folded = re.sub(r"([,;:])[,;:]+", r"\1", folded)
    folded = re.sub(r"(?<=[.,;:!?])(?=[^\W\d]|[\ue100-\ue1ff])", " ", folded)
    return re.sub(r"^[\s.,;:!?'-]+", "", folded).strip()


RULES: tuple[Callable[[str], str], ...] = (
    _other_scripts_to_latin,
    _curly_to_plain,
    _abbreviations_to_words,
    _ellipsis_to_rest,
    _symbols_to_words,
    _brackets_to_commas,
    _dash_to_comma,
    _tidy_punctuation,
)
"""In the order they are applied."""


def speakable(text: str) -> str:
    """Return ``text`` as an engine can say it; empty where there is nothing to say."""
    for rule in RULES:
        text = rule(text)
    return text if _SOUND.search(text) else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a speakable text, each with its closing mark."""
    return [sentence for sentence in _SENTENCE_END.split(text) if _SOUND.search(sentence)]
