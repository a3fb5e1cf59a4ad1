"""How a session is mixed: everything decided, nothing rendered.

Integrated loudness (ITU-R BS.1770-4) leaves out what lies 10 LU or more below the mean of the
rest. Where a voice speaks a tenth of the time, that mean lies 10 LU below the voice, and a tone
15 LU below it would count: the session would measure quiet and be turned up until the voice
shouts. So the less is said, the further tone and bed step back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.signal.audio import samples
from cft_audio.signal.decibels import power_to_db
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS, TAKE_LUFS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.timeline.events import Placed, Timeline

    Spans: TypeAlias = tuple[tuple[int, int], ...]
    """Stretches of a session: first sample and the one after the last, in order."""

ATTACK, RELEASE = samples(0.35), samples(1.2)
"""Samples in which tone and bed give way before a line and come back after it."""

_GATE = 10.0
"""LU between the mean and the gate (BS.1770-4)."""

_MARGIN = 2.5
"""LU kept from the gate: rests inside lines count as speech here, and bed and tone add up."""

_FURTHEST_DB = -12.0
"""Tone and bed step back no further; beyond it they would be lost in a quiet room."""


@dataclass(frozen=True)
class MixPlan:
    """Everything that the mix of a session follows from, but for the clips' samples.

    Attributes:
        timeline: Where everything lies.
        tone: Character of the breathing tone, one of ``sound.names.TONES``.
        bed: One of ``sound.names.BEDS``, or a sound file.
        seed: Decides the noises.
        ambience_gain_db: Level of tone and bed beside their reference levels, at most 0.
        ducked: Where both are fully down, by ``DUCKING_DB``, to make room for the voice.
    """

    timeline: Timeline
    tone: str
    bed: str
    seed: int
    ambience_gain_db: float
    ducked: Spans


def plan_mix(timeline: Timeline, tone: str, bed: str, seed: int) -> MixPlan:
    """Return how ``timeline`` is mixed.

    Args:
        timeline: Where everything lies.
        tone: One of ``sound.names.TONES``.
        bed: One of ``sound.names.BEDS``, or the path of a sound file.
        seed: Decides the noises.
    """
    gain_db = _ambience_gain_db(timeline)
    return MixPlan(timeline, tone, bed, seed, gain_db, plan_ducking(timeline.speech))


def _ambience_gain_db(timeline: Timeline) -> float:
    """Return the level of tone and bed: 0 where much is said and less where little is."""
    spoken = sum(placed.length for placed in timeline.speech)
    share = max(spoken / timeline.length, 1e-3)
    allowed = power_to_db(share) - _GATE - _MARGIN
    excess = (LOUDEST_TONE_LUFS - TAKE_LUFS) - allowed
    return max(_FURTHEST_DB, min(0.0, -excess))


def plan_ducking(speech: Iterable[Placed]) -> Spans:
    """Return where tone and bed make room for ``speech``, every clip at its place, in order."""
    spans: list[tuple[int, int]] = []
    for placed in speech:
        start, stop = placed.start, placed.start + placed.length
        # Lines so near to each other that the level would only begin to come back are one.
        if spans and start - ATTACK < spans[-1][1] + RELEASE // 2:
            start, stop = spans[-1][0], max(stop, spans[-1][1])
            spans.pop()
        spans.append((start, stop))
    return tuple(spans)
