"""The forms of a word by the rules of its language: waves of wave, carried of carry.

A rule goes by how a word is written, whatever the word is. So it makes forms that nobody says,
which do no harm, and some that are other words, which the pack names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import LanguageError, Problem
from cft_audio.languages.written import pattern_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cft_audio.languages.pack import Language

_LONGEST_ENDING = 4
"""Characters of the longest ending that is taken back: in running, a doubled letter and ing."""


def families_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each line of ``text`` that is not empty."""
    return tuple(words for words in map(words_of, text.splitlines()) if words)


def _check_pattern(pattern: str, _: str) -> None:
    try:
        pattern_in(pattern)
    except ValueError as fault:
        raise LanguageError([Problem("", 0, str(fault))]) from fault


@dataclass(frozen=True)
class Inflection:
    """One way in which words change: into the plural, into the past.

    Attributes:
        name: What it is called.
        endings: Patterns of a word's end, and what replaces it, several parted by blanks; the first
            that is found counts.
    """

    name: str
    endings: Mapping[str, str] = field(metadata={"check": _check_pattern})


@dataclass(frozen=True)
class WordForms:
    """How the words of a language change; all are in small letters, without accents.

    Attributes:
        both_ways: Inflections that are taken back as well: who names waves means a wave, too.
        one_way: Inflections that are not: a carer may be named where care is welcome.
        cut: What a word may lose at its end where it changes.
        idle: Words that add nothing at either end of what is looked for: the sound of the sea.
        families: The forms of a word that follow no rule, a word a line.
        others: What a rule makes of a word and is another one, a line of them behind the word.
    """

    both_ways: Mapping[str, Inflection] = field(
        default_factory=dict, metadata={"tables": Inflection}
    )
    one_way: Mapping[str, Inflection] = field(default_factory=dict, metadata={"tables": Inflection})
    cut: tuple[str, ...] = field(default=(), metadata={"parse": words_of})
    idle: tuple[str, ...] = field(default=(), metadata={"parse": words_of})
    families: tuple[tuple[str, ...], ...] = field(default=(), metadata={"parse": families_of})
    others: tuple[tuple[str, ...], ...] = field(default=(), metadata={"parse": families_of})


def forms_of(word: str, language: Language) -> frozenset[str]:
    """Return ``word``, the words that it is a form of, and the forms of all these.

    Args:
        word: A word in small letters, without accents.
        language: Its language; where the pack has no forms, the word is all there is.
    """
    rules = _rules_of(language)
    words = {word, *rules.words_behind(word)}
    words |= {member for each in words for member in rules.families.get(each, ())}
    made = words.union(*map(rules.all_forms, words))
    # A word may have been made of what is no word at all, as shower of showe behind showed.
    return frozenset(made - {no for each in words for no in rules.others.get(each, ())} | words)


_Patterns: TypeAlias = list[tuple[re.Pattern[str], list[str]]]
"""The endings of an inflection: each pattern, and what replaces what it finds."""


@dataclass(frozen=True)
class _Rules:
    """The rules of a pack, ready for use."""

    both_ways: list[_Patterns]
    one_way: list[_Patterns]
    cut: tuple[str, ...]
    families: Mapping[str, set[str]]
    others: Mapping[str, set[str]]

    def words_behind(self, word: str) -> Iterator[str]:
        """Yield the words that ``word`` is a form of."""
        for end in range(max(1, len(word) - _LONGEST_ENDING), len(word)):
            for cut in ("", *self.cut):
                base = word[:end] + cut
                is_form = base != word and word in _inflected(base, self.both_ways)
                if is_form and word not in self.others.get(base, ()):
                    yield base

    def all_forms(self, word: str) -> set[str]:
        """Return the forms of ``word`` by rules."""
        return _inflected(word, self.both_ways) | _inflected(word, self.one_way)


def _inflected(word: str, inflections: Iterable[_Patterns]) -> set[str]:
    """Return the forms of a word that patterns make, whether they are words or not."""
    made: set[str] = set()
    for patterns in inflections:
        for pattern, endings in patterns:
            if end := pattern.search(word):
                made.update(word[: end.start()] + end.expand(new) for new in endings)
                break
    return made


@lru_cache(maxsize=16)
def _rules_of(language: Language) -> _Rules:
    forms = language.forms
    families: dict[str, set[str]] = {}
    for family in forms.families:
        for word in family:
            families.setdefault(word, set()).update(family)
    both, one = (
        [
            [(re.compile(pattern), new.split()) for pattern, new in way.endings.items()]
            for way in ways.values()
        ]
        for ways in (forms.both_ways, forms.one_way)
    )
    others = {word: {*words} for word, *words in forms.others}
    return _Rules(both, one, forms.cut, families, others)
