"""Wind: it rises in pitch and strength with the inhale and sinks with the exhale.

A band of noise is moved by turning a slow noise with a carrier: its centre is wherever the carrier
is, so that it glides as wind does around a house, without a filter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.gain import fall, rise
from cft_audio.sound.tones.curves import (
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
from cft_audio.sound.tones.noise import band, bell, cut, make_noise
from cft_audio.sound.tones.waves import turns_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.timeline.events import Breath

_LOUDEST_LUFS = 5.5
"""Measured, as ``as_stereo`` needs it."""

_MARKS_DB = 2.0
"""How much higher its marks stand: noise masks more than a tone does."""

_LOW_HZ, _HIGH_HZ = 270.0, 700.0
"""Where its centre rests and where it rises to."""

_FINER = 1.75
"""Centre of the finer air above it, against its own: it joins on, and ends at 2 kHz, where hiss
would begin."""

_AIR_HZ, _FINE_HZ, _WHISTLE_HZ = 130.0, 320.0, 35.0
"""Half the width of what blows, of the finer air above it, and of the whistle within."""

_GUST_OCTAVES, _GUST_LEVEL = 0.12, 0.2
"""How far a gust moves the centre and the level."""

_FLOOR, _POWER = 0.37, 0.7
"""Level at which a phase begins and ends, 9 dB below its loudest, and how soon it grows."""

_COMES_S, _GOES_S = 0.3, 0.4
"""Seconds in which it is there and gone: an exhale is heard until it ends."""

_SINKS, _WAVERS = 0.3, 0.3
"""By how much it is softer while the breath is held, and wavers."""

_SIDE = 0.33
"""Level of the difference of the channels against their middle: 0.5 dB lower in mono."""


def sound_wind(breath: Breath, seed: int) -> Stereo:
    """Return one breath of wind: while it is held, little but the whistle is left."""
    draw = draw_for(breath, seed)
    into, out = inhaling(_FLOOR, _POWER, _COMES_S), exhaling(_FLOOR, _POWER, _GOES_S)
    level = over_phases(breath, (into, hovering(_SINKS, _WAVERS), out, stay(0.0)))
    thin = over_phases(breath, (stay(0.0), held, stay(0.0), stay(0.0)))
    height = over_phases(
        breath,
        (lambda w: rise(w.share), lambda w: 1 + 0.1 * held(w), lambda w: fall(w.share), stay(0.0)),
    )
    gust = 0.7 * wander(draw, len(level), 2.1) + 0.4 * wander(draw, len(level), 0.7)
    level *= 1 + _GUST_LEVEL * gust
    hertz = _LOW_HZ * np.exp2(np.log2(_HIGH_HZ / _LOW_HZ) * height + _GUST_OCTAVES * gust)
    length = breath.length
    lower, upper = (_carry(turns_at(hertz * r, draw.random(), length)) for r in (1.0, _FINER))
    air, fine, whistle, rumble = _airs(seed)
    parts = (
        (air, lower, 1 - 0.75 * thin),
        (fine, upper, 0.5 * (1 - thin)),
        (whistle, lower, 0.35 + 0.25 * thin),
    )
    middle = cut(rumble, draw, length)[:, 0] * to_samples(0.35 * level * (1 - thin), length)
    side = np.zeros(length, np.float32)
    for noise, carrier, share in parts:
        gain = to_samples(level * share, length)
        middle += _turn(cut(noise, draw, length), carrier) * gain
        side += _turn(cut(noise, draw, length), carrier) * gain
    side *= to_samples(_SIDE * spread(breath), length)
    return mark_turns(as_stereo(middle, side, _LOUDEST_LUFS), breath, _MARKS_DB)


def _carry(turns: Mono) -> NDArray[np.complex64]:
    """Return the carrier that has taken ``turns``."""
    angle = turns * np.float32(2 * np.pi)
    carrier = np.empty(len(turns), np.complex64)
    np.cos(angle, out=carrier.real)
    np.sin(angle, out=carrier.imag)
    return carrier


def _turn(noise: Stereo, carrier: NDArray[np.complex64]) -> Mono:
    """Return ``noise``, whose channels are the parts of a complex number, moved to its carrier."""
    turned = np.ascontiguousarray(noise).view(np.complex64)[:, 0] * carrier
    return np.asarray(turned.real)


@lru_cache(maxsize=1)
def _airs(seed: int) -> tuple[Stereo, ...]:
    """Return slow noises of air, of finer air and of a whistle, and a rumble, without end."""
    shapes = (bell(_AIR_HZ), bell(_FINE_HZ), bell(_WHISTLE_HZ), band(80, 240, tilt=-0.5))
    return tuple(make_noise(shape, seed * 4 + n) for n, shape in enumerate(shapes))
