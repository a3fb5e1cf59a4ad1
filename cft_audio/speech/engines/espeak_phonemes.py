"""A sentence as the phonemes of espeak-ng, which the neural voices learnt from."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from cft_audio.speech.text.ipa import STRESS, spoken_ending, stressed_vowels
from cft_audio.speech.text.respelling import syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cft_audio.languages.pack import Language
    from cft_audio.speech.engines.engine import Fragment, Sentence

_EDGES = re.compile(r"\A([\s,;:.!?]*)(.*?)(\s*)\Z", re.DOTALL)
"""Punctuation and blanks before a stretch of text, the text, and blanks after it."""


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
    phonemes: list[str] = []
    for fragment in sentence.fragments:
        if fragment.ipa:
            phonemes += sounds(fragment)
        elif fragment.respelling:
            phonemes += _respelled(fragment.respelling, phonemize)
        else:
            ending, sound = spoken_ending(fragment.text, phonemes, language)
            phonemes += [*sound, *_read(fragment.text.removeprefix(ending), phonemize)]
    return phonemes


def _read(written: str, phonemize: Callable[[str], Iterable[list[str]]]) -> list[str]:
    # The phonemiser drops the punctuation and blanks that part a stretch from its neighbours.
    [(lead, text, trail)] = _EDGES.findall(written)
    found = [p for sentence in phonemize(text) for p in [*sentence, " "]][:-1]
    return [*lead, *found, *(trail if found[-1:] != [" "] else "")]


def _respelled(respelling: str, phonemize: Callable[[str], Iterable[list[str]]]) -> list[str]:
    """Return the phonemes of syllables, the one in capitals stressed, or else the first."""
    phonemes: list[str] = []
    for spelled, stressed in syllables(respelling):
        spoken = chain.from_iterable(phonemize(spelled))
        plain = [phoneme for phoneme in spoken if phoneme not in f"{STRESS}.,;:!?"]
        phonemes += stressed_vowels(["ˈ", *plain]) if stressed else plain
    return phonemes
