"""Text made speakable by small named rules, then cut into sentences.

Engines stumble over what eyes pass: "Dr." ends a sentence, a smiley is read out, square brackets
turn into phonemes. Each rule mends one such thing and is tested by itself. What is peculiar to a
language is in its pack (``cft_audio/languages``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.languages.registry import ENGLISH
from cft_audio.script.placeholders import PLACEHOLDERS
from cft_audio.speech.text.letters import say_letters
from cft_audio.speech.text.long_runs import part_long_runs
from cft_audio.speech.text.numbers import say_numbers
from cft_audio.speech.text.readings import LETTER
from cft_audio.speech.text.signs import say_signs
from cft_audio.speech.text.words import (
    abbreviations_to_words,
    begins_sentence,
    is_sentence_end,
)

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language

_IN_WORD = rf"[\w{PLACEHOLDERS}]"
_LETTER = rf"[^\W\d]|[{PLACEHOLDERS}]"
_SOUND = re.compile(rf"[^\W_]|[{PLACEHOLDERS}]")

_ENDS = ".!?。؟۔।॥"
_MARKS = f"{_ENDS},;:、،؛"
"""Marks of all languages; ``_to_known_letters`` leaves those that a language knows."""

_ELLIPSIS = re.compile(rf"(?<!…)\s*…+\s*(?={_IN_WORD})")
_LONG_BLANK = re.compile(r"(\s)\s+(\s)")
_AFTER_A_MARK = re.compile(rf"(?<=[{_ENDS}])\s+")

_AS_IT_IS = re.compile(f"[{PLACEHOLDERS}%°…—–’‘ʼ“”«»„×÷±≈½⅓⅔¼¾⅛£€¥₹]")
_MINUS = "\N{MINUS SIGN}"
_QUIET = re.compile(r"[\[\]{}<>#*_|\\^~`\"“”«»„/]")
_OPENING_MARKS = "¿¡"
_ASCII_MARKS = frozenset(".,;:!?")
_JOINERS = "\u200c\u200d"
"""Characters without a shape that some scripts spell with."""

_STRAY_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")

_LAST_LATIN = "\u024f"
"""The last Latin letter (Latin Extended-B) that espeak-ng's English rules read as a letter; the
ones beyond, Vietnamese ones among them, it spells out: "letter 1EC5"."""


def _compatible_to_plain(text: str, language: Language) -> str:
    """Ligatures, full-width and mathematical letters are what they stand for (NFKC)."""
    return "".join(
        character
        if character in language.marks or _AS_IT_IS.match(character)
        else unicodedata.normalize("NFKC", character)
        for character in unicodedata.normalize("NFC", text).replace(_MINUS, "-")
    )


def _to_known_letters(text: str, language: Language) -> str:
    """Letters the voice does not know are written as they sound; emoji are left out.

    A name in Cyrillic would be read as "Chinese letter", an emoji by its Unicode name.
    """
    return _STRAY_JOINERS.sub("", "".join(_known(character, language) for character in text))


def _known(character: str, language: Language) -> str:
    if character.isascii() or character in language.marks or _AS_IT_IS.match(character):
        return character
    kind = unicodedata.category(character)
    is_letter = kind[0] in "LNM"
    if not language.script and (is_letter or character in _JOINERS):
        return character
    if kind == "Cf":
        return ""
    if is_letter:
        name = unicodedata.name(character, "")
        if name.startswith(language.script) and character <= _LAST_LATIN:
            return character
        # Some scripts' letters come with an apostrophe or a sign, which would be read.
        return re.sub("[^A-Za-z0-9]", "", anyascii(character))
    mark = anyascii(character)
    return f"{mark} " if mark in _ASCII_MARKS and character not in _OPENING_MARKS else " "


def _curly_to_plain(text: str) -> str:
    """Curly apostrophes are part of words; typographic quotation marks are not spoken."""
    return re.sub(rf"(?<!{_IN_WORD})'|'(?!{_IN_WORD})", " ", re.sub("[’‘ʼ]", "'", text))


def _ellipsis_to_rest(text: str, language: Language) -> str:
    """An ellipsis is a rest inside a sentence, and a full stop at its end."""

    def rest(match: re.Match[str]) -> str:
        return match[0] if begins_sentence(match.string, match.end(), language) else ", "

    dots = re.sub(r"…|\.(?:\s*\.){1,}", "…", text)
    return re.sub(r"\s*…+", ".", _ELLIPSIS.sub(rest, dots))


def _dash_to_comma(text: str) -> str:
    """A dash between words is a rest; a hyphen inside a word stays."""
    return re.sub(r"\s*[—–]\s*|\s+-+\s+|--+", ", ", text)


def _brackets_to_commas(text: str) -> str:
    """What stands in round brackets is said between two rests."""
    opened = re.sub(r"\s*\(\s*", ", ", text)
    return re.sub(r"\s*\)(?=\s*[.,;:!?]|\s*$)", "", opened).replace(")", ", ")


def _symbols_to_words(text: str, language: Language) -> str:
    """Symbols that are words in speech become them; all other markup falls silent."""
    if language.point_in_word:
        text = re.sub(r"(?<=\w)\.(?=[a-z])", f" {language.point_in_word} ", text)
    for symbol, word in language.symbols.items():
        text = text.replace(symbol, f" {word} ")
    return _QUIET.sub(" ", text)


def _tidy_punctuation(text: str) -> str:
    """Blanks are folded, and of a heap of punctuation the strongest mark is kept."""
    folded = re.sub(r"\s+", " ", text)
    folded = re.sub(rf"\s+([{_MARKS}])", r"\1", folded)
    folded = re.sub(rf"(?<![.,;:])[.,;:]*([{_ENDS}])[{_MARKS}]*", r"\1", folded)
    folded = re.sub(r"([,;:])[,;:]+", r"\1", folded)
    folded = re.sub(rf"(?<=[{_MARKS}])(?={_LETTER}|[{_OPENING_MARKS}])", " ", folded)
    return re.sub(rf"^[\s{_MARKS}'-]+", "", folded).strip()


def _shorten_blanks(text: str) -> str:
    """Of a long run of blanks two are left, which every rule takes as it takes the run.

    Rules look for what stands behind blanks; in a long run they would look from each of them.
    """
    return _LONG_BLANK.sub(r"\1\2", text)


def speakable(text: str, language: Language = ENGLISH) -> str:
    """Return ``text`` as an engine can say it; empty where there is nothing to say."""
    return spelled_out(text, language).replace(LETTER, "")


def spelled_out(text: str, language: Language) -> str:
    """Return ``text`` likewise, ``LETTER`` behind each letter that is said by its name."""
    text = _compatible_to_plain(text, language)
    text = _to_known_letters(text, language)
    text = say_signs(_shorten_blanks(text), language)
    text = _shorten_blanks(_curly_to_plain(text))
    text = abbreviations_to_words(text, language)
    text = say_numbers(text, language)
    text = say_letters(text, language)
    text = _ellipsis_to_rest(text, language)
    text = _shorten_blanks(_symbols_to_words(text, language))
    text = _brackets_to_commas(text)
    text = _dash_to_comma(text)
    text = _tidy_punctuation(text)
    return text if _SOUND.search(text) else ""


def sentences(text: str, language: Language = ENGLISH) -> list[str]:
    """Return the sentences of a speakable text, each with its mark; long ones in parts."""

    def part(blanks: re.Match[str]) -> str:
        return "\n" if is_sentence_end(text, blanks.start(), language) else blanks[0]

    whole = filter(_SOUND.search, _AFTER_A_MARK.sub(part, text).split("\n"))
    return [part for sentence in whole for part in part_long_runs(sentence, language)]
