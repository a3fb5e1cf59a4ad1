"""Beds: the ambient sound under a session, made here or a person's own file."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fall
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.names import BEDS
from cft_audio.sound.noise import band, noise_loop, read_loop
from cft_audio.sound.own_file import open_own_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.signal.audio import Stereo

    Bed: TypeAlias = Callable[[int, int], Stereo]
    """An endless sound: gives, from a sample on, so many samples, not to be written to."""

_LOOP = 2_083_725
"""Samples of the beds made here: 47.25 s, no round number of anything else in a session, and a
product of small primes (3·3·3·3·3·5·5·7·7·7), which the transform that makes it likes."""

_CHORD = ((55.0, 0.8), (82.4, 0.5), (110.0, 1.0), (164.8, 0.55), (220.0, 0.3), (329.6, 0.1))
"""Hertz and level of the drone's partials: A and E over three octaves, in tune with the swell."""


@contextlib.contextmanager
def open_bed(name: str, seed: int, needed: int | None = None) -> Iterator[Bed | None]:
    """Give the bed ``name``, one of ``names.BEDS`` or a sound file, for as long as it is used.

    Args:
        name: The bed.
        seed: Decides about chance in it.
        needed: Samples that will be read; None for any number.

    Raises:
        SoundError: If the file cannot be used: see ``own_file.open_own_file``.
    """
    if name == "none":
        yield None
    elif name in BEDS:
        yield partial(read_loop, _normalise(_SYNTHESISERS[name](seed)))
    else:
        with open_own_file(Path(name), BED_LUFS, needed) as file:
            yield file.read


def _normalise(loop: Stereo) -> Stereo:
    meter = LoudnessMeter()
    meter.feed(loop)
    bed = loop * np.float32(db_to_gain(BED_LUFS - meter.integrated()))
    bed.flags.writeable = False
    return bed


def _brown(seed: int) -> Stereo:
    return noise_loop(_LOOP, band(40, 1800, tilt=-1.0), seed * 4 + 1)


def _rain(seed: int) -> Stereo:
    """Return a steady fall of rain with single drops near by."""
    loop = 0.9 * noise_loop(_LOOP, band(500, 6500, tilt=-0.6), seed * 4 + 2)
    loop += 0.25 * noise_loop(_LOOP, band(120, 600, tilt=-0.5), seed * 4 + 3)
    draw = np.random.Generator(np.random.PCG64(seed * 4 + 2))
    length = samples(0.06)
    time = np.arange(length) / SAMPLE_RATE
    onset, end = np.sin(np.pi * np.minimum(1, time / 0.004) / 2), fall(time / time[-1])
    for place in draw.integers(0, _LOOP, 420):
        frequency = draw.uniform(900, 3800)
        decay = np.exp(-time * draw.uniform(90, 220)) * onset
        # Squared: most fall far off, a few near by.
        near = draw.uniform(0.4, 2.2) ** 2
        drop = near * decay * np.sin(2 * np.pi * frequency * time) * end
        side = draw.uniform(0.15, 0.85)
        at = np.arange(place, place + length) % _LOOP
        loop[at] += (drop[:, None] * np.sqrt([1 - side, side])).astype(np.float32)
    return np.asarray(loop, np.float32)


def _drone(seed: int) -> Stereo:
    """Return a warm chord; every partial and every swell fits the loop a whole number of times."""
    draw = np.random.Generator(np.random.PCG64(seed * 4 + 3))
    spectrum = np.zeros((2, _LOOP // 2 + 1), np.complex64)
    for hertz, level in _CHORD:
        for channel, detune in ((0, -0.11), (0, 0.26), (1, -0.22), (1, 0.13)):
            cycles = round((hertz + detune) * _LOOP / SAMPLE_RATE)
            swells = int(draw.integers(1, 5))
            wave = level * np.exp(2j * np.pi * draw.random())
            breath = 0.2 * np.exp(2j * np.pi * draw.random())
            # A partial that swells is three lines: itself, and one on either side.
            spectrum[channel, cycles] += wave
            spectrum[channel, cycles + swells] += wave * breath
            spectrum[channel, cycles - swells] += wave * np.conj(breath)
    waves = np.fft.irfft(spectrum, _LOOP, norm="forward").astype(np.float32)
    return np.ascontiguousarray(waves.T) * np.float32(0.1)


_SYNTHESISERS = {"brown": _brown, "rain": _rain, "drone": _drone}
