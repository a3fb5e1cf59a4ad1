"""Which reading of a heteronym a sentence means: "close your eyes" is no "close friend".

Only the words around it are looked at. How they tell is data of the language
(``languages/packs/readings``); an engine gets the reading as the IPA of that one word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.text.ipa import spoken_ending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.languages.pack import Language
    from cft_audio.languages.readings import Heteronym, Readings

LETTER = "\u2060"
"""Stands behind a letter that is said by its name, between the rules and the readings: a word
joiner, which no text has by then."""

_TOKEN = re.compile(rf"[^\W_](?:[\w'-]*\w)?{LETTER}?|[.,;:!?]")
_SHORT = re.compile(r"(?<=\w)(?:n't|'(?:d|ll|ve|re|m|s))$")
_NOT_OWNERS = ("it", "that", "there", "what", "who", "he", "she", "here", "where", "how", "this")
"""Words before 's where it is short for "is"."""

_WORD = re.compile(r"(?<![\w\\])_(?=\s|$)")
_CLASS = re.compile(r"<(\w+)>")
_FORMS_IN_S = "forms in s"
_LOOKED_AT = 12
"""Tokens on either side of a word that tell how it is said: a clause is hardly longer."""


class _Context(NamedTuple):
    """What stands around a word of a class."""

    kind: str
    before: re.Pattern[str]
    after: re.Pattern[str]

    def fits(self, before: str, after: str) -> bool:
        return self.after.match(after) is not None and self.before.search(before) is not None


def read_sentence(sentence: Sentence, language: Language) -> Sentence:
    """Return ``sentence`` with the sound of each word that its language has several readings of.

    Words whose sound is given already stay as they are.
    """
    text = sentence.text
    found = list(_TOKEN.finditer(text))
    said: list[tuple[int, int, str]] = []
    for at, token in enumerate(found):
        if ipa := _sound_of(at, found, language):
            said.append((*token.span(), ipa))
    return Sentence(tuple(_with_sounds(sentence, said)))


def _with_sounds(sentence: Sentence, said: list[tuple[int, int, str]]) -> Iterator[Fragment]:
    """Yield the fragments of ``sentence``, those without a sound parted at each word ``said``."""
    place = 0
    for fragment in sentence.fragments:
        end = place + len(fragment.text)
        if fragment == Fragment(fragment.text):
            for start, until, ipa in said:
                if place <= start and until <= end:
                    yield from _plain(sentence.text[place:start])
                    yield Fragment(sentence.text[start:until].replace(LETTER, ""), ipa=ipa)
                    place = until
            yield from _plain(sentence.text[place:end])
        else:
            yield fragment
        place = end


def _plain(text: str) -> Iterator[Fragment]:
    if text := text.replace(LETTER, ""):
        yield Fragment(text)


@cache
def _written_sounds(language: Language) -> re.Pattern[str]:
    """Return what matches a word that is a sound written as letters."""
    return re.compile("|".join(language.readings.sounds) or "(?!)")


def _sound_of(at: int, found: list[re.Match[str]], language: Language) -> str:
    """Return the IPA of a token; empty where the engine reads it right by itself."""
    readings, written = language.readings, found[at][0]
    if written.endswith(LETTER):
        return readings.letters.get(written.removesuffix(LETTER), "")
    word = written.lower()
    base = word if word in readings.words else word.removesuffix("s")
    if base not in readings.words:
        sounds = readings.sounds if _written_sounds(language).fullmatch(word) else {}
        return next((ipa for each, ipa in sounds.items() if re.fullmatch(each, word)), "")
    before = ", " * (at < _LOOKED_AT) + _tokens(found[max(0, at - _LOOKED_AT) : at])
    after = _tokens(found[at + 1 :][:_LOOKED_AT]) + ","
    for context in _contexts_of(readings.words[base], language, in_s=base != word):
        if context.fits(before, after):
            kind = context.kind
            break
    else:
        kind = "other"
    ipa: str = getattr(readings.words[base], kind, "") or readings.words[base].other
    return (
        ipa
        if base == word or not ipa
        else ipa + "".join(spoken_ending("'s", list(ipa), language)[1])
    )


@cache
def _contexts_of(heteronym: Heteronym, language: Language, *, in_s: bool) -> tuple[_Context, ...]:
    """Return the contexts that tell how a word is said, in their order."""
    readings = language.readings
    shared = readings.contexts.get(_FORMS_IN_S if in_s else heteronym.contexts, "")
    own = () if in_s else heteronym.when
    lines = [*own, *filter(None, map(str.strip, shared.splitlines()))]
    return tuple(_context(line, readings) for line in lines)


def _context(line: str, readings: Readings) -> _Context:
    kind, _, around = line.partition(": ")
    before, after = (_pattern(side, readings) for side in _WORD.split(around))
    return _Context(
        kind,
        re.compile(rf"(?:^|(?<= )){before}$" if before else ""),
        re.compile(rf"{after.strip()}(?:\A|(?= |$))" if after else ""),
    )


def _pattern(side: str, readings: Readings) -> str:
    """Return a side of a context as a regular expression."""
    side = side.replace("~ ", "(?:<adverb> )*")
    while _CLASS.search(side):
        side = _CLASS.sub(lambda found: _class(found[1], readings), side)
    return side


def _class(name: str, readings: Readings) -> str:
    words = readings.classes[name]
    return words if words.startswith("(?") else f"(?:{'|'.join(words.split())})"


def _tokens(found: list[re.Match[str]]) -> str:
    """Return tokens in small letters, a blank behind each; every mark is a comma."""
    return "".join(f"{token} " for match in found for token in _parts(match[0].lower()))


def _parts(written: str) -> Iterator[str]:
    """Yield the tokens of a word or a mark: "you'd" is "you" and "'d"."""
    short = _SHORT.search(written)
    if short is None or written == "let's" or short[0] == "n't":
        yield written if written[0].isalnum() else ","
        return
    word = written[: short.start()]
    yield word
    yield "'poss" if short[0] == "'s" and word not in _NOT_OWNERS else short[0]
