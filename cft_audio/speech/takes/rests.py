"""How long a voice rests inside a line, by what it has just said and what it says next.

Readers rest longer before and after long phrases than between short ones (Krivokapić, "Prosodic
planning: Effects of phrasal length and complexity on pause duration", Journal of Phonetics 35,
2007), and a listener needs time for a question, and to see a picture. How much is our own
judgement: over the practices that ship, rests keep the mean that the profile gives and spread by a
quarter of it (measured).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cft_audio.languages.kinds import asks, kind_of
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.languages.pack import Language
    from cft_audio.speech.takes.take import Take
    from cft_audio.speech.voices.profiles import Pauses

_USUAL_PHRASE_S, _USUAL_SENTENCE_S = 1.5, 2.7
"""Seconds of speech, the mean of what lies before and after a rest, at which it is as long as the
profile says."""

_BY_LENGTH = 0.6
"""Power of the length that a rest grows by: four times as much speech, and 2.3 times the rest."""

_LEAST, _MOST = 0.6, 1.5
"""Bounds of that growth."""

_QUESTION, _PICTURE, _GOES_ON = 1.35, 1.2, 0.85
"""Factors on the rest after a question, after a sentence that asks for a picture, and before one
that goes on with the same thought."""


@dataclass(frozen=True)
class Rests:
    """The rests of a line, in seconds.

    Attributes:
        phrases: For each sentence, the rest at each of its breaks.
        sentences: The rest after each sentence but the last.
    """

    phrases: tuple[tuple[float, ...], ...]
    sentences: tuple[float, ...]

    def shorten(self, spare_s: float) -> Rests:
        """Return the rests, in proportion, as long together as ``spare_s`` at most."""
        wanted = sum(map(sum, self.phrases)) + sum(self.sentences)
        factor = min(1.0, max(0.0, spare_s) / wanted) if wanted else 1.0
        return self.scale(factor)

    def scale(self, factor: float) -> Rests:
        """Return the rests, each ``factor`` times as long."""
        return Rests(
            tuple(tuple(rest * factor for rest in rests) for rests in self.phrases),
            tuple(rest * factor for rest in self.sentences),
        )


def plan_rests(said: Sequence[tuple[str, Take]], pauses: Pauses, language: Language) -> Rests:
    """Return how long a voice rests in a line.

    Args:
        said: Text and take of each sentence.
        pauses: How long it rests usually.
        language: The language of the text.
    """
    return Rests(
        tuple(
            tuple(
                pauses.phrase * _by_length(before, after, _USUAL_PHRASE_S)
                for before, after in pairwise(_stretches(take))
            )
            for _, take in said
        ),
        tuple(
            pauses.sentence
            * _by_length(seconds(len(take.pcm)), seconds(len(following.pcm)), _USUAL_SENTENCE_S)
            * _by_kind(text, next_text, language)
            for (text, take), (next_text, following) in pairwise(said)
        ),
    )


def _stretches(take: Take) -> list[float]:
    """Return the seconds of speech between one break and the next."""
    return [seconds(b - a) for a, b in pairwise((0, *take.breaks, len(take.pcm)))]


def _by_length(before_s: float, after_s: float, usual_s: float) -> float:
    growth: float = ((before_s + after_s) / 2 / usual_s) ** _BY_LENGTH
    return min(max(_LEAST, growth), _MOST)


def _by_kind(text: str, following: str, language: Language) -> float:
    if asks(text):
        return _QUESTION
    if kind_of(text, language) == "picture":
        return _PICTURE
    if following.split(maxsplit=1)[0] in language.kinds.goes_on:
        return _GOES_ON
    return 1.0
