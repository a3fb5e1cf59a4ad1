"""How words are said: a lexicon of respellings and IPA, and a line as what an engine says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.text.rules import HELD, sentences, speakable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.script.cues import Line, Span

_FIRST_HELD = 0xE100
_MOST_HELD = 0x100

_APOSTROPHES = "'’‘ʼʻ"
_HYPHENS = "-‐‑"
_ONE_FORM = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")})

_BEFORE = rf"(?<!\w)(?<!\w[{_APOSTROPHES}])"
_AFTER = rf"(?!\w)(?![{_APOSTROPHES}](?!(?:s|d|m|ll|re|ve)(?!\w))\w)"
"""What may not stand next to a whole word. An apostrophe is part of a word (D'Angelo is not
Angelo), but for the endings of English; a hyphen parts words that are whole (Anne-Marie)."""

_SYLLABLE = r"[ ']*[A-Za-z][A-Za-z' ]*"
_RESPELLING = re.compile(rf"{_SYLLABLE}(?:-{_SYLLABLE})*")
_LETTER = re.compile(r"[^\W_]")
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Characters without a shape that some scripts spell with."""

_IN_SLASHES = re.compile(r"/([^/]*)/")
_NOT_IPA = re.compile(r"[^a-zæðøħŋœβθχⁿᵻᵿǀ-ǃ\u0250-\u036f .:'‿-]")
"""What is no symbol of the chart (International Phonetic Association, 2020), nor what people type
for one; letters are decomposed before."""


@dataclass(frozen=True)
class Lexicon:
    """Words and how they sound, found whole and whatever their case.

    Attributes:
        entries: What is said for each word, by its ``key_of``.
    """

    entries: Mapping[str, Sequence[Fragment]]

    @classmethod
    def of(cls, *tables: Mapping[str, str]) -> Lexicon:
        """Return the lexicon of ``tables`` of words and sounds; a later table wins.

        A sound is IPA between slashes, ``/siːoʊˈmɑːɹə/``, or a respelling whose syllables are
        parted by hyphens and whose stressed one is in capitals, ``see-oh-MAR-ah``; without capitals
        the first is stressed. Blanks part the words of a name, ``MAIR-ee an``.

        Raises:
            RequestError: If a sound is neither, or a word has no letter in it. Which symbols of
                IPA can be said is for the engine to tell.
        """
        return cls({key_of(w): _said(w, s) for table in tables for w, s in table.items()})

    def __contains__(self, word: str) -> bool:
        return key_of(word) in self.entries

    def without(self, text: str) -> str:
        """Return ``text`` with a blank in the place of each word it has a sound for."""
        return self._words.sub(" ", _composed(text)) if self._words else _composed(text)

    def sentences(self, line: Line) -> tuple[Sentence, ...]:
        """Return what an engine says for ``line``, empty where nothing of it can be said."""
        held: list[Fragment] = []
        text, settled = _joined(line.spans, held)

        def looked_up(found: re.Match[str]) -> str:
            entry = self.entries.get(key_of(found[0]))
            # Where case is ignored, Turkish letters match that are not the same word; and a vowel
            # sign of an Indic script continues a word without being a letter.
            continues = unicodedata.category(text[found.end() :][:1] or " ").startswith("M")
            inside = any(found.start() < end and start < found.end() for start, end in settled)
            if entry is None or continues or inside:
                return found[0]
            return "".join(_hold(part, held) for part in entry)

        said = self._words.sub(looked_up, text) if self._words else text
        return tuple(_released(sentence, held) for sentence in sentences(speakable(said)))

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        """What finds the words, the longest first: "Mary Ann" before "Mary"."""
        written = {form for key, said in self.entries.items() for form in (key, _text(said))}
        if not written:
            return None
        patterns = map(_pattern, sorted(written, key=lambda word: (-len(word), word)))
        return re.compile(f"{_BEFORE}(?:{'|'.join(patterns)}){_AFTER}", re.IGNORECASE)


def key_of(word: str) -> str:
    """Return ``word`` in the one form that all its ways of being written share.

    Case, curly apostrophes, typographic hyphens, blanks and composed or decomposed accents make no
    difference; an accent itself does.
    """
    return " ".join(_composed(word).translate(_ONE_FORM).casefold().split())


