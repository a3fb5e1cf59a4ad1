"""Ocean waves: one draws in with the inhale, hangs while the breath is held, breaks and runs out.

What draws in is smooth and grows from the deep upwards; what runs out fizzes: its foam is made of
bubbles. In the rest only the sea itself is left, which is never quite silent.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.gain import apply_gain, fall
from cft_audio.sound.tones.curves import (
    come_up,
    draw_for,
    flutter,
    grow,
    over_phases,
    spread,
    stay,
    to_samples,
    wander,
)
from cft_audio.sound.tones.level import as_stereo
from cft_audio.sound.tones.marks import mark_turns
from cft_audio.sound.tones.noise import LENGTH, band, cut, make_noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.sound.tones.curves import Curve, Points, Way
    from cft_audio.timeline.events import Breath

_LOUDEST_LUFS = 6.0
"""Measured, as ``as_stereo`` needs it."""

_MARKS_DB = 3.0
"""How much higher its marks stand: noise masks more than a tone does."""

_BANDS = (band(50, 420, tilt=-0.6), band(330, 2000, tilt=-0.7), band(1300, 8000, tilt=-0.8))
"""Of the deep, the wash and the spray; each begins where the one below it ends, so that there is
no hole, and the spray reaches as high as that of real surf."""

_LEVELS = (0.75, 1.0, 0.32, 0.3)
"""Of the deep, the wash, the spray and the foam."""

_SEA, _RUNS_OUT, _SETTLES_S = 0.16, 0.26, 0.7
"""Level of the sea between two waves and of a wave that has just run out, against a wave's crest,
and the seconds in which the one becomes the other."""

_HANGS, _SINKS_S, _BREAKS_S = 0.46, 0.5, 0.15
"""Level of a wave while the breath is held, and the seconds in which it sinks to that and breaks
from it."""

_OVERLAP = samples(0.6)
"""Samples in which the sea of one breath passes into that of the next."""

_SIDE = 0.36
"""Level of the difference of the channels against their middle: 0.5 dB lower in mono."""

_BUBBLES = 1600


def sound_ocean(breath: Breath, seed: int) -> Stereo:
    """Return one wave, and a little of the sea after it."""
    draw = draw_for(breath, seed)
    hung = _HANGS if breath.full_hold else 1.0
    parts = (
        (grow(_SEA, 0.6), _hang(1.0), _ebb(1.1, hung), _settle(_SEA)),
        (grow(_SEA, 0.9), _hang(1.3), _ebb(0.8, hung**1.3), _settle(0.6 * _SEA)),
        (grow(0.1 * _SEA, 1.7), _hang(2.0), _ebb(0.9, hung**2.0), _settle(0.1 * _SEA)),
        (stay(0.0), stay(0.0), _fizz, stay(0.0)),
    )
    length = breath.length + _OVERLAP
    middle, side = np.zeros(length, np.float32), np.zeros(length, np.float32)
    for noise, level, curves in zip(_sea(seed), _LEVELS, parts, strict=True):
        curve = over_phases(breath, curves)
        curve *= level * draw.uniform(0.9, 1.1) * (1 + 0.15 * wander(draw, len(curve), 1.7))
        gain = _beyond(to_samples(curve, breath.length)) * _overlap(length)
        piece = apply_gain(cut(noise, draw, length), gain)
        middle += piece[:, 0]
        side += piece[:, 1]
    side *= _beyond(to_samples(_SIDE * spread(breath), breath.length))
    return mark_turns(as_stereo(middle, side, _LOUDEST_LUFS), breath, _MARKS_DB)


def _beyond(gain: Mono) -> Mono:
    """Return a gain that stays as it is beyond the end of its breath."""
    return np.concatenate([gain, np.full(_OVERLAP, gain[-1])])


def _overlap(length: int) -> Mono:
    """Return the gain of a breath that comes as the one before it goes, and goes after its end."""
    angle = np.linspace(0, np.pi / 2, _OVERLAP, dtype=np.float32)
    gain = np.ones(length, np.float32)
    gain[:_OVERLAP] *= np.sin(angle)
    gain[-_OVERLAP:] *= np.cos(angle)
    return gain


def _hang(power: float) -> Curve:
    """Return the hold's curve, in which the brighter parts, of more ``power``, sink further."""

    def curve(way: Way) -> Points:
        sinks = min(_SINKS_S, way.since[0] + way.left[0])
        laps = 0.3 * flutter(way) * come_up(way.backwards, sinks)
        return np.asarray((1 - (1 - _HANGS * (1 - laps)) * come_up(way, sinks)) ** power)

    return curve


