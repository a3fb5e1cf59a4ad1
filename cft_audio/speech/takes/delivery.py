"""How a voice says its lines: plainly, or as the guide's voice says the figure's words."""

from __future__ import annotations

from dataclasses import dataclass, field

from cft_audio.speech.voices.warmth import Warmth


@dataclass(frozen=True)
class Delivery:
    """What is changed of a voice for the lines of one speaker.

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


GENTLER = Delivery(tempo=1.06, level_db=-0.6, rests=1.3, warmth=Warmth(tilt=5.0, room=0.1))
"""The figure's words in the guide's voice."""
