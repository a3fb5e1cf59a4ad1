"""Warmth: what a profile may ask of a gentle voice chain.

Its fields are the keys of a profile's ``[warmth]``, in words for a person; the chain itself speaks
of a high shelf (``tilt``) and of reverb (``room``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Band:
    """One band of an equaliser, which raises or lowers what lies around a frequency.

    Attributes:
        name: What a profile calls it.
        hz: The middle of the band, in Hz.
        db: How much is raised there; below 0, lowered.
        q: The middle beside the width of the band between its half gains, in dB.
    """

    name: str
    hz: float = field(metadata={"range": (40.0, 16_000.0)})
    db: float = field(metadata={"range": (-15.0, 15.0)})
    q: float = field(default=1.0, metadata={"range": (0.3, 6.0)})


@dataclass(frozen=True)
class Warmth:
    """What a profile says of its voice chain; nothing is done to a voice that says nothing.

    Attributes:
        high_pass: Hz below which rumble and a close microphone's boom are taken out; 0 for none.
        tilt: A high shelf: how many dB softer the brightest sounds are than the lowest, half of it
            reached at ``voice_chain.HIGH_SHELF_HZ``; what takes the edge off the sounds of s.
        eq: Bands of an equaliser, for what a model left out of a voice.
        rotation: Hz around which phases are turned, 0 for none: the pulses of a voice become less
            peaked, and nothing else of it is heard to change. Broadcasters do it before a limiter.
        compression: Ratio by which the loud parts of a sentence are drawn towards the rest of it;
            1 for none.
        room: Reverb: level of a small room's sound beside the voice's own, as a factor on its
            amplitude; 0 for none.
    """

    high_pass: float = field(default=0.0, metadata={"range": (0.0, 150.0)})
    tilt: float = field(default=0.0, metadata={"range": (0.0, 12.0)})
    eq: Mapping[str, Band] = field(default_factory=dict, metadata={"tables": Band})
    rotation: float = field(default=0.0, metadata={"range": (0.0, 1_000.0)})
    compression: float = field(default=1.0, metadata={"range": (1.0, 4.0)})
    room: float = field(default=0.0, metadata={"range": (0.0, 0.5)})

    def combine(self, more: Warmth) -> Warmth:
        """Return this chain with that of ``more`` on top: tilts add up, else the stronger holds."""
        return Warmth(
            max(self.high_pass, more.high_pass),
            self.tilt + more.tilt,
            {**self.eq, **more.eq},
            max(self.rotation, more.rotation),
            max(self.compression, more.compression),
            max(self.room, more.room),
        )
