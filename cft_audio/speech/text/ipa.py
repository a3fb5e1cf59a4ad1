"""Phonemes as a Piper voice knows them: those of espeak-ng, which it learnt from."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cft_audio.errors import EngineError
from cft_audio.languages.registry import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cft_audio.languages.pack import Language
    from cft_audio.speech.engines.engine import Fragment

STRESS = "ˈˌ"

_VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ")
_SYLLABLE_MARKS = ".-‿"

_SAME = {"g": "ɡ", "ʧ": "tʃ", "ʤ": "dʒ", "ɝ": "ɜː", "'": "ˈ", ":": "ː"}
"""What people type for an IPA symbol, and the symbol."""

NOT_SOUNDS = frozenset('_^$.,;:!?"#()-0123456789')
"""Entries of a voice's phoneme map that are marks, rests or tones and not sounds."""


def spoken_ending(
    text: str, phonemes: Sequence[str], language: Language
) -> tuple[str, tuple[str, ...]]:
    """Return the ending of a word that ``text`` begins with, such as 's, and how it is said.

    Args:
        text: What follows the word.
        phonemes: How the word is said.
        language: The language of the voice.

    Returns:
        The ending as it is written, and its phonemes; both empty if there is none.
    """
    last = next((p for p in reversed(phonemes) if p not in STRESS and p != "ː"), "")
    for written, ending in language.sounds.endings.items():
        if last and re.match(rf"{re.escape(written)}(?!\w)", text):
            fitting = (s for after, s in ending.sounds.items() if last in after or not after)
            return written, tuple(next(fitting))
    return "", ()


def starts_with_vowel(symbols: Iterable[str]) -> bool:
    """Return whether the first of ``symbols`` that is no stress mark is a vowel."""
    return next((symbol for symbol in symbols if symbol not in STRESS), "") in _VOWELS


def stressed_vowels(symbols: list[str]) -> list[str]:
    """Return ``symbols`` with each stress mark right before its vowel.

    Dictionaries put it before the syllable, espeak-ng, from whose phonemes a Piper voice learns,
    before the vowel. Measured: with the mark of /ʃɪˈvɔːn/ where a dictionary has it, the default
    voice's first syllable is the louder one, by 2 dB; before the vowel, the second is, by 8 dB.
    """
    placed: list[str] = []
    mark: list[str] = []
    for symbol in symbols:
        if symbol in STRESS:
            mark = [symbol]
        elif symbol in _VOWELS:
            placed += [*mark, symbol]
            mark = []
        else:
            placed.append(symbol)
    return placed


def typed_ipa(ipa: str, espeak_voice: str) -> list[str]:
    """Return the symbols of ``ipa`` as espeak-ng's ``espeak_voice`` would give them."""
    sounds = language_of(espeak_voice).sounds
    same = _SAME | dict(sounds.typed)
    typed = unicodedata.normalize("NFD", ipa)
    for variety in sounds.typed_in.values():
        if espeak_voice.startswith(variety.name):
            for never_given, given in variety.typed.items():
                typed = re.sub(never_given, given, typed)
    return stressed_vowels([s for t in typed if t not in _SYLLABLE_MARKS for s in same.get(t, t)])


def check_symbols(fragment: Fragment, unknown: Iterable[str]) -> None:
    """Check that a voice knows every symbol of a fragment's IPA.

    Raises:
        EngineError: If there are ``unknown`` ones; it names them.
    """
    if symbols := ", ".join(sorted(unknown)):
        sound = f"/{fragment.ipa}/ of '{fragment.text}'"
        remedy = "Use the symbols of English in the International Phonetic Alphabet"
        raise EngineError(f"the voice does not know {symbols} in the sound {sound}", remedy=remedy)
