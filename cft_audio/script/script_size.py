"""How much of everything a rendered script may have: no practice has more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.script.cues import Breathe, Pause, Say, TimeFor
from cft_audio.script.practice import LONGEST_LETTER
from cft_audio.script.time_given import least_s

if TYPE_CHECKING:
    from cft_audio.script.cues import Cue

LONGEST_S = 3 * 3600.0
"""Seconds that no practice lasts: the sittings of mindfulness courses take 45 minutes (MBSR)."""

MOST_CHARACTERS = 18 * LONGEST_LETTER
"""Characters that are spoken in these three hours: a letter takes ten minutes."""

MOST_CUES = 5000
"""Cues and chapters of a script: one every two seconds of them."""

_QUICKEST_BREATH_S = 5.0
"""Seconds of the quickest breath that is guided, at twelve a minute."""


@dataclass
class Size:
    """How much was read so far.

    Attributes:
        cues: Cues and chapters.
        characters: Characters that are spoken.
        fixed_s: Seconds of fixed silence, of time that marks give at least, and of fixed breaths.
    """

    cues: int = 0
    characters: int = 0
    fixed_s: float = 0.0

    def add(self, cue: Cue) -> None:
        """Take note of one more cue."""
        self.cues += 1
        match cue:
            case Say(line):
                self.characters += len(line.text)
            case Pause(seconds):
                self.fixed_s += seconds
            case TimeFor():
                self.fixed_s += least_s(cue)
            case Breathe(breaths):
                self.fixed_s += breaths * _QUICKEST_BREATH_S

    @property
    def fault(self) -> str:
        """What it has too much of; empty for nothing."""
        if self.cues > MOST_CUES:
            return f"more than {MOST_CUES} cues"
        if self.characters > MOST_CHARACTERS:
            return "more words than three hours hold"
        return "more than three hours of silence and breaths" if self.fixed_s > LONGEST_S else ""
