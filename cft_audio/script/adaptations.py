"""Adaptations: a practice told differently for a common difficulty.

A script asks for each as a truth value (``{% if for_anxiety %}``) and changes its words and
their order by it. What an adaptation changes of pacing and sound is stated here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Adaptation:
    """One adaptation.

    Attributes:
        name: What a person chooses it by.
        unhurried: Factor on the natural length of pauses.
        silence: Factor on the longest elastic pause.
        holds: Whether the breath may be held.
        tone: Whether the breathing tone sounds where it is not asked for by name.
    """

    name: str
    unhurried: float = 1.0
    silence: float = 1.0
    holds: bool = True
    tone: bool = True

    @property
    def variable(self) -> str:
        """The name under which a script asks for it."""
        return "for_" + self.name.replace("-", "_")


_ADAPTATIONS = (
    Adaptation("self-criticism"),  # a harsh inner voice
    Adaptation("anxiety", silence=0.7),  # worry and a busy body
    Adaptation("low-mood", silence=0.8),  # heaviness and little energy
    Adaptation("sleep", unhurried=1.15),  # settling for the night
    # Predictable, choice all along, the breath left alone.
    Adaptation("trauma-sensitive", silence=2 / 3, holds=False, tone=False),
)

ADAPTATIONS = {adaptation.name: adaptation for adaptation in _ADAPTATIONS}
"""Adaptations by name. Long silences and a paced breath are what most often turns a practice
against a person who is anxious or has been hurt (mindful.org, "8 tips and scripts for
trauma-informed mindfulness teaching"); a night-time listener is in no hurry."""
