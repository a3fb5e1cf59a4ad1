"""Loudness by ITU-R BS.1770-4 and EBU R 128: K-weighting and gating."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.audio import SAMPLE_RATE, samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.audio import Mono

BLOCK, HOP = samples(0.4), samples(0.1)
"""Samples of a gating block and between two of them (BS.1770-4, section 2: 400 ms, 75 %)."""

ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
"""LUFS below which a block never counts, and LU below the mean of the others likewise."""

OFFSET = -0.691
"""BS.1770-4, equation 2: makes a full-scale 997 Hz sine in one channel measure −3.01 LUFS."""


@cache
def k_weighting() -> NDArray[np.float64]:
    """Return the K-weighting filter at ``SAMPLE_RATE`` as second-order sections, shape (2, 6).

    The standard tabulates it for 48 kHz; the analogue prototypes behind the table are those
    found by De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement"
    (AES 145, 2018), and are transformed here for this sample rate.
    """
    shelf_hz, shelf_db, shelf_q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    high_pass_hz, high_pass_q = 38.13547087602444, 0.5003270373238773

    k = np.tan(np.pi * shelf_hz / SAMPLE_RATE)
    high = 10 ** (shelf_db / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / shelf_q + k * k
    shelf = [
        (high + band * k / shelf_q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / shelf_q + k * k) / a0,
        1.0,
        2 * (k * k - 1) / a0,
        (1 - k / shelf_q + k * k) / a0,
    ]
    k = np.tan(np.pi * high_pass_hz / SAMPLE_RATE)
    a0 = 1 + k / high_pass_q + k * k
    high_pass = [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / high_pass_q + k * k) / a0]
    return np.array([shelf, high_pass])


def clip_loudness(clip: Mono) -> float:
    """Return the loudness of a mono clip as it is heard from two speakers, in LUFS.

    A clip shorter than one gating block is measured as a whole. Silence is −inf.
    """
    from scipy.signal import sosfilt

    squares = sosfilt(k_weighting(), clip.astype(np.float64)) ** 2 * 2
    if len(squares) <= BLOCK:
        return lufs(float(squares.mean()))
    sums = np.concatenate(([0.0], np.cumsum(squares)))
    starts = np.arange(0, len(squares) - BLOCK + 1, HOP)
    return gated_loudness((sums[starts + BLOCK] - sums[starts]) / BLOCK)


def gated_loudness(powers: NDArray[np.float64]) -> float:
    """Return the integrated loudness of gating blocks' K-weighted mean squares, in LUFS."""
    loud = powers[powers > _power(ABSOLUTE_GATE)]
    if len(loud) == 0:
        return -float("inf")
    gate = loud.mean() * 10 ** (RELATIVE_GATE / 10)
    return lufs(float(loud[loud > gate].mean()))


def lufs(power: float) -> float:
    """Return the loudness of a K-weighted mean square, summed over channels, in LUFS."""
    return OFFSET + 10 * float(np.log10(power)) if power > 0 else -float("inf")


def _power(loudness: float) -> float:
    return float(10 ** ((loudness - OFFSET) / 10))
