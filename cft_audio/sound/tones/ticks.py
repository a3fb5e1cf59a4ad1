"""A count for those who want one: a soft knock on wood each second, its pitch telling the phase."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fade_in, fade_out
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS
from cft_audio.sound.strike import add_decay, widen
from cft_audio.sound.tones.curves import draw_for
from cft_audio.sound.tones.marks import PITCHES, phases_of

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Breath

_PARTIALS = ((1.0, 1.0, 0.09), (2.57, 0.3, 0.05), (4.95, 0.1, 0.03))
"""Frequency and level against the first, and seconds in which it falls by 60 dB, of a bar of wood.
An even bar with free ends has 1 : 2.76 : 5.40 (Fletcher and Rossing, "The Physics of Musical
Instruments", chapter 2); this one is a little thinner in its middle."""

_LENGTH, _ATTACK = samples(0.15), samples(0.004)

_FIRST_DB, _OTHERS_DB = 1.0, -3.5
"""Peak of the first knock of a phase and of the others in dB full scale, against the loudness of a
tone in LUFS."""

_LAST = samples(0.5)
"""Samples before a turn in which nothing is counted: the next phase's first knock is near."""


def count_ticks(breath: Breath, seed: int) -> Stereo:
    """Return a knock at the beginning of each phase of a breath, and each second after it.

    It belongs over any tone, or none, and is as loud as the marks of the turns.

    Args:
        breath: The breath; a hold or a rest too short to be marked is not counted.
        seed: Decides how much softer or louder a knock is than the last.
    """
    draw = draw_for(breath, seed)
    ticks = np.zeros((breath.length + _LENGTH, 2), np.float32)
    for phase, within in phases_of(breath).items():
        for place in range(within.start, max(within.start + 1, within.stop - _LAST), SAMPLE_RATE):
            first = place == within.start
            level_db = _FIRST_DB if first else _OTHERS_DB + draw.uniform(-1.0, 1.0)
            gain = np.float32(db_to_gain(LOUDEST_TONE_LUFS + level_db))
            ticks[place : place + _LENGTH] += _knock(PITCHES[phase]) * gain
    return ticks


@lru_cache(maxsize=len(PITCHES))
def _knock(frequency: float) -> Stereo:
    """Return one knock, its peak at full scale; not to be written to."""
    waves = np.zeros(_LENGTH, np.complex64)
    for number, (ratio, level, ring) in enumerate(_PARTIALS):
        side = 1 - 2 * (number % 2)
        rate = complex(-np.log(1000) / ring, side * 2 * np.pi * ratio * frequency) / SAMPLE_RATE
        add_decay(waves, -1j * side * level, rate)
    waves[:_ATTACK] *= fade_in(_ATTACK)
    waves[-_ATTACK:] *= fade_out(_ATTACK)
    knock = widen(waves)
    knock /= np.abs(knock).max()
    knock.flags.writeable = False
    return knock
