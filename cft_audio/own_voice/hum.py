"""The hum of the mains in a recording, found and taken out together with rumble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.filters import FirFilter, high_pass, notch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cft_audio.own_voice.sound_on_disk import Sound
    from cft_audio.signal.audio import Mono

_RATE = SAMPLE_RATE // 18
"""2,450 Hz: hum is looked for up to 1 kHz, and soxr's "HQ" is flat up to 1.1 kHz."""

_WINDOW = 2 * _RATE
"""Two seconds, for bins of half a hertz."""

_ENOUGH = 400
"""Windows over the length of a recording, at most."""

_STEADY = 25
"""Percentile over time of a bin's level: speech pauses for a quarter of any reading."""

_MAINS = (50.0, 60.0)
_DRIFT = 0.5
"""Hz that mains may be off (EN 50160 allows 1 % of 50 Hz for 99.5 % of a year)."""

_TELLING = 3
"""Harmonics of which one is always there: the mains' own, that of a rectifier, that of a core. A
tone at a higher one alone is music, or a voice."""

_HIGHEST = 1_000.0
_MANY = 12
_STANDS_OUT_DB, _STANDS_OUT_SOON_DB = 9.0, 16.0
"""How far above its surroundings a harmonic lies, with so many windows and with fewer: noise varies
by 2 dB over twelve windows, and a single line hardly pauses, so that a voice stands out as well."""

_AROUND = (3.0, 12.0)
"""Hz on each side of a harmonic that are its surroundings."""

_POINTS = 1 << 17
"""Points of the filters' response; within half as many samples, 1.5 s, even the narrowest notch has
fallen by 73 dB."""

RUMBLE = 65.0
"""Hz below which no voice speaks: the deepest men's rests near 75."""


@dataclass(frozen=True)
class Hum:
    """A steady tone and its harmonics.

    Attributes:
        mains: The frequency, in Hz, of the mains it comes from; 0 where there is no hum.
        frequencies: Those that stand out, in Hz, rising.
    """

    mains: float = 0.0
    frequencies: tuple[float, ...] = ()

    def whole_periods(self, length: int) -> int:
        """Return about ``length`` samples, in which it goes round a whole number of times."""
        if not self.frequencies:
            return length
        first = self.frequencies[0]
        period = SAMPLE_RATE / first * round(first / self.mains)
        return round(round(length / period) * period)


def find_hum(sound: Sound) -> Hum:
    """Return the hum of ``sound``: harmonics of 50 or 60 Hz that stand out all the time."""
    levels, windows = _steady_levels(sound)
    least = _STANDS_OUT_DB if windows >= _MANY else _STANDS_OUT_SOON_DB
    found = [Hum(mains, _harmonics(levels, mains, least)) for mains in _MAINS] if windows else []
    best = max(found, key=lambda hum: len(hum.frequencies), default=Hum())
    return best if best.frequencies else Hum()


def _steady_levels(sound: Sound) -> tuple[NDArray[np.float64], int]:
    """Return the level in dB that each half hertz keeps for three quarters of the time.

    Returns:
        The levels, and how many windows they are taken from: none of a recording of under 4 s.
    """
    resampler = soxr.ResampleStream(SAMPLE_RATE, _RATE, 1, dtype="float32", quality="HQ")
    chunks = [resampler.resample_chunk(block) for block in sound.blocks()]
    low = np.concatenate([*chunks, resampler.resample_chunk(np.zeros(0, np.float32), last=True)])
    if len(low) < 2 * _WINDOW:
        return np.zeros(0), 0
    step = max(_WINDOW // 4, len(low) // _ENOUGH)
    windows = np.lib.stride_tricks.sliding_window_view(low, _WINDOW)[::step]
    power = np.square(np.abs(np.fft.rfft(windows * np.hanning(_WINDOW))))
    return 10 * np.log10(np.percentile(power, _STEADY, axis=0) + 1e-12), len(power)


def _harmonics(levels: NDArray[np.float64], mains: float, least: float) -> tuple[float, ...]:
    """Return the harmonics of ``mains`` that stand out by ``least`` dB."""
    heights = [
        (number, *_peak(levels, number * mains, number * _DRIFT))
        for number in range(1, int(_HIGHEST / mains) + 1)
    ]
    strongest = max(heights[:_TELLING], key=lambda found: found[2])
    if strongest[2] < least:
        return ()
    # It tells the mains' frequency best; the others are looked for where it puts them.
    exact = strongest[1] / strongest[0]
    found = [number * exact for number, _, _ in heights]
    humming = tuple(place for place in found if _peak(levels, place, 0.6)[1] >= least)
    return humming if len(humming) > 1 else ()


def _peak(levels: NDArray[np.float64], around: float, within: float) -> tuple[float, float]:
    """Return the place in Hz of the highest level near ``around``, and its height in dB."""
    step = _RATE / _WINDOW
    places = np.arange(len(levels)) * step
    near = np.flatnonzero(np.abs(places - around) <= max(within, step))
    top = int(near[np.argmax(levels[near])])
    before, at, after = levels[top - 1 : top + 2]
    bend = before - 2 * at + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    apart = np.abs(places - places[top])
    surroundings = levels[(apart >= _AROUND[0]) & (apart <= _AROUND[1])]
    return (top + float(np.clip(shift, -0.5, 0.5))) * step, float(at - np.median(surroundings))


def filtered(sound: Sound, hum: Hum) -> Iterator[Mono]:
    """Yield ``sound`` without rumble and ``hum``, block by block."""
    response = high_pass(RUMBLE, 4, _POINTS)
    for frequency in hum.frequencies:
        # Wide enough for mains that drift, and narrow enough to pass between two harmonics of a
        # voice; the higher the harmonic, the further it drifts.
        response *= notch(frequency, 1.5 + 0.006 * frequency, _POINTS)
    cascade = FirFilter(response)
    # Narrow notches take a fifth of a second to settle: they first hear the beginning once, in
    # whole periods of the hum, so that it goes on without a seam.
    cascade.apply(sound.read(0, min(sound.length, hum.whole_periods(_POINTS // 2))))
    for block in sound.blocks():
        yield cascade.apply(block)
