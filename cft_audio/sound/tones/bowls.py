"""Singing bowls: one is struck at each turn, and two are rubbed around their rims between turns.

The bowl of the inhale is rubbed louder and louder, that of the exhale is let go. While the breath
is held nothing is rubbed, and what was only rings. They ring on under the breaths that follow.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.strike import draw_blow, rub_bowl, strike_bowl, widen
from cft_audio.sound.tones.curves import (
    STEP,
    come_up,
    draw_for,
    exhaling,
    inhaling,
    over_phases,
    spread,
    stay,
    to_samples,
    wander,
)
from cft_audio.sound.tones.level import leveling_gain
from cft_audio.sound.tones.marks import phases_of

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.sound.tones.curves import Points, Way
    from cft_audio.timeline.events import Breath

_LOUDEST_LUFS = 1.7
"""Measured, as ``leveling_gain`` needs it."""

PITCHES = {"inhale": 329.6, "full hold": 277.2, "exhale": 220.0, "empty hold": 164.8}
"""Hertz of the bowl struck at each turn: E4, C#4, A3 and E3, in tune with the drone."""

_CENTS = 2.5
"""How far a bowl is out of tune at most: nobody hears it, and no two breaths are in step."""

_LEVELS = {"inhale": 0.5, "full hold": 0.5, "exhale": 0.8, "empty hold": 0.6}

_RINGS_S = {"inhale": 24.0, "full hold": 20.0, "exhale": 28.0, "empty hold": 24.0}
"""Seconds in which a bowl's lowest partial falls by 60 dB: metal bowls ring for 20 to 60."""

_ATTACK_S = 0.01
"""Seconds in which a felt mallet lets a bowl speak."""

_RUBBED = 0.75
"""Level of a bowl that is rubbed, against one that is struck."""

_FLOOR, _POWER = 0.34, 0.8
"""Level at which rubbing begins and ends, 9 dB below its loudest, and how soon it grows."""

_COMES_S, _GOES_S = 0.8, 0.4
"""Seconds in which rubbing is heard, and in which the mallet is taken away."""

_ROUNDS_HZ = 1.1
"""How often a mallet goes around the rim in a second; the bowl is loudest twice a round."""


def sound_bowls(breath: Breath, seed: int) -> Stereo:
    """Return one breath of the bowls, until the last of them has rung out."""
    draw = draw_for(breath, seed)
    turns = {phase: place.start for phase, place in phases_of(breath).items()}
    into, out = inhaling(_FLOOR, _POWER, _COMES_S), exhaling(_FLOOR, _POWER, _GOES_S)
    rubbed = {
        "inhale": over_phases(breath, (into, _let_ring, stay(0.0), stay(0.0))),
        "exhale": over_phases(
            breath, (stay(0.0), stay(0.0), lambda w: out(w) * _touch(w), stay(0.0))
        ),
    }
    wide = to_samples(spread(breath), breath.length)
    length = max(place + samples(_RINGS_S[phase]) for phase, place in turns.items())
    waves = np.zeros(max(length, breath.length), np.complex64)
    for phase, place in turns.items():
        blow = draw_blow(draw)
        hertz = PITCHES[phase] * 2 ** (draw.uniform(-_CENTS, _CENTS) / 1200)
        bowl = strike_bowl(hertz, _RINGS_S[phase], _ATTACK_S, blow)
        bowl *= np.float32(_LEVELS[phase] * draw.uniform(0.95, 1.05))
        bowl.imag *= _narrow(len(bowl))
        waves[place : place + len(bowl)] += bowl
        if phase in rubbed:
            gain = to_samples(rubbed[phase] * _go_round(draw, len(rubbed[phase])), breath.length)
            bowl = rub_bowl(hertz, breath.length - place, blow) * gain[place:]
            bowl.imag *= wide[place:]
            waves[place : breath.length] += bowl
    return widen(waves) * leveling_gain(_LOUDEST_LUFS)


@lru_cache(maxsize=len(_RINGS_S))
def _narrow(length: int) -> Mono:
    """Return how wide a bowl rings: within two seconds 10 dB less than when it was struck.

    So the next one to be struck is alone in the difference of the channels.
    """
    time = np.arange(length, dtype=np.float32) / np.float32(SAMPLE_RATE)
    return np.asarray(0.3 + 0.7 * np.exp(-time / 0.7), np.float32)


def _go_round(draw: np.random.Generator, count: int) -> Points:
    """Return how strongly a bowl is rubbed: more and less as the mallet goes around."""
    rounds = np.cumsum(_ROUNDS_HZ + 0.25 * wander(draw, count, 3.0)) * (STEP / SAMPLE_RATE)
    around = 0.14 * np.sin(4 * np.pi * (rounds + draw.random()))
    return np.asarray(_RUBBED * (1 + around + 0.1 * wander(draw, count, 1.2)))


def _touch(way: Way) -> Points:
    """Return how a mallet is put to the rim of a bowl that was just struck."""
    return come_up(way, 0.1)


def _let_ring(way: Way) -> Points:
    """Return the level of a bowl that is rubbed no more."""
    return np.asarray(np.exp(-0.5 * way.since) * come_up(way.backwards, 0.3))
