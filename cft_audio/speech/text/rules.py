"""Text made speakable: a list of small named rules, then sentences.

Engines stumble over what eyes pass: "Dr." ends a sentence, a smiley is read out, square brackets
turn into phonemes. Each rule mends one such thing and is tested by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.speech.text.words import OPENS, abbreviations_to_words, numbers_to_words

if TYPE_CHECKING:
    from collections.abc import Callable

HELD = re.compile("[\ue100-\ue1ff]")
"""Characters that stand for a word whose sound is given; every rule leaves them alone."""

_SOUND = re.compile(r"[^\W_]|[\ue100-\ue1ff]")

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

_SYMBOLS = {"&": " and ", "@": " at ", "+": " plus ", "=": " equals ", "×": " times "}
_KEPT = frozenset("%°…—–’‘ʼ“”«»„×½⅓¼¾£€¥₹")
_QUIET = re.compile(r"[\[\]{}<>#*_|\\^~`\"“”«»„/]")

_LAST_KNOWN = "\u024f"
"""The last Latin letter (Latin Extended-B) that espeak-ng's English rules read as a letter; the
ones beyond, Vietnamese ones among them, it spells out: "letter 1EC5"."""

_MARKS = frozenset(".,;:!?")


def _compatible_to_plain(text: str) -> str:
    """Ligatures, full-width and mathematical letters are the letters they stand for (NFKC)."""
    return "".join(
        character if character in _KEPT else unicodedata.normalize("NFKC", character)
        for character in unicodedata.normalize("NFC", text)
    )


def _other_scripts_to_latin(text: str) -> str:
    """Letters the voice does not know are written as they sound; emoji are left out.

    A name in Cyrillic would be read as "Chinese letter", an emoji by its Unicode name.
    """
    return "".join(_latin(character) for character in text)


def _latin(character: str) -> str:
    if character.isascii() or character in _KEPT or HELD.match(character):
        return character
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    name = unicodedata.name(character, "")
    if kind[0] in "LNM":
        known = name.startswith("LATIN") and character <= _LAST_KNOWN
        # Some scripts' letters come with an apostrophe or a sign, which English would read.
        return character if known else _NOT_LETTERS.sub("", anyascii(character))
    mark = anyascii(character)
    return f"{mark} " if mark in _MARKS else " "


_NOT_LETTERS = re.compile(r"[^A-Za-z0-9]")


def _curly_to_plain(text: str) -> str:
    """Curly apostrophes are part of words; typographic quotation marks are not spoken."""
    plain = re.sub("[’‘ʼ]", "'", text)
    return re.sub(rf"(?<!{_IN_WORD})'|'(?!{_IN_WORD})", " ", plain)


_IN_WORD = r"[\w\ue100-\ue1ff]"


def _ellipsis_to_rest(text: str) -> str:
    """An ellipsis is a rest inside a sentence, and a full stop at its end."""
    dots = re.sub(r"…|\.(?:\s*\.){1,}", "…", text)
    dots = re.sub(rf"\s*…+\s*(?={_IN_WORD})(?!{OPENS})", ", ", dots)
    return re.sub(r"\s*…+", ".", dots)


def _dash_to_comma(text: str) -> str:
    """A dash between words is a rest; a hyphen inside a word stays."""
    return re.sub(r"\s*[—–]\s*|\s+-+\s+|--+", ", ", text)


def _brackets_to_commas(text: str) -> str:
    """What stands in round brackets is said between two rests."""
    opened = re.sub(r"\s*\(\s*", ", ", text)
    return re.sub(r"\s*\)(?=\s*[.,;:!?]|\s*$)", "", opened).replace(")", ", ")


def _symbols_to_words(text: str) -> str:
    """Symbols that are words in speech become them; all other markup falls silent."""
    text = re.sub(r"(?<=\w)\.(?=[a-z])", " dot ", text)
    for symbol, word in _SYMBOLS.items():
        text = text.replace(symbol, word)
    return _QUIET.sub(" ", text)


def _tidy_punctuation(text: str) -> str:
    """Blanks are folded, and of a heap of punctuation the strongest mark is kept."""
    folded = re.sub(r"\s+", " ", text)
    folded = re.sub(r"\s+([.,;:!?])", r"\1", folded)
    folded = re.sub(r"[.,;:]*([.!?])[.,;:!?]*", r"\1", folded)
    folded = re.sub(r"([,;:])[,;:]+", r"\1", folded)
    folded = re.sub(r"(?<=[.,;:!?])(?=[^\W\d]|[\ue100-\ue1ff])", " ", folded)
    return re.sub(r"^[\s.,;:!?'-]+", "", folded).strip()


RULES: tuple[Callable[[str], str], ...] = (
    _compatible_to_plain,
    _other_scripts_to_latin,
    _curly_to_plain,
    abbreviations_to_words,
    numbers_to_words,
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
