"""A hum of soft voices: they open on the inhale, hold with lips nearly closed, and close again.

Six voices sing a chord of D major on the inhale and one of A major on the exhale, as in an amen:
the one leans forward, the other comes home. What makes them voices: a vowel that stays where it is
while the pitch moves, vibrato and drift of each its own, breath, and no harmonics in step.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, seconds
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import rise
from cft_audio.sound.tones.curves import (
    STEP,
    draw_for,
    exhaling,
    held,
    hovering,
    inhaling,
    over_phases,
    spread,
    stay,
    to_samples,
    wander,
)
from cft_audio.sound.tones.level import as_stereo
from cft_audio.sound.tones.marks import mark_turns
from cft_audio.sound.tones.noise import band, cut, make_noise
from cft_audio.sound.tones.waves import make_table, read_waves, turns_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.tones.curves import Points
    from cft_audio.sound.tones.waves import Spectrum, Table
    from cft_audio.timeline.events import Breath

    Formants: TypeAlias = tuple[tuple[float, float, float], ...]
    """Each formant's frequency and width in Hz, and its level in dB."""

_LOUDEST_LUFS = 8.8
"""Measured, as ``as_stereo`` needs it."""

_MARKS_DB = 3.0
"""How much higher its marks stand: their pitches are among those that are sung."""


class _Voice(NamedTuple):
    """Its note in Hz on the inhale and on the exhale, level, and how far it stands to the left."""

    into: float
    out: float
    level: float
    across: float


_CHOIR = (
    _Voice(110.0, 110.0, 0.8, 0.05),
    _Voice(146.8, 138.6, 1.0, -0.35),
    _Voice(185.0, 164.8, 0.9, 0.4),
    _Voice(220.0, 220.0, 0.8, -0.15),
    _Voice(220.0, 164.8, 0.6, -0.4),
    _Voice(293.7, 277.2, 0.5, 0.3),
)
"""A2, D3, F#3, A3, A3, D4, and on the exhale A2, C#3, E3, A3, E3, C#4: most hardly move, and all of
them downwards. None stands further out than costs 0.7 dB in mono."""

_OO = ((320.0, 126.0, 0.0), (700.0, 183.0, -7.0), (2400.0, 558.0, -34.0))
_OH = ((400.0, 156.0, -5.0), (590.0, 170.0, 0.0), (960.0, 241.0, -6.0), (2600.0, 627.0, -28.0))
"""A closed "oo" and an "oh" on its way to "ah", near to what Peterson and Barney (1952) measured
of men, and twice as wide: several throats are no two alike."""

_HIGHEST_HZ = 3200.0
"""No harmonic lies above: soft voices have little there, and a buzz begins there."""

_BREATH, _BREATH_BAND = 0.06, band(200, 5000, tilt=0)
"""Level and band of the air that voices let through, before it takes on their vowel."""

_FLOOR, _POWER = 0.42, 0.7
"""Level at which a phase begins and ends, 8 dB below its loudest, and how soon it grows."""

_COMES_S, _GOES_S, _SLIDES_S = 0.35, 0.4, 0.22
"""Seconds in which the voices come, go, and slide from one chord into the other."""

_SINKS, _WAVERS = 0.25, 0.3
"""By how much they are softer while the breath is held, and waver."""


def sound_hum(breath: Breath, seed: int) -> Stereo:
    """Return one breath of the hum."""
    draw = draw_for(breath, seed)
    into, out = inhaling(_FLOOR, _POWER, _COMES_S), exhaling(_FLOOR, _POWER, _GOES_S)
    level = over_phases(breath, (into, hovering(_SINKS, _WAVERS), out, stay(0.0)))
    opening = over_phases(
        breath,
        (
            lambda w: rise(w.share),
            lambda w: 1 - held(w),
            lambda w: rise(1 - w.share),
            stay(0.0),
        ),
    )
    length = breath.length
    middle, side = np.zeros(length, np.float32), np.zeros(length, np.float32)
    for number, voice in enumerate(_CHOIR):
        turns = turns_at(_sing(voice, breath, len(level), draw), draw.random(), length)
        waves = read_waves(_table(number), turns)
        wave = waves[:, 0] + waves[:, 1] * to_samples(opening * draw.uniform(0.85, 1.0), length)
        alive = voice.level * (1 + 0.12 * wander(draw, len(level), 1.3))
        wave *= to_samples(level * alive, length)
        middle += wave
        side += np.float32(voice.across) * wave
    air = cut(_air(seed), draw, length) * to_samples(_BREATH * level, length)[:, None]
    middle += air[:, 0]
    side += np.float32(0.4) * air[:, 1]
    side *= to_samples(spread(breath), length)
    return mark_turns(as_stereo(middle, side, _LOUDEST_LUFS), breath, _MARKS_DB)


def _sing(voice: _Voice, breath: Breath, count: int, draw: np.random.Generator) -> Points:
    """Return the pitch of a voice, in Hz: it slides from one note to the other at the turn."""
    time = np.arange(count) * (STEP / SAMPLE_RATE)
    turn = seconds(breath.inhale + breath.full_hold) + draw.uniform(0.0, 0.06)
    moved = rise(np.clip((time - turn) / _SLIDES_S, 0, 1))
    rate = draw.uniform(4.5, 5.3) + 0.25 * wander(draw, count, 2.0)
    vibrato = np.sin(2 * np.pi * (np.cumsum(rate) * (STEP / SAMPLE_RATE) + draw.random()))
    vibrato *= draw.uniform(7.0, 13.0) * (1 + 0.4 * wander(draw, count, 3.0))
    # Nobody's vibrato is there from the first moment, and nobody hits a note from the start.
    cents = vibrato * np.minimum(1, time / 1.5) - 30 * np.exp(-4 * time) + draw.uniform(-5.0, 5.0)
    cents += 5 * wander(draw, count, 4.0) + 2.5 * wander(draw, count, 0.25)
    return np.asarray(voice.into * np.exp2(np.log2(voice.out / voice.into) * moved + cents / 1200))


@lru_cache(maxsize=len(_CHOIR))
def _table(number: int) -> Table:
    """Return a voice's closed vowel, and what to add for its open one."""
    draw = np.random.Generator(np.random.PCG64(number))
    voice = _CHOIR[number]
    pitch = (voice.into + voice.out) / 2
    numbers = np.arange(1, int(_HIGHEST_HZ / pitch) + 1)
    # The formants of a large throat lie lower, those of a small one higher.
    hertz = numbers * pitch / draw.uniform(0.95, 1.05)
    closed, opened = (_vowel(hertz, formants) * numbers**-0.4 for formants in (_OO, _OH))
    return make_table((closed, opened - closed), draw)


def _vowel(hertz: NDArray[np.floating[Any]], formants: Formants) -> Spectrum:
    """Return how loud a vowel is at a frequency."""
    peaks = (
        db_to_gain(level_db) / (1 + ((hertz - centre) / width) ** 2)
        for centre, width, level_db in formants
    )
    return np.asarray(sum(peaks))


@lru_cache(maxsize=1)
def _air(seed: int) -> Stereo:
    """Return the air of voices without end, its two channels independent."""
    return make_noise(lambda hertz: _BREATH_BAND(hertz) * _vowel(hertz, _OH), seed)
