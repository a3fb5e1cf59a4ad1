"""The swell: one warm tone that rises with the inhale and falls with the exhale.

It is a voice rather than a whistle: whatever its pitch, what lies around 560 Hz is strong, as in
an "oh". That is what a phone's speaker gives back, and where neither a room nor a bed is loud.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.signal.gain import fall, rise
from cft_audio.sound.tones.curves import (
    draw_for,
    exhaling,
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
from cft_audio.sound.tones.waves import make_table, read_waves, turns_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.tones.waves import Spectrum, Table
    from cft_audio.timeline.events import Breath

_LOUDEST_LUFS = 3.6
"""Measured, as ``as_stereo`` needs it."""

_LOW_HZ, _HIGH_HZ = 110.0, 164.8
"""Where it rests and where it rises to: A2 and, a fifth above, E3."""

_HARMONICS = 10

_BODY_HZ, _VOWEL_HZ = 140.0, 560.0
"""Centres of what makes it warm and of what makes it heard."""

_FLOOR, _POWER = 0.2, 0.7
"""Level at which a phase begins and ends, 14 dB below its loudest, and how soon it grows."""

_COMES_S, _GOES_S = 0.3, 0.5
"""Seconds in which it is there and gone: an exhale is heard until it ends."""

_SINKS, _WAVERS = 0.25, 0.35
"""By how much it is lower while the breath is held, and wavers: by 5 dB, to be no phase but its
own."""

_SECOND = 0.13
"""Level of a second tone, like it and 1.6 to 3.6 cents sharper: as two strings do, they beat by
2 dB and never fall silent, in both channels alike."""

_SWAY = 0.45
"""How far odd and even harmonics move apart, to the left and to the right in turn: wide, and 0.8 dB
lower in mono at most."""

_TIMBRES = 8
"""Tables that differ in how their harmonics lie in time; a breath takes two of them."""


def sound_swell(breath: Breath, seed: int) -> Stereo:
    """Return one breath of the swell."""
    draw = draw_for(breath, seed)
    height = over_phases(
        breath, (lambda w: rise(w.share), stay(1.0), lambda w: fall(w.share), stay(0.0))
    )
    into, out = inhaling(_FLOOR, _POWER, _COMES_S), exhaling(_FLOOR, _POWER, _GOES_S)
    level = over_phases(breath, (into, hovering(_SINKS, _WAVERS), out, stay(0.0)))
    count, length = len(height), breath.length
    cents = draw.uniform(-5.0, 5.0) + 4.0 * wander(draw, count, 7.0)
    hertz = _LOW_HZ * np.exp2(height * np.log2(_HIGH_HZ / _LOW_HZ) + cents / 1200)
    sharper = hertz * np.exp2((2.6 + wander(draw, count, 5.0)) / 1200)
    waves = read_waves(_table(draw.integers(_TIMBRES)), turns_at(hertz, draw.random(), length))
    second = read_waves(_table(draw.integers(_TIMBRES)), turns_at(sharper, draw.random(), length))
    waves += np.float32(_SECOND) * second
    opened, gain = to_samples(height, length), to_samples(level, length)
    odd, even = (waves[:, n] + opened * waves[:, n + 2] for n in (0, 1))
    sway = to_samples(_SWAY * wander(draw, count, 9.0) * spread(breath), length)
    sound = as_stereo((odd + even) * gain, (odd - even) * gain * sway, _LOUDEST_LUFS)
    return mark_turns(sound, breath)


@lru_cache(maxsize=_TIMBRES)
def _table(number: int) -> Table:
    """Return odd and even harmonics at the lowest pitch, and what to add for the highest."""
    numbers = np.arange(1, _HARMONICS + 1)
    low, high = (_timbre(numbers * hertz) for hertz in (_LOW_HZ, _HIGH_HZ))
    odd = numbers % 2
    spectra = (low * odd, low * (1 - odd), (high - low) * odd, (high - low) * (1 - odd))
    return make_table(spectra, np.random.Generator(np.random.PCG64(number)))


def _timbre(hertz: NDArray[np.floating[Any]]) -> Spectrum:
    """Return how loud a harmonic is at a frequency."""
    body = np.exp(-0.5 * (np.log2(hertz / _BODY_HZ) / 0.8) ** 2)
    vowel = 0.8 * np.exp(-0.5 * (np.log2(hertz / _VOWEL_HZ) / 0.42) ** 2)
    return np.asarray(body + vowel)