def _ebb(power: float, hung: float) -> Curve:
    """Return the exhale's curve: the wave breaks from the level at which it hung, and runs out."""
    ebbs = grow(_RUNS_OUT, power)
    return lambda way: ebbs(way.backwards) * (hung + (1 - hung) * come_up(way, _BREAKS_S))


def _settle(level: float) -> Curve:
    """Return the rest's curve: what has run out gives way to the sea at ``level``."""
    return lambda way: _RUNS_OUT + (level - _RUNS_OUT) * come_up(way, _SETTLES_S)


def _fizz(way: Way) -> Points:
    """Return the level of the foam, which is there when the wave has broken."""
    return grow(0.1, 0.6)(way.backwards) * come_up(way, 0.35) * come_up(way.backwards, 0.6)


@lru_cache(maxsize=1)
def _sea(seed: int) -> tuple[Stereo, ...]:
    """Return the deep, the wash, the spray and the foam without end, middle and side of each."""
    noises = [make_noise(shape, seed * 4 + n) for n, shape in enumerate(_BANDS)]
    return (*noises, _make_foam(noises[-1], seed * 4 + len(_BANDS)))


def _make_foam(spray: Stereo, seed: int) -> Stereo:
    """Return a sizzle with bubbles in it, its RMS 1.

    Args:
        spray: What sizzles.
        seed: Decides about its grains and the bubbles.
    """
    foam = spray * np.abs(make_noise(band(2, 40, tilt=0), seed))
    draw = np.random.Generator(np.random.PCG64(seed))
    for bubble in _blow_bubbles(draw):
        place, across = int(draw.integers(LENGTH - len(bubble))), draw.uniform(-1.5, 1.5)
        foam[place : place + len(bubble), 0] += bubble
        foam[place : place + len(bubble), 1] += np.float32(across) * bubble
    foam /= np.sqrt((foam**2).mean())
    foam.flags.writeable = False
    return foam


def _blow_bubbles(draw: np.random.Generator) -> NDArray[np.float32]:
    """Return bubbles that rise in pitch as they shrink, shape (_BUBBLES, samples).

    A bubble of radius r rings at 3.26 / r hertz, r in metres (Minnaert 1933): those of foam, of 0.6
    to 4 mm, at 800 to 5,000.
    """
    time = np.arange(samples(0.03), dtype=np.float32) / np.float32(SAMPLE_RATE)
    shape = (_BUBBLES, 1)
    hertz = np.exp(draw.uniform(np.log(800), np.log(5000), shape)).astype(np.float32)
    decay = hertz * draw.uniform(0.06, 0.16, shape).astype(np.float32)
    rising = draw.uniform(0.0, 8.0, shape).astype(np.float32)
    # Squared: most are far off, a few near by.
    level = draw.uniform(0.3, 1.5, shape).astype(np.float32) ** 2
    turns = hertz * time * (1 + rising * time)
    edges = np.minimum(1, time / np.float32(0.001)) * fall(time / time[-1])
    rings = np.sin(np.float32(2 * np.pi) * (turns - np.floor(turns)))
    return np.asarray(level * np.exp(-decay * time) * rings * edges, np.float32)
