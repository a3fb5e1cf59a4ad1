"""How words are said: a lexicon of respellings and IPA, and a line as what an engine says."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.placeholders import PLACEHOLDERS, number_of, placeholder
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.text.readings import read_sentence
from cft_audio.speech.text.rules import sentences, spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line, Span

_PLACEHOLDER = re.compile(f"([{PLACEHOLDERS}])")

_APOSTROPHES = "'’‘ʼʻ"
_HYPHENS = "-‐‑"
_ONE_FORM = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")})

_SYLLABLE = r"[ ']*[A-Za-z][A-Za-z' ]*"
_RESPELLING = re.compile(rf"{_SYLLABLE}(?:-{_SYLLABLE})*")
_LETTER = re.compile(r"[^\W_]")
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Characters without a shape that some scripts spell with."""

_WIDEST_BLANKS = 50
"""Characters of blanks inside a name of several words, at most, for it to be taken for one."""

_IN_SLASHES = re.compile(r"/([^/]*)/")
_NOT_IPA = re.compile(r"[^a-zæðøħŋœβθχⁿᵻᵿǀ-ǃ\u0250-\u036f .:'‿-]")
"""What is no symbol of the chart (International Phonetic Association, 2020), nor what people type
for one; letters are decomposed before."""

_HOW_TO_WRITE = "Write syllables as see-oh-MAR-ah, or IPA between slashes as /siːoʊˈmɑːɹə/"


@dataclass(frozen=True)
class Lexicon:
    """Words and how they sound, found whole and whatever their case.

    No pattern is made of the words: Python keeps compiled patterns, and would keep names in them.

    Attributes:
        entries: What is said for each word, by its ``key_of``.
        language: The language of what is said.
    """

    entries: Mapping[str, Sequence[Fragment]] = field(repr=False)
    language: Language = field(default=ENGLISH, repr=False)

    @classmethod
    def of(cls, *tables: Mapping[str, str], language: Language = ENGLISH) -> Lexicon:
        """Return the lexicon of ``tables`` of words and sounds; a later table wins.

        A sound is IPA between slashes, ``/siːoʊˈmɑːɹə/``, or a respelling whose syllables are
        parted by hyphens and whose stressed one is in capitals, ``see-oh-MAR-ah``; without capitals
        the first is stressed. Blanks part the words of a name, ``MAIR-ee an``.

        Raises:
            RequestError: If a sound is neither, or a word has no letter in it. Which symbols of
                IPA can be said is for the engine to tell.
        """
        words = chain.from_iterable(table.items() for table in tables)
        return cls({key_of(word): _entry(word, sound) for word, sound in words}, language)

    def without(self, text: str) -> str:
        """Return ``text`` with a blank in the place of each word it has a sound for."""
        composed = _composed(text)
        return _replace(composed, [(start, end, " ") for start, end, _ in self._words_in(composed)])

    def sentences(self, line: Line) -> tuple[Sentence, ...]:
        """Return what an engine says for ``line``, empty where nothing of it can be said."""
        held: dict[Fragment, int] = {}
        text, settled = _join(line.spans, held)
        changes = [
            (start, end, "".join(_hold(fragment, held) for fragment in entry))
            for start, end, entry in self._words_in(text)
            if not any(start < until and since < end for since, until in settled)
        ]
        plain = spelled_out(_replace(text, changes), self.language)
        fragments = tuple(held)
        return tuple(
            read_sentence(_release(sentence, fragments), self.language)
            for sentence in sentences(plain, self.language)
        )

    def _words_in(self, text: str) -> Iterator[tuple[int, int, Sequence[Fragment]]]:
        """Yield where a word begins and ends in ``text``, and its entry.

        At each place the longest counts: "Mary Ann" before "Mary".
        """
        if not self.entries:
            return
        beginning, ending = _edges_of(self.language)
        ends = [edge.start() for edge in ending.finditer(text)]
        position = 0
        for edge in beginning.finditer(text):
            start = edge.start()
            if start < position or key_of(text[start])[:1] not in self._initials:
                continue
            furthest = self._longest.match(text, start)
            until = min(furthest.end() if furthest else start, start + self._reach)
            last = bisect_right(ends, until)
            for end in reversed(ends[bisect_right(ends, start) : last]):
                entry = self.entries.get(key_of(text[start:end]))
                if entry is not None and not _continues_a_word(text, start, end):
                    yield start, end, entry
                    position = end
                    break

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(key[0] for key in self.entries)

    @cached_property
    def _reach(self) -> int:
        """Characters that the longest entry may take in a text, blanks between its words too."""
        return 2 * max(map(len, self.entries)) + _WIDEST_BLANKS

    @cached_property
    def _longest(self) -> re.Pattern[str]:
        """What finds as many runs of characters as the longest entry has words."""
        most = max(len(key.split()) for key in self.entries)
        return re.compile(rf"\S+(?:\s+\S+){{0,{most - 1}}}")


