"""How much a sound repeats itself: one breath after the other, and a bed within minutes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.signal.audio import Stereo

_SHIFT = samples(0.020)
"""Samples by which a breath may be shifted to be most like the one before."""


def breath_likeness(audio: Stereo, starts: Sequence[int], length: int) -> float:
    """Return the largest correlation between the waveforms of successive breaths, −1 to 1.

    Both channels count together; the best of all shifts within 20 ms is taken.

    Args:
        audio: The tone.
        starts: First samples of successive breaths.
        length: Samples of each.
    """
    return max(_correlation(audio, *pair, length) for pair in pairwise(starts))


def _correlation(audio: Stereo, first: int, second: int, length: int) -> float:
    one = audio[first : first + length].astype(np.float64)
    other = audio[second - _SHIFT : second + length + _SHIFT].astype(np.float64)
    size = 1 << (len(other) - 1).bit_length()
    product = np.zeros(2 * _SHIFT + 1)
    energy = np.concatenate([[0.0], np.cumsum(np.square(other).sum(axis=1))])
    for channel in range(2):
        spectrum = np.fft.rfft(other[:, channel], size) * np.conj(
            np.fft.rfft(one[:, channel], size)
        )
        product += np.fft.irfft(spectrum, size)[: 2 * _SHIFT + 1]
    energies = energy[length : length + 2 * _SHIFT + 1] - energy[: 2 * _SHIFT + 1]
    return float((product / np.sqrt(np.square(one).sum() * energies)).max())
