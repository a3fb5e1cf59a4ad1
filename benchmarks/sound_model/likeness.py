"""How much a sound repeats itself: one breath after the other, and a bed within minutes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import soxr

from cft_audio.signal.audio import SAMPLE_RATE, samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

_SHIFT = samples(0.020)
"""Samples by which a breath may be shifted to be most like the one before."""

_RATE = 11_025
"""Samples a second at which repetitions are looked for: what repeats does so below 5 kHz too."""

_WHITENED_HZ = 50.0
_WHITENED_DB = -30.0
"""Width over which a bed's spectrum is made even, so that no band alone tells how alike two moments
are, and the level beside its loudest frequency below which it is left as it is."""

_NEAREST = round(2.0 * _RATE)
"""Samples within which a moment is not compared with itself."""


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


def repetition(audio: Stereo, excerpt_s: float, count: int) -> float:
    """Return how much an excerpt of a bed is like any other moment of it, −1 to 1.

    The largest normalised correlation of ``count`` excerpts of the left channel with the whole,
    over 2 s away from themselves: 1 for a loop. Noise stays below 0.1; steady tones, which meet in
    like phases again and again, may come to 0.85 without repeating.

    Args:
        audio: The bed, which nothing makes louder or softer.
        excerpt_s: Seconds of an excerpt.
        count: Excerpts, evenly spread.
    """
    sound = _whiten(soxr.resample(audio[:, 0], SAMPLE_RATE, _RATE).astype(np.float64))
    length, size = round(excerpt_s * _RATE), 1 << (len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size)
    energy = np.concatenate([[0.0], np.cumsum(np.square(sound))])
    energies = energy[length:] - energy[:-length]
    largest = -1.0
    for start in np.linspace(0, len(sound) - length, count).astype(int):
        excerpt = sound[start : start + length]
        product = np.fft.irfft(spectrum * np.conj(np.fft.rfft(excerpt, size)), size)
        likeness = product[: len(energies)] / np.sqrt(energies * energies[start] + 1e-30)
        likeness[max(0, start - _NEAREST) : start + _NEAREST] = -1.0
        largest = max(largest, float(likeness.max()))
    return largest


def _whiten(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    size = 1 << (len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size)
    width = round(_WHITENED_HZ * size / _RATE)
    running = np.cumsum(np.pad(np.square(np.abs(spectrum)), (width - width // 2, width // 2)))
    even = (running[width:] - running[:-width]) / width
    spectrum /= np.sqrt(even + even.max() * 10 ** (_WHITENED_DB / 10) + 1e-30)
    return np.asarray(np.fft.irfft(spectrum, size)[: len(sound)])
