"""The spoken cues of guided breaths: what is said on the turns, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.script.cues import Line, Span

if TYPE_CHECKING:
    from cft_audio.script.practice import BreathWords

CUE_SHARE = 0.55
"""How much of its phase a spoken cue is stretched towards, so that most of a breath is quiet."""

CUE_LONGEST = 2.4
"""Seconds a spoken cue is stretched to at most: longer is drawn out rather than calm."""


@dataclass(frozen=True)
class BreathCues:
    """The lines of the spoken breath cues: the first breath's, then the following ones'."""

    inhale: tuple[Line, ...]
    exhale: tuple[Line, ...]

    @classmethod
    def of(cls, words: BreathWords, inhale_s: float, exhale_s: float) -> BreathCues:
        """Return the lines for ``words``, stretched to what the phases have room for.

        Args:
            words: What is said.
            inhale_s: Seconds of the session's shortest inhale.
            exhale_s: Seconds of its shortest exhale.
        """
        return cls(
            tuple(_cue_line(text, inhale_s) for text in words.inhale or ()),
            tuple(_cue_line(text, exhale_s) for text in words.exhale or ()),
        )


def _cue_line(text: str, phase_s: float) -> Line:
    return Line((Span(text),), fill=round(min(CUE_LONGEST, phase_s * CUE_SHARE), 2))
