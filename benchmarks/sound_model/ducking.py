"""How bed and tone give way to the voice: what is heard of their coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples

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
