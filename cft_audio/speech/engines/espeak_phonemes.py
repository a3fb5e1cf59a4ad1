"""A sentence as the phonemes of espeak-ng, which the neural voices learnt from."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from cft_audio.speech.text.ipa import STRESS, spoken_ending, starts_with_vowel, stressed_vowels
from cft_audio.speech.text.respelling import syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cft_audio.languages.pack import Language
    from cft_audio.speech.engines.engine import Fragment, Sentence

_EDGES = re.compile(r"\A([\s,;:.!?]*)(.*?)(\s*)\Z", re.DOTALL)
"""Punctuation and blanks before a stretch of text, the text, and blanks after it."""

_CONSONANT_WORD, _VOWEL_WORD = " moon", " arm"
"""Words that stand for one whose sound is given: with no word behind it, espeak-ng says "a" as the
letter and "to" as "too", and before a vowel it says "the" otherwise."""


def sentence_phonemes(
    sentence: Sentence,
    language: Language,
    *,
    phonemize: Callable[[str], Iterable[list[str]]],
    sounds: Callable[[Fragment], list[str]],
) -> list[str]:
    """Return the phonemes of ``sentence``, with its marks and blanks among them.

    Args:
        sentence: What is said.
        language: The language of the voice.
        phonemize: Gives the phonemes of a text, a list for each sentence in it.
        sounds: Gives those of a fragment's IPA.

    Raises:
        EngineError: If ``sounds`` does.
    """
    given = {
        fragment: sounds(fragment) if fragment.ipa else _respelled(fragment.respelling, phonemize)
        for fragment in sentence.fragments
        if fragment.ipa or fragment.respelling
    }
    phonemes: list[str] = []
    following = [*(given.get(fragment, []) for fragment in sentence.fragments[1:]), []]
    for fragment, after in zip(sentence.fragments, following, strict=True):
        if fragment in given:
            phonemes += given[fragment]
        else:
            ending, sound = spoken_ending(fragment.text, phonemes, language)
            written = fragment.text.removeprefix(ending)
            phonemes += [*sound, *_read(written, after, phonemize)]
    return phonemes


def _read(
    written: str, after: Sequence[str], phonemize: Callable[[str], Iterable[list[str]]]
) -> list[str]:
    """Return the phonemes of a stretch of text before the phonemes ``after``."""
    # The phonemiser drops the punctuation and blanks that part a stretch from its neighbours.
    [(lead, text, trail)] = _EDGES.findall(written)
    stands_before_a_word = bool(after and trail and text[-1:].isalnum())
    if stands_before_a_word:
        text += _VOWEL_WORD if starts_with_vowel(after) else _CONSONANT_WORD
    found = [p for sentence in phonemize(text) for p in [*sentence, " "]][:-1]
    if stands_before_a_word:
        found = found[: len(found) - found[::-1].index(" ") - 1]
    return [*lead, *found, *(trail if found[-1:] != [" "] else "")]


def _respelled(respelling: str, phonemize: Callable[[str], Iterable[list[str]]]) -> list[str]:
    """Return the phonemes of syllables, the one in capitals stressed, or else the first."""
    phonemes: list[str] = []
    for spelled, stressed in syllables(respelling):
        spoken = chain.from_iterable(phonemize(spelled))
        plain = [phoneme for phoneme in spoken if phoneme not in f"{STRESS}.,;:!?"]
        phonemes += stressed_vowels(["ˈ", *plain]) if stressed else plain
    return phonemes
