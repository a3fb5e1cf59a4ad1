"""Words that someone must not hear, found in a text in whichever form they are said.

A word is found whole, in its forms by the rules of the language's pack, in any case, with accents
or without; also as a part of one with a hyphen or an apostrophe. A phrase is found where its words
follow one another, whatever marks stand between them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cft_audio.languages.word_forms import forms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cft_audio.languages.pack import Language

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
"""Letters of scripts that write no blanks between words (Thai, Lao, Burmese, Khmer, Japanese,
Chinese), or write at a word's end what others write behind it (Korean): each is found by itself."""

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Characters without a shape that may stand inside a word."""

_LETTERS = rf"(?:[^\W_{_UNPARTED}][\u0300-\u036f{_UNSEEN}]*)+"
_WORD = re.compile(rf"[{_UNPARTED}]|{_LETTERS}(?:['’ʼ‘]{_LETTERS})*")
_HYPHENS = ("-", "\u2010", "\u2011")


@dataclass(frozen=True)
class FoundWord:
    """A word that is to be avoided, where it is said.

    Attributes:
        word: The word as it was given.
        said: The word as it is said.
        start: Its first character in the text.
        stop: The character after its last.
    """

    word: str
    said: str
    start: int
    stop: int

    @property
    def told(self) -> str:
        """The word in quotation marks, and which one it was found for if that is another."""
        is_same = self.said.casefold() == self.word.casefold()
        return f"'{self.said}'" if is_same else f"'{self.said}' (for '{self.word}')"


class AvoidedWords:
    """Finds words and phrases in texts of one language.

    What it learns of words, it keeps to itself: they may be personal.

    Args:
        words: The words and phrases; one without a letter or a digit is found nowhere.
        language: The language of the texts.
    """

    def __init__(self, words: Iterable[str], language: Language) -> None:
        self._taken_for = cache(lambda word: _taken_for(word, language))
        self._by_first: dict[str, list[_Wanted]] = {}
        for given in dict.fromkeys(words):
            for parts in _ways_to_write(given, language):
                wanted = _Wanted(given, tuple(_forms(part, language) for part in parts))
                for form in wanted.forms[0]:
                    self._by_first.setdefault(form, []).append(wanted)

    def find(self, text: str) -> Iterator[FoundWord]:
        """Yield each of them that ``text`` holds, wherever it does, in order."""
        heard = list(self._words_in(text))
        for at, first in enumerate(heard):
            begun = (wanted for word in first.words for wanted in self._by_first.get(word, ()))
            ends = ((wanted.end_in(heard[at:]), wanted) for wanted in dict.fromkeys(begun))
            stop, longest = max(ends, key=lambda end: end[0], default=(0, None))
            if stop and longest:
                yield FoundWord(longest.given, text[first.start : stop], first.start, stop)

    def _words_in(self, text: str) -> Iterator[_Heard]:
        """Yield the words of a text; two with a hyphen are also one, where the first begins."""
        matches = list(_WORD.finditer(text))
        for at, match in enumerate(matches):
            words, stop = self._taken_for(match[0]), match.end()
            if text[stop : stop + 1] in _HYPHENS and at + 1 < len(matches):
                following = matches[at + 1]
                if following.start() == stop + 1:
                    words |= {_folded(match[0] + following[0])}
            yield _Heard(words, match.start(), stop)


def has_word(text: str) -> bool:
    """Return whether there is a word in ``text`` that can be looked for."""
    return _WORD.search(text) is not None


class _Heard(NamedTuple):
    """What a word of a text can be taken for, and where it stands."""

    words: frozenset[str]
    start: int
    stop: int


@dataclass(frozen=True)
class _Wanted:
    """A word or a phrase that is looked for: the forms of each of its words."""

    given: str
    forms: tuple[frozenset[str], ...]

    def end_in(self, heard: Sequence[_Heard]) -> int:
        """Return where it ends if it is what is heard first; 0 if it is not."""
        said = heard[: len(self.forms)]
        pairs = zip(self.forms, said, strict=False)
        is_it = len(said) == len(self.forms) and all(not f.isdisjoint(h.words) for f, h in pairs)
        return said[-1].stop if is_it else 0


def _ways_to_write(given: str, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the words of what was given, and what has a hyphen as one word, too."""
    parts = [_folded(match[0]) for match in _WORD.finditer(given)]
    idle = {*map(_folded, language.forms.idle)}
    counted = [at for at, part in enumerate(parts) if part not in idle]
    if counted:
        parts = parts[counted[0] : counted[-1] + 1]
    if parts:
        yield tuple(parts)
    if len(parts) > 1 and len(given.split()) == 1:
        yield ("".join(parts),)


def _forms(word: str, language: Language) -> frozenset[str]:
    """Return the forms of a word, and of sea where it is given as sea's."""
    before, _, after = word.partition("'")
    behind = forms_of(before, language) if after in language.name_endings else frozenset()
    return forms_of(word, language) | behind


def _taken_for(written: str, language: Language) -> frozenset[str]:
    """Return a word, and its parts beside an apostrophe: sea of sea's, océan of l'océan.

    Where a language says what may stand there, nothing else is a part: won is none of won't.
    """
    word = _folded(written)
    before, apostrophe, after = word.partition("'")
    if not apostrophe:
        return frozenset({word})
    endings, beginnings = language.name_endings, language.name_beginnings
    is_after_word = not endings or after in endings
    is_before_word = not beginnings or before in beginnings
    return frozenset({word, *[before] * is_after_word, *[after] * is_before_word})


def _folded(word: str) -> str:
    """Return a word in small letters, without accents and what has no shape."""
    if word.isascii():
        return word.lower()
    plain = re.sub(rf"[\u0300-\u036f{_UNSEEN}]", "", unicodedata.normalize("NFKD", word))
    return re.sub("[’ʼ‘]", "'", unicodedata.normalize("NFC", plain).casefold())