@cache
def _edges_of(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds where a whole word may begin, and where one may end.

    An apostrophe is part of a word (D'Angelo is not Angelo), but for those of its language's own
    beginnings and endings; a hyphen parts words that are whole (Anne-Marie).
    """
    beginnings = "".join(rf"|(?<=\b(?i:{own})[{_APOSTROPHES}])" for own in language.name_beginnings)
    endings = "|".join(language.name_endings)
    return (
        re.compile(rf"(?:(?<!\w)(?<!\w[{_APOSTROPHES}]){beginnings})(?=\S)"),
        re.compile(rf"(?<=\S)(?!\w)(?![{_APOSTROPHES}](?!(?:{endings})(?!\w))\w)"),
    )


def _continues_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a vowel sign of an Indic script, which is no letter, stands beside a word."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(unicodedata.category(character).startswith("M") for character in beside)


def key_of(word: str) -> str:
    """Return ``word`` in the one form that all its ways of being written share.

    Case, curly apostrophes, typographic hyphens, blanks and composed or decomposed accents make no
    difference; an accent itself does.
    """
    return " ".join(_composed(word).translate(_ONE_FORM).casefold().split())


def merge_tables(*tables: Mapping[str, str]) -> dict[str, str]:
    """Return ``tables`` of words and sounds as one; of two ways to say a word the later wins."""
    merged = {key_of(word): (word, sound) for table in tables for word, sound in table.items()}
    return dict(merged.values())


def check_entry(word: str, sound: str, where: str) -> None:
    """Check that any engine could say ``sound`` for ``word``.

    Raises:
        RequestError: As ``Lexicon.of``, or if what stands between slashes is not all IPA; ``where``
            is what it concerns.
    """
    [first, *_] = _entry(word, sound, field="", where=where)
    if unknown := sorted(set(_NOT_IPA.findall(unicodedata.normalize("NFD", first.ipa)))):
        message = f"'{sound}' is not IPA for '{word}': {' '.join(unknown)} is no symbol of it"
        raise RequestError(message, remedy=_HOW_TO_WRITE, where=where)


def _entry(word: str, sound: str, field: str = "pronounce", where: str = "") -> Sequence[Fragment]:
    """Return what is said for ``word``: one fragment, or one for each word of a name."""
    written = " ".join(_composed(word).split())
    if not _LETTER.search(written) or not written.translate(_JOINERS).isprintable():
        message, remedy = f"{word!r} is not a word", "Write one with letters, as people read it"
        raise RequestError(message, remedy=remedy, field=field, where=where)
    in_slashes = _IN_SLASHES.fullmatch(sound.strip())
    if in_slashes and _LETTER.search(in_slashes[1]):
        return (Fragment(written, ipa=in_slashes[1].strip()),)
    respelled = sound.strip().translate(_ONE_FORM)
    if not _RESPELLING.fullmatch(respelled):
        message = f"'{sound}' is not a way to say '{word}'"
        raise RequestError(message, remedy=_HOW_TO_WRITE, field=field, where=where)
    names, sounds = written.split(), respelled.split()
    if len(names) != len(sounds):
        return (Fragment(written, respelling="-".join(sounds)),)
    words = [Fragment(name, respelling=said) for name, said in zip(names, sounds, strict=True)]
    return tuple(fragment for word in words for fragment in (Fragment(" "), word))[1:]


def _join(
    spans: Sequence[Span], held: dict[Fragment, int]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of ``spans``, and the stretches of it whose wording a script has settled."""
    text = ""
    settled: list[tuple[int, int]] = []
    for span in spans:
        start = len(text)
        if ipa := span.ipa.strip().strip("/").strip():
            text += _hold(Fragment(_composed(span.text), ipa=ipa), held)
        else:
            text += _composed(span.sub or span.text)
        if span.sub:
            settled.append((start, len(text)))
    return text, tuple(settled)


def _replace(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """Return ``text`` with each stretch of it, given by its start and end, replaced."""
    for start, end, replacement in reversed(changes):
        text = text[:start] + replacement + text[end:]
    return text


def _composed(text: str) -> str:
    """Return ``text`` in NFC, without placeholders."""
    return unicodedata.normalize("NFC", _PLACEHOLDER.sub("", text)).strip("\n")


def _hold(fragment: Fragment, held: dict[Fragment, int]) -> str:
    """Return the placeholder of a fragment whose sound is given, which no rule may change."""
    if not fragment.ipa and not fragment.respelling:
        return fragment.text
    return placeholder(held.setdefault(fragment, len(held)))


def _release(sentence: str, fragments: Sequence[Fragment]) -> Sentence:
    """Return ``sentence`` with the fragment that each placeholder stands for."""
    pieces = filter(None, _PLACEHOLDER.split(sentence))
    return Sentence(
        tuple(fragments[number_of(p)] if _PLACEHOLDER.match(p) else Fragment(p) for p in pieces)
    )
