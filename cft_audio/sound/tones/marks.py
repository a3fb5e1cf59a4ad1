"""What marks the turns of a breath: a small bowl, struck, its pitch telling which turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS
from cft_audio.sound.strike import strike

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Breath

PITCHES = {"inhale": 880.0, "full hold": 740.0, "exhale": 554.4, "empty hold": 440.0}
"""Hertz of what marks the beginning of each phase: A5, F#5, C#5 and A4. They lie in A major, as the
tones do, fall from the inhale to the rest, and lie between the swell's harmonics at their turn."""

_LEVELS_DB = {"inhale": -1.0, "full hold": 0.0, "exhale": 1.0, "empty hold": 0.0}
_PEAK_DB = -5.0
"""Peak of a mark in dB full scale, against the loudness of a tone in LUFS."""

_RING_S = 2.0
"""Seconds that a mark rings."""

_SHORTEST = samples(0.5)
"""Samples of a hold or a rest that has a mark: after a shorter one the next turn is there."""


def phases_of(breath: Breath) -> dict[str, range]:
    """Return the samples of each phase that is told apart, counted from the breath's start."""
    lengths = (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)
    phases, start = {}, 0
    for phase, length in zip(PITCHES, lengths, strict=True):
        if length >= _SHORTEST:
            phases[phase] = range(start, start + length)
        start += length
    return phases


def mark_turns(sound: Stereo, breath: Breath, height_db: float = 0.0) -> Stereo:
    """Return the sound of a breath with a mark at each turn, and as much longer as they ring.

    Args:
        sound: The breath, from its first sample on, at its level.
        breath: The same.
        height_db: How much higher the marks stand than usual, where they would be masked.
    """
    ring = samples(_RING_S)
    turns = {phase: place.start for phase, place in phases_of(breath).items()}
    marked = np.zeros((max(len(sound), max(turns.values()) + ring), 2), np.float32)
    marked[: len(sound)] = sound
    for phase, turn in turns.items():
        gain = db_to_gain(LOUDEST_TONE_LUFS + _PEAK_DB + _LEVELS_DB[phase] + height_db)
        marked[turn : turn + ring] += strike(PITCHES[phase], _RING_S) * np.float32(gain)
    return marked
