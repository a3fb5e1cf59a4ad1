"""How words are said: a lexicon of respellings and IPA, and a line as what an engine says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.speech.engine import Fragment, Sentence
from cft_audio.speech.text import HELD, sentences, speakable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.script.cues import Line, Span

_FIRST_HELD = 0xE100
_MOST_HELD = 0x100
_SYLLABLE = r"[ ']*[A-Za-z][A-Za-z' ]*"
_RESPELLING = re.compile(rf"{_SYLLABLE}(?:-{_SYLLABLE})*")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Lexicon:
    """Words and how they sound, found whole and whatever their case.

    Attributes:
        entries: A fragment for each word, by the word in small letters.
    """

    entries: Mapping[str, Fragment]

    @classmethod
    def of(cls, *tables: Mapping[str, str]) -> Lexicon:
        """Return the lexicon of ``tables`` of words and sounds; a later table wins.

        A sound is IPA between slashes, ``/siːoʊˈmɑːɹə/``, or a respelling whose syllables are
        parted by hyphens and whose stressed one is in capitals, ``see-oh-MAR-ah``; without
        capitals the first is stressed.

        Raises:
            RequestError: If a sound is neither, or a word has no letter in it.
        """
        return cls(
            {
                word.casefold(): _entry(word, sound)
                for table in tables
                for word, sound in ((_composed(word), sound) for word, sound in table.items())
            }
        )

    def sentences(self, line: Line) -> tuple[Sentence, ...]:
        """Return what an engine says for ``line``, empty where nothing of it can be said."""
        held: list[Fragment] = []
        text = "".join(self._held(span, held) for span in line.spans)
        return tuple(_released(sentence, held) for sentence in sentences(speakable(text)))

    def _held(self, span: Span, held: list[Fragment]) -> str:
        if _symbols(span.ipa):
            return _hold(Fragment(_composed(span.text), ipa=_symbols(span.ipa)), held)
        if span.sub:
            return _composed(span.sub)
        text = _composed(span.text)
        if not self.entries:
            return text
        words = sorted((entry.text for entry in self.entries.values()), key=len, reverse=True)
        return re.sub(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)",
            lambda found: self._looked_up(found, held),
            text,
            flags=re.IGNORECASE,
        )

    def _looked_up(self, found: re.Match[str], held: list[Fragment]) -> str:
        # Where case is ignored, Turkish letters match that are not the same word; and a vowel
        # sign of an Indic script continues a word without being a letter.
        entry = self.entries.get(found[0].casefold())
        continues = unicodedata.category(found.string[found.end() :][:1] or " ").startswith("M")
        return found[0] if entry is None or continues else _hold(entry, held)


def _composed(text: str) -> str:
    """Return ``text`` in NFC, without the characters that stand for held words."""
    return unicodedata.normalize("NFC", HELD.sub("", text)).strip("\n")


def _hold(fragment: Fragment, held: list[Fragment]) -> str:
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


def _entry(word: str, sound: str) -> Fragment:
    if not _LETTER.search(word):
        raise RequestError(
            f"'{word}' is not a word", remedy="Write WORD=SOUND", where="--pronounce"
        )
    if len(sound) > 2 and sound.startswith("/") and sound.endswith("/"):  # noqa: PLR2004 -- both slashes
        return Fragment(word, ipa=_symbols(sound))
    if _RESPELLING.fullmatch(sound):
        return Fragment(word, respelling=sound)
    raise RequestError(
        f"'{sound}' is not a way to say '{word}'",
        remedy="Write syllables as see-oh-MAR-ah, or IPA between slashes as /siːoʊˈmɑːɹə/",
        where="--pronounce",
    )


def _symbols(ipa: str) -> str:
    return ipa.strip().strip("/").strip()