def layered(*tables: Mapping[str, str]) -> dict[str, str]:
    """Return ``tables`` of words and sounds as one; of two ways to say a word the later wins."""
    merged = {key_of(word): (word, sound) for table in tables for word, sound in table.items()}
    return dict(merged.values())


def check_entry(word: str, sound: str, where: str) -> None:
    """Return if ``sound`` is worth keeping for ``word``: any engine could say it.

    Raises:
        RequestError: As ``Lexicon.of``, or if what stands between slashes is not all IPA; ``where``
            is what it concerns.
    """
    try:
        [said, *_] = _said(word, sound)
    except RequestError as error:
        raise RequestError(error.message, remedy=error.remedy, where=where) from None
    unknown = sorted(set(_NOT_IPA.findall(unicodedata.normalize("NFD", said.ipa))))
    if unknown:
        raise RequestError(
            f"'{sound}' is not IPA for '{word}': {' '.join(unknown)} is no symbol of it",
            remedy="Write its symbols between slashes as /siːoʊˈmɑːɹə/, or syllables as "
            "see-oh-MAR-ah",
            where=where,
        )


def _said(word: str, sound: str) -> tuple[Fragment, ...]:
    """Return what is said for ``word``: one fragment, or one for each word of a name."""
    written = " ".join(_composed(word).split())
    if not _LETTER.search(written) or not written.translate(_JOINERS).isprintable():
        raise RequestError(
            f"{word!r} is not a word",
            remedy="Write one with letters, as people read it",
            field="pronounce",
        )
    in_slashes = _IN_SLASHES.fullmatch(sound.strip())
    if in_slashes and _LETTER.search(in_slashes[1]):
        return (Fragment(written, ipa=in_slashes[1].strip()),)
    respelled = sound.strip().translate(_ONE_FORM)
    if not _RESPELLING.fullmatch(respelled):
        raise RequestError(
            f"'{sound}' is not a way to say '{word}'",
            remedy="Write syllables as see-oh-MAR-ah, or IPA between slashes as /siːoʊˈmɑːɹə/",
            field="pronounce",
        )
    names, sounds = written.split(), respelled.split()
    if len(names) != len(sounds):
        return (Fragment(written, respelling="-".join(sounds)),)
    parts = [Fragment(name, respelling=said) for name, said in zip(names, sounds, strict=True)]
    return tuple(piece for part in parts for piece in (Fragment(" "), part))[1:]


def _joined(spans: Sequence[Span], held: list[Fragment]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of ``spans``, and the stretches of it whose wording a script has settled."""
    text = ""
    settled: list[tuple[int, int]] = []
    for span in spans:
        start = len(text)
        ipa = span.ipa.strip().strip("/").strip()
        if ipa:
            text += _hold(Fragment(_composed(span.text), ipa=ipa), held)
        else:
            text += _composed(span.sub or span.text)
        if span.sub:
            settled.append((start, len(text)))
    return text, tuple(settled)


def _pattern(word: str) -> str:
    """Return what finds ``word`` in a text, whatever its apostrophes, hyphens and blanks."""
    forms = {"'": f"[{_APOSTROPHES}]", "-": f"[{_HYPHENS}]", " ": r"\s+"}
    one_form = word.translate(_ONE_FORM)
    return "".join(forms.get(character) or re.escape(character) for character in one_form)


def _text(said: Sequence[Fragment]) -> str:
    return "".join(fragment.text for fragment in said)


def _composed(text: str) -> str:
    """Return ``text`` in NFC, without the characters that stand for held words."""
    return unicodedata.normalize("NFC", HELD.sub("", text)).strip("\n")


def _hold(fragment: Fragment, held: list[Fragment]) -> str:
    if not fragment.ipa and not fragment.respelling:
        return fragment.text
    if fragment not in held:
        held.append(fragment)
    index = held.index(fragment)
    return chr(_FIRST_HELD + index) if index < _MOST_HELD else fragment.text


def _released(sentence: str, held: list[Fragment]) -> Sentence:
    fragments: list[Fragment] = []
    end = 0
    for found in HELD.finditer(sentence):
        if sentence[end : found.start()]:
            fragments.append(Fragment(sentence[end : found.start()]))
        fragments.append(held[ord(found[0]) - _FIRST_HELD])
        end = found.end()
    if sentence[end:]:
        fragments.append(Fragment(sentence[end:]))
    return Sentence(tuple(fragments))
