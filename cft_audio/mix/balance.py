"""How loud tone and bed may be in one session, so that its loudness is that of its voice.

Integrated loudness (ITU-R BS.1770-4) leaves out what lies 10 LU or more below the mean of the
rest. Where a voice speaks a tenth of the time, that mean lies 10 LU below the voice, and a tone
15 LU below it would count: the session would measure quiet and be turned up until the voice
shouts. So the less is said, the further tone and bed step back.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cft_audio.sound.tone import LOUDEST_LUFS
from cft_audio.speech.takes.take import TAKE_LUFS

if TYPE_CHECKING:
    from cft_audio.timeline.events import Timeline

_GATE = 10.0
"""LU between the mean and the gate (BS.1770-4)."""

_MARGIN = 2.5
"""LU kept from the gate: rests inside lines count as speech here, and bed and tone add up."""

_FURTHEST_DB = -12.0
"""Tone and bed step back no further; beyond it they would be lost in a quiet room."""


def ambience_gain(timeline: Timeline) -> float:
    """Return the factor on tone and bed, 1 where much is said and less where little is."""
    spoken = sum(placed.length for placed in timeline.speech)
    share = max(spoken / timeline.length, 1e-3)
    allowed = 10 * math.log10(share) - _GATE - _MARGIN
    excess = (LOUDEST_LUFS - TAKE_LUFS) - allowed
    return float(10 ** (max(_FURTHEST_DB, min(0.0, -excess)) / 20))
