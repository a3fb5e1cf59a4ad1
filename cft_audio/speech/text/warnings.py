"""Words that a voice may get wrong, found before it says them, by their letters alone.

No model is asked: what is found is the same for a first build and a rebuild, and costs nothing. How
a voice reads Latin letters is a matter of its language, and known where that language's pack has a
``Spelling``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.errors import EngineError
from cft_audio.speech.text.rules import speakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.languages.pack import Language, Spelling
    from cft_audio.script.cues import Line, Span
    from cft_audio.speech.engines.engine import KnowsSounds
    from cft_audio.speech.text.lexicon import Lexicon

_WORD = re.compile(r"[^\s!-&(-,./:-@\[-`{-~…—–“”«»„¡¿।、。，！？・「」]+")
"""A run of anything but blanks and punctuation; marks, which Indic and Thai letters need, are part
of a word, as apostrophes and hyphens are inside it."""

_OUTSIDE = "'’‘‐‑-"
_JOINTS = re.compile(r"[\u0300-\u036f'’‘ʼʻ‐‑-]+")

_MODIFIERS = frozenset("ʼʻʿʾ")
"""Letters that belong to no script: the ʻokina, and apostrophes of other transcriptions."""

_PAIR = 2
_NAME_LIKE = 3
"""Words of a short answer, at most: each of them may be a name, in capitals or not."""


@dataclass(frozen=True)
class PronunciationWarning:
    """A word that may not be said as it should.

    Attributes:
        word: The word as it is written; empty if all of them are meant.
        why: What is doubtful, as a sentence without its full stop.
    """

    word: str
    why: str

    @property
    def can_be_settled(self) -> bool:
        """Whether a sound can be kept for the word; not if there is nothing in it to say."""
        return any(character.isalnum() for character in self.word)


def find_pronunciation_warnings(
    lines: Iterable[Line], lexicon: Lexicon, language: Language
) -> list[PronunciationWarning]:
    """Return the words of ``lines`` that a voice may get wrong, each once, in their order.

    Of what a person gave, every word is looked at; of the script only letters of other scripts,
    since checking a script is for its author.

    Args:
        lines: What is said.
        lexicon: How words are said; those in it are in no doubt.
        language: The language that the voice reads.
    """
    warnings: dict[str, PronunciationWarning] = {}
    for span in (span for line in lines for span in line.spans if span.is_plain):
        for word, why in _doubtful_words(span, lexicon, language):
            warnings.setdefault(word, PronunciationWarning(word, why))
    return list(warnings.values())


def find_unsaid_sounds(
    lines: Iterable[Line], lexicon: Lexicon, engine: KnowsSounds
) -> list[PronunciationWarning]:
    """Return the words of ``lines`` whose sound is kept and ``engine`` cannot say, each once."""
    kept = {fragment for entry in lexicon.entries.values() for fragment in entry if fragment.ipa}
    if not kept:
        return []
    said = (part for line in lines for one in lexicon.sentences(line) for part in one.fragments)
    warnings: dict[str, PronunciationWarning] = {}
    for fragment in dict.fromkeys(said):
        if fragment in kept:
            try:
                engine.check_sound(fragment)
            except EngineError as error:
                warnings[fragment.text] = PronunciationWarning(fragment.text, error.message)
    return list(warnings.values())


def _doubtful_words(span: Span, lexicon: Lexicon, language: Language) -> Iterator[tuple[str, str]]:
    written = lexicon.language
    runs = (run.strip(_OUTSIDE) for run in _WORD.findall(lexicon.without(span.text)))
    words = [_without_ending(run, written) for run in runs if any(map(str.isalnum, run))]
    for word in words:
        if written.script and _is_of_other_script(word, written.script):
            spoken = speakable(word, written)
            yield word, f"'{word}' is in a script the voice does not read: it says '{spoken}'"
        elif span.personal and language.spelling:
            is_name = len(words) <= _NAME_LIKE
            if doubt := _misreading(word, language.spelling, is_name=is_name):
                yield word, doubt.format(word=f"'{word}'", language=language.name)
    text = span.text.strip()
    if span.personal and text and not words and not speakable(text, written):
        yield text, f"'{text}' cannot be spoken, and is left out"


def _without_ending(word: str, language: Language) -> str:
    endings = "|".join(language.name_endings) or "(?!)"
    return re.sub(rf"['’](?:{endings})$", "", word)


def _misreading(word: str, spelling: Spelling, *, is_name: bool) -> str:
    """Return what a voice may make of ``word``, empty where it is right.

    Args:
        word: A word that a person gave.
        spelling: How words of the voice's language are spelled.
        is_name: Whether the word stands in so short a text that it may be a name.
    """
    if any(character.isdigit() for character in word):
        is_number = word.isdigit() or re.fullmatch(spelling.numbers, word, re.IGNORECASE)
        return "" if is_number else "the digits in {word} are said as a number"
    if is_name and re.fullmatch(spelling.initials, word):
        return "{word} is in capitals, and may be said letter by letter"
    is_plain = word.isupper() if word[0].isupper() else True
    if word.lower() in spelling.known or (is_plain and not is_name):
        return ""
    parts = [anyascii(part).lower() for part in _JOINTS.split(word)]
    if any(re.match(spelling.misread, part) for part in parts) or re.fullmatch(
        spelling.spelled_out, word, re.IGNORECASE
    ):
        return "{word} is spelled as no {language} word is, and the voice may misread it"
    is_initials = word.isupper() and len(word) <= _NAME_LIKE
    if re.match(spelling.apart, word, re.IGNORECASE) or (
        not is_initials and any(_is_spelled_out(part, spelling) for part in parts)
    ):
        return "{word} begins as no {language} word does, and the voice may name its letters"
    return ""


def _is_spelled_out(part: str, spelling: Spelling) -> bool:
    [run, *_] = re.findall(f"^(?:{spelling.consonants})*", part)
    if len(run) < _PAIR or run.startswith(spelling.open_onsets):
        return False
    if run == part:
        return not re.fullmatch(spelling.lone_onsets, run)
    return run not in spelling.onsets


def _is_of_other_script(word: str, script: str) -> bool:
    return any(
        character.isalpha() and not unicodedata.name(character, script).startswith(script)
        for character in word
        if character not in _MODIFIERS
    )
