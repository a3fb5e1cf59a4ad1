"""Breathing tones: one breath at a time, each with its inhale, hold, exhale and rest.

Every tone marks its turns, to the sample, with the small strike of a bowl: a definite moment to
breathe by, higher for the inhale than for the exhale. Between the turns each has a character of
its own that tells with eyes closed where in the breath one is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fall, rise
from cft_audio.sound.noise import band, noise_loop, read_loop
from cft_audio.sound.strike import phase, strike

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.timeline.events import Breath

    Strikes: TypeAlias = Mapping[str, tuple[float, float]]
    """Frequency in Hz and level of a strike, by the turn it marks."""

_LEVEL_DB = {"swell": -30.3, "ocean": -27.9, "bowls": -26.7}
"""What brings the loudest 400 ms of each character to ``reference_levels.LOUDEST_TONE_LUFS``:
measured on a breath of six a minute at 4:2:6:2."""

_MARKS = {"inhale": (880.0, 0.16), "hold": (1318.5, 0.05), "exhale": (659.3, 0.16)}
"""Frequency in Hz and level of the strike at each turn, against the tone's peak: A5 and E5, a
fourth apart and harmonics of the swell's A2, in a band that the tones leave free."""

_MARK_RING, _BOWL_RING = 1.2, 7.0
"""Seconds that the marks and the bowls ring."""

_BOWLS = {"inhale": (261.6, 0.8), "hold": (329.6, 0.28), "exhale": (196.0, 0.72)}
"""Frequency in Hz and level of the bowl at each turn: C4, E4 and G3."""

_LOW_HZ, _HIGH_HZ = 110.0, 164.8
"""Where the swell rests and where it rises to: A2 and, a fifth above, E3."""

_HARMONICS = (1.0, 0.4, 0.18)
"""Levels of the swell's first three harmonics: round and dark, like a low flute. A fourth would
lie on the mark of the exhale just as it is struck."""

_DETUNE = 0.0012
"""How far the two channels of the swell lie apart, as a share of its pitch: a slow beating."""

_OCEAN_MARKS = 2.5
"""Factor on the marks of the ocean, whose noise leaves a gap around their pitches."""

_NOISE_LENGTH = 2**20
"""Samples of the noise that ocean breaths are cut from: 24 s, longer than any breath."""


def breath_sound(character: str, breath: Breath, seed: int) -> Stereo:
    """Return the sound of one breath from its first sample on; not to be written to.

    It may ring on beyond the breath's length, under the next one. It begins and ends in silence.

    Args:
        character: One of ``names.TONES`` but ``none``.
        breath: The breath; where it starts does not change its sound, except for ocean's noise.
        seed: Decides the noise of ocean.
    """
    if character != "ocean":
        breath = replace(breath, start=0)
    return _render(character, breath, seed)


@lru_cache(maxsize=6)
def _render(character: str, breath: Breath, seed: int) -> Stereo:
    sound = _CHARACTERS[character](breath, seed)
    sound *= np.float32(db_to_gain(_LEVEL_DB[character]))
    sound.flags.writeable = False
    return sound


def _swell(breath: Breath, _: int) -> Stereo:
    level = _phases(breath, (rise, np.ones_like, fall, np.zeros_like))
    frequency = _LOW_HZ * np.exp(level * np.float32(np.log(_HIGH_HZ / _LOW_HZ)))
    if breath.full_hold:
        # It flutters slowly, so that it is heard as neither in nor out.
        held = _phases(breath, (np.zeros_like, _arch, np.zeros_like, np.zeros_like))
        time = np.arange(breath.length, dtype=np.float32) / np.float32(SAMPLE_RATE)
        level = level * (1 - 0.35 * held * (0.5 - 0.5 * np.cos(2 * np.pi * 1.5 * time)))
    turns = np.cumsum(frequency.astype(np.float64)) / SAMPLE_RATE
    channels = [_add_harmonics(turns * detune, level) for detune in (1 - _DETUNE, 1 + _DETUNE)]
    return _strike_turns(np.stack(channels, axis=1) * np.float32(0.6), breath, _MARKS)


def _add_harmonics(turns: NDArray[np.float64], level: NDArray[np.float32]) -> Mono:
    """Return three harmonics at a phase given in turns.

    The higher ones come in with the level: the sound opens and closes as a chest does.
    """
    angle = phase(turns)
    first, cosine = np.sin(angle), np.cos(angle)
    second = 2 * first * cosine
    third = first * (3 - 4 * first * first)
    one, two, three = (np.float32(share) for share in _HARMONICS)
    # By Horner: one·x + two·x² + three·x³, each with its own harmonic.
    sound = level * (one * first + level * (two * second + level * three * third))
    return np.asarray(sound, np.float32)


def _ocean(breath: Breath, seed: int) -> Stereo:
    low, high = _ocean_noise(seed)
    body = read_loop(low, breath.start, breath.length)
    spray = read_loop(high, breath.start, breath.length)
    # Between the full wave and its breaking it drops to a murmur and comes back.
    swell = _phases(breath, (rise, lambda x: 0.3 + 0.7 * _dip(x), fall, np.zeros_like))
    # The wave draws in dull and brightens; it breaks bright and runs out dull.
    bright = _phases(breath, (lambda x: rise(x) ** 3, _dip, lambda x: fall(x) ** 2, np.zeros_like))
    sound = body * swell[:, None]
    sound += spray * (np.float32(0.55) * bright)[:, None]
    # Noise masks more than a tone does, so that the marks stand out as much they stand higher.
    return _strike_turns(sound * np.float32(0.26), breath, _MARKS, height=_OCEAN_MARKS)


def _bowls(breath: Breath, _: int) -> Stereo:
    silence = np.zeros((breath.length, 2), np.float32)
    return _strike_turns(silence, breath, _BOWLS, _BOWL_RING)


def _strike_turns(
    sound: Stereo, breath: Breath, strikes: Strikes, ring: float = _MARK_RING, height: float = 1.0
) -> Stereo:
    """Return ``sound`` with a strike at each turn of the breath, and as much longer as it rings."""
    struck = np.zeros((len(sound) + round(ring * SAMPLE_RATE), 2), np.float32)
    struck[: len(sound)] = sound
    places = {"inhale": 0, "exhale": breath.inhale + breath.full_hold}
    if breath.full_hold:
        places["hold"] = breath.inhale
    for turn, place in places.items():
        frequency, level = strikes[turn]
        bowl = strike(frequency, ring)
        struck[place : place + len(bowl)] += bowl * (np.float32(height) * np.float32(level))
    return struck


@lru_cache(maxsize=2)
def _ocean_noise(seed: int) -> tuple[Stereo, Stereo]:
    low = noise_loop(_NOISE_LENGTH, band(90, 400, tilt=-0.5), seed * 2 + 1)
    high = noise_loop(_NOISE_LENGTH, band(1400, 4500, tilt=-0.5), seed * 2 + 2)
    return low, high


def _phases(
    breath: Breath, curves: tuple[Callable[[NDArray[np.float32]], NDArray[np.float32]], ...]
) -> NDArray[np.float32]:
    """Return a curve over the breath: each phase's own, from 0 to 1 of its time."""
    lengths = (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)
    ways = (np.arange(length, dtype=np.float32) / np.float32(max(1, length)) for length in lengths)
    return np.concatenate([curve(way) for curve, way in zip(curves, ways, strict=True)])


def _dip(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.abs(np.cos(np.pi * x)) ** 4, np.float32)


def _arch(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.sin(np.pi * x) ** 2, np.float32)


_CHARACTERS = {"swell": _swell, "ocean": _ocean, "bowls": _bowls}
