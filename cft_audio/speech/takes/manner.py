"""How a part is said by a voice: plainly, or as the figure's words are by the guide's voice."""

from __future__ import annotations

from dataclasses import dataclass, field

from cft_audio.speech.voices.warmth import Warmth


@dataclass(frozen=True)
class Manner:
    """What is changed of a voice for one part.

    Attributes:
        tempo: Factor on how long a sentence takes.
        level_db: Loudness beside the level of all takes, in LU.
        rests: Factor on the rests inside a line.
        warmth: What is added to the voice's own chain.
    """

    tempo: float = 1.0
    level_db: float = 0.0
    rests: float = 1.0
    warmth: Warmth = field(default_factory=Warmth)


PLAIN = Manner()

GENTLER = Manner(tempo=1.06, level_db=-0.6, rests=1.3, warmth=Warmth(tilt=5.0, room=0.1))
"""The figure's words in the guide's voice."""
