"""Phonemes as a Piper voice knows them: those of espeak-ng, which it learnt from."""

from __future__ import annotations

import re
import unicodedata

STRESS = "ˈˌ"

POSSESSIVE = re.compile(r"'s(?!\w)")

_VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ")
_SYLLABLE_MARKS = ".-‿"

_SAME = {"g": "ɡ", "ʧ": "tʃ", "ʤ": "dʒ", "ɝ": "ɜː", "'": "ˈ", ":": "ː"}
"""What people type for an IPA symbol, and the symbol."""

_SAME_IN_ENGLISH = {"r": "ɹ", "ɫ": "l"}
_SAME_IN_AMERICAN = {"ɒ": "ɑ"}
"""Symbols that espeak-ng never gives in English, or in American English, so that no voice learnt
them, and what it gives in their place."""

NOT_SOUNDS = frozenset('_^$.,;:!?"#()-0123456789')
"""Entries of a voice's phoneme map that are marks, rests or tones and not sounds."""


def possessive(phonemes: list[str]) -> list[str]:
    """Return how English says 's after ``phonemes``: Sam's, Pat's, Alex's."""
    last = next((p for p in reversed(phonemes) if p not in STRESS and p != "ː"), "")
    if last in "szʃʒ":
        return ["ᵻ", "z"]
    return ["s"] if last in "ptkfθ" else ["z"]


def stressed_vowels(symbols: list[str]) -> list[str]:
    """Return ``symbols`` with each stress mark right before its vowel.

    Dictionaries put it before the syllable, espeak-ng, from whose phonemes a Piper voice learns,
    before the vowel. Measured: with the mark of /ʃɪˈvɔːn/ where a dictionary has it, the default
    voice's first syllable is the louder one, by 2 dB; before the vowel, the second is, by 8 dB.
    """
    placed: list[str] = []
    mark = ""
    for symbol in symbols:
        if symbol in STRESS:
            mark = symbol
            continue
        if mark and symbol in _VOWELS:
            placed.append(mark)
            mark = ""
        placed.append(symbol)
    return placed


def typed_ipa(ipa: str, espeak_voice: str) -> list[str]:
    """Return the symbols of ``ipa`` as espeak-ng's ``espeak_voice`` would give them."""
    same = dict(_SAME)
    if espeak_voice.startswith("en"):
        same |= _SAME_IN_ENGLISH
    if espeak_voice.startswith("en-us"):
        same |= _SAME_IN_AMERICAN
    typed = unicodedata.normalize("NFD", ipa)
    symbols = [s for t in typed if t not in _SYLLABLE_MARKS for s in same.get(t, t)]
    return stressed_vowels(symbols)
