"""Mains hum in a recording: find it, and remove it together with rumble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.filters import FirFilter, high_pass, notch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cft_audio.own_voice.sound_on_disk import SoundOnDisk
    from cft_audio.signal.audio import Mono

_RATE = SAMPLE_RATE // 18
"""2,450 Hz: hum is looked for up to 1 kHz, and soxr's "HQ" is flat up to 1.1 kHz."""

_WINDOW = 2 * _RATE
"""Two seconds, for bins of half a hertz."""

_MOST_WINDOWS = 400
"""Windows that are analysed, spread over the length of a recording."""

_STEADY_PERCENTILE = 25
"""Percentile over time of a bin's level: speech pauses for a quarter of any reading."""

_MAINS = (50.0, 60.0)
_DRIFT = 0.5
"""Hz that mains may be off (EN 50160 allows 1 % of 50 Hz for 99.5 % of a year)."""

_LOW_HARMONICS = 3
"""Of the first three harmonics one is always there: that of the mains itself, of a rectifier (the
second), or of a transformer core (the third). A tone at a higher harmonic alone is music or a
voice."""

_HIGHEST = 1_000.0
_MANY_WINDOWS = 12
_LEAST_DB, _LEAST_DB_OF_FEW = 9.0, 16.0
"""How far a harmonic stands out of its context, with at least ``_MANY_WINDOWS`` and with
fewer: noise varies by 2 dB over twelve windows, and whoever reads a single line hardly pauses, so
that the voice stands out too."""

_SURROUNDINGS = (3.0, 12.0)
"""Hz from a harmonic at which its surroundings begin and end, on either side."""

_POINTS = 1 << 17
"""Points of the filters' response; within half as many samples, 1.5 s, even the narrowest notch has
fallen by 73 dB."""

_RUMBLE = 65.0
"""Hz below which there is no voice: the deepest men's voices rest near 75 Hz."""


@dataclass(frozen=True)
class Hum:
    """A steady tone and its harmonics.

    Attributes:
        mains: The frequency, in Hz, of the mains that it comes from; 0 if there is no hum.
        frequencies: The harmonics that stand out, in Hz, rising.
    """

    mains: float = 0.0
    frequencies: tuple[float, ...] = ()


def find_hum(sound: SoundOnDisk) -> Hum:
    """Find the harmonics of 50 or 60 Hz that stand out of ``sound`` all the time.

    There are none in a recording shorter than 4 s.
    """
    resampler = soxr.ResampleStream(SAMPLE_RATE, _RATE, 1, dtype="float32", quality="HQ")
    chunks = [resampler.resample_chunk(block) for block in sound.blocks()]
    low = np.concatenate([*chunks, resampler.resample_chunk(np.zeros(0, np.float32), last=True)])
    if len(low) < 2 * _WINDOW:
        return Hum()
    step = max(_WINDOW // 4, len(low) // _MOST_WINDOWS)
    windows = sliding_window_view(low, _WINDOW)[::step]
    power = np.square(np.abs(np.fft.rfft(windows * np.hanning(_WINDOW))))
    # What each half hertz keeps for three quarters of the time.
    levels = 10 * np.log10(np.percentile(power, _STEADY_PERCENTILE, axis=0) + 1e-12)
    least = _LEAST_DB if len(windows) >= _MANY_WINDOWS else _LEAST_DB_OF_FEW
    hums = [_find_harmonics(levels, mains, least) for mains in _MAINS]
    return max(hums, key=lambda hum: len(hum.frequencies))


def _find_harmonics(levels: NDArray[np.float64], mains: float, least: float) -> Hum:
    """Find the harmonics of ``mains`` that stand out by ``least`` dB, two or more."""
    numbers = range(1, int(_HIGHEST / mains) + 1)
    peaks = [(_find_peak(levels, n * mains, n * _DRIFT), n) for n in numbers[:_LOW_HARMONICS]]
    (height, frequency), strongest = max(peaks)
    if height < least:
        return Hum()
    # It tells the mains' frequency best; the others are looked for at its multiples.
    multiples = [number * (frequency / strongest) for number in numbers]
    humming = tuple(f for f in multiples if _find_peak(levels, f, 0.6)[0] >= least)
    return Hum(mains, humming) if len(humming) > 1 else Hum()


def _find_peak(levels: NDArray[np.float64], around: float, within: float) -> tuple[float, float]:
    """Find the highest level near ``around``.

    Returns:
        Its height in dB above its context, and its frequency in Hz.
    """
    step = _RATE / _WINDOW
    frequencies = np.arange(len(levels)) * step
    near = np.flatnonzero(np.abs(frequencies - around) <= max(within, step))
    top = int(near[np.argmax(levels[near])])
    before, at, after = levels[top - 1 : top + 2]
    bend = before - 2 * at + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    apart = np.abs(frequencies - frequencies[top])
    context = levels[(apart >= _SURROUNDINGS[0]) & (apart <= _SURROUNDINGS[1])]
    return float(at - np.median(context)), (top + float(np.clip(shift, -0.5, 0.5))) * step


def remove_hum(sound: SoundOnDisk, hum: Hum) -> Iterator[Mono]:
    """Remove rumble and ``hum`` from ``sound``, block by block."""
    response = high_pass(_RUMBLE, 4, _POINTS)
    for frequency in hum.frequencies:
        # Wide enough for mains that drift, and narrow enough to pass between two harmonics of a
        # voice; the higher the harmonic, the further it drifts.
        response *= notch(frequency, 1.5 + 0.006 * frequency, _POINTS)
    filters = FirFilter(response)
    # Narrow notches take a fifth of a second to settle, so they are given the beginning twice: a
    # whole number of the hum's periods, so that it goes on without a seam.
    beginning = _POINTS // 2
    if hum.frequencies:
        first = hum.frequencies[0]
        period = SAMPLE_RATE / first * round(first / hum.mains)
        beginning = round(round(beginning / period) * period)
    filters.apply(sound.read(0, min(sound.length, beginning)))
    for block in sound.blocks():
        yield filters.apply(block)
