"""The spoken cues of guided breaths: what is said on the turns, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.languages.registry import language_of
from cft_audio.script.cues import BreathCues, Line, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.script.practice import Practice

CUE_SHARE = 0.55
"""How much of its phase a spoken cue is stretched towards, so that most of a breath is quiet."""

CUE_LONGEST = 2.4
"""Seconds a spoken cue is stretched to at most: longer is drawn out rather than calm."""

_ENOUGH = 3
"""Cues that take turns at least: with fewer wordings each has several takes, so that the ear does
not learn one by heart and stop listening."""


def breath_cues_of(practice: Practice, inhale_s: float, exhale_s: float) -> BreathCues:
    """Return the spoken cues of a practice or its language, stretched to what there is room for.

    Args:
        practice: The practice.
        inhale_s: Seconds of the session's shortest inhale.
        exhale_s: Seconds of its shortest exhale.
    """
    words, language = practice.breath_words, language_of(practice.language)
    return BreathCues(
        _stretch(words.inhale or language.breath_in, inhale_s),
        _stretch(words.exhale or language.breath_out, exhale_s),
    )


def _stretch(texts: Sequence[str], phase_s: float) -> tuple[Line, ...]:
    fill = round(min(CUE_LONGEST, phase_s * CUE_SHARE), 2)
    takes = range(-(-_ENOUGH // len(texts)))
    return tuple(Line((Span(text),), fill=fill, take=take) for take in takes for text in texts)
