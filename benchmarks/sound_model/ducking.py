"""How bed and tone give way to the voice: what is heard of their coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

WINDOW_S = 0.05
_WINDOW = samples(WINDOW_S)
_NOTICED_DB = 3.0
"""A fall or a return by more counts."""

_NOTHING = 1e-10
"""Mean square of a window below which its gain cannot be told: −100 dBFS."""

_FRAME = 2 * _WINDOW
_THIRDS_HZ = 100.0 * 2.0 ** (np.arange(21) / 3)
"""Edges of the bands of a third of an octave that are looked at, 100 Hz to 10 kHz."""

_SMOOTH = 20
"""Windows, one second, over which the gain of a band is taken: in less, a band of a noise is
little more than what MP3 has made of it."""

_FAINT = 1e-3
"""Share of all that sounds below which a band is left out: beside the others it is hardly heard."""

_LULL = 1e-2
"""Share of a band's mean energy below which its gain cannot be told: that before counts."""

_GONE = 10 ** (-15 / 20)
"""Gain of a band at which it counts as gone: under the voice nobody hears more, and what is left is
mostly what MP3 has made of it."""

_BEFORE, _AFTER = 4, 8
"""Windows around a turn of the breath that are looked at: 0.2 s before it and 0.4 s after it."""


def gain_db(ducked: Stereo, alone: Stereo) -> NDArray[np.float64]:
    """Return the gain in each 50 ms by which a part made room; that before where it is silent.

    Args:
        ducked: The part as it is in the session.
        alone: The same part where nobody speaks.
    """
    count = len(alone) // _WINDOW
    shape = (count, _WINDOW * 2)
    one = alone[: count * _WINDOW].reshape(shape).astype(np.float64)
    other = ducked[: count * _WINDOW].reshape(shape)
    energy = np.square(one).sum(axis=1)
    factor = np.maximum((one * other).sum(axis=1), 1e-12) / np.maximum(energy, 1e-12)
    known = energy > _NOTHING * 2 * _WINDOW
    last = np.maximum.accumulate(np.where(known, np.arange(count), 0))
    return np.asarray(20 * np.log10(np.maximum(factor[last], 1e-6)))


def band_gains_db(ducked: Stereo, alone: Stereo) -> NDArray[np.float64]:
    """Return the gain of each third of an octave in each 50 ms, shape (windows, bands heard).

    A bed gives way further in the band of speech than elsewhere. Its gain as a whole would then
    wander with whatever it plays at a moment, though nothing of it comes or goes.

    Args:
        ducked: The part as it is in the session.
        alone: The same part where nobody speaks.
    """
    starts = np.searchsorted(np.fft.rfftfreq(_FRAME, 1 / SAMPLE_RATE), _THIRDS_HZ)
    hann = np.hanning(_FRAME).astype(np.float32)[:, None]
    energies, shared = [], []
    for start in range(0, min(len(ducked), len(alone)) - _FRAME + 1, _WINDOW):
        one = np.fft.rfft(alone[start : start + _FRAME] * hann, axis=0)
        other = np.fft.rfft(ducked[start : start + _FRAME] * hann, axis=0)
        both = np.stack([np.square(np.abs(one)), (one.conj() * other).real]).sum(axis=2)
        energy, product = np.add.reduceat(both, starts, axis=1)[:, :-1]
        energies.append(energy)
        shared.append(product)
    energy, product = (_smooth(np.array(each)) for each in (energies, shared))
    mean = energy.mean(axis=0)
    heard = mean > _FAINT * mean.sum()
    energy, product = energy[:, heard], product[:, heard]
    known = energy > _LULL * mean[heard]
    last = np.maximum.accumulate(np.where(known, np.arange(len(energy))[:, None], 0), axis=0)
    ratio = np.take_along_axis(product / np.maximum(energy, 1e-12), last, axis=0)
    return np.asarray(20 * np.log10(np.maximum(ratio, _GONE)))


def _smooth(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sums of each ``_SMOOTH`` windows, shape (windows, bands)."""
    sums = np.cumsum(np.pad(energies, ((1, 0), (0, 0))), axis=0)
    return np.asarray(sums[_SMOOTH:] - sums[:-_SMOOTH])


def excursions_per_minute(gains_db: NDArray[np.float64]) -> float:
    """Return how often a minute the gain falls by more than 3 dB and comes back by as much."""
    count, falling, extreme = 0, False, float(gains_db[0])
    for gain in gains_db:
        if falling:
            extreme = min(extreme, gain)
            if gain > extreme + _NOTICED_DB:
                count, falling, extreme = count + 1, False, gain
        else:
            extreme = max(extreme, gain)
            if gain < extreme - _NOTICED_DB:
                falling, extreme = True, gain
    return count / (len(gains_db) * WINDOW_S / 60)


def drops_at_turns(gains_db: NDArray[np.float64], turns: Iterable[int]) -> NDArray[np.float64]:
    """Return the lowest gain around each turn of the breath, in dB, shape (turns,).

    Args:
        gains_db: Gain of the tone in each 50 ms.
        turns: Their samples.
    """
    places = [turn // _WINDOW for turn in turns]
    return np.array([gains_db[max(0, at - _BEFORE) : at + _AFTER].min() for at in places])
