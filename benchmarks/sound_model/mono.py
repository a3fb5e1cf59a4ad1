"""What becomes of a sound where both channels are added, as by a smart speaker or one earbud.

Measured is the power of (L + R) / 2 against the mean of both channels' powers: 0 dB for a sound in
the middle, −3 dB for channels that have nothing in common, and less where they cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sound_model.audibility import mean_band_powers
from sound_model.levels import hops_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

_MOMENT_HOPS = 4
"""Hops of 100 ms in a moment: the 400 ms of ITU-R BS.1770-4, K-weighted as there."""

_SOFTEST_DB = -30.0
"""Moments and bands this far below the strongest one count; what lies below is not missed."""


@dataclass(frozen=True)
class MonoLoss:
    """Levels of the mono sum against stereo, in dB.

    Attributes:
        whole: Of the whole sound, K-weighted.
        worst_moment: Of the worst 400 ms.
        worst_band: Of the worst band of one ERB, over the whole sound.
        worst_100_ms: Of the worst 100 ms.
    """

    whole: float
    worst_moment: float
    worst_band: float
    worst_100_ms: float


def mono_loss(audio: Stereo) -> MonoLoss:
    """Measure what the mono sum of ``audio`` loses."""
    mid = np.asarray(audio.mean(axis=1), np.float32)
    stereo, mono = hops_of(audio), hops_of(np.stack([mid, mid], axis=1))
    by_band = [mean_band_powers(channel) for channel in (audio[:, 0], audio[:, 1], mid)]
    return MonoLoss(
        whole=_worst(stereo.sum(keepdims=True), mono.sum(keepdims=True)),
        worst_moment=_worst(_moments(stereo), _moments(mono)),
        worst_band=_worst((by_band[0] + by_band[1]) / 2, by_band[2]),
        worst_100_ms=_worst(stereo, mono),
    )


def _moments(hops: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.convolve(hops, np.ones(_MOMENT_HOPS), "valid")


def _worst(stereo: NDArray[np.float64], mono: NDArray[np.float64]) -> float:
    counts = stereo > stereo.max() * 10 ** (_SOFTEST_DB / 10)
    return float(10 * np.log10((mono[counts] + 1e-30) / stereo[counts]).min())
