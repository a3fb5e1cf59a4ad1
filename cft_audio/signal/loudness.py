"""Integrated loudness by ITU-R BS.1770-4 and EBU R 128, in LUFS.

The K-weighting is applied by overlap-save convolution. That takes 0.4 s of CPU for ten minutes
of stereo; ``scipy.signal.sosfilt`` and ``scipy.fft`` would take 0.3 s, but importing the one takes
another 0.9 s and the other 0.25 s.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.fft import fft, ifft

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain, db_to_power, power_to_db
from cft_audio.signal.frames import FRAME, HOP, ROW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo

    _Sample = TypeVar("_Sample", np.float32, np.complex64)

_POINTS = 15_120
"""A product of small primes, which the transform likes. It takes less than 128 KiB: the transform
needs as much memory again each time, and beyond that the C library may give it back to the system
and fetch it anew, page by page, which takes longer than the transform."""

HISTORY = _POINTS - ROW
"""Samples before a row that its K-weighting still hears: 43 ms, after which the impulse response
of the filter has fallen by 120 dB. Leaving out the rest moves its response by less than 0.01 dB
from 20 Hz up."""

_ROWS_AT_ONCE = FRAME // ROW
"""Rows transformed together: a third quicker than one at a time, since each call to the transform
works out its sines anew."""

_GLANCE = 1_890
"""Samples from one to the next that are looked at first, to find out whether a row sounds."""

_SHELF = (1_681.974450955533, 0.7071752369554196, 3.999843853973347)
_HIGH_PASS = (38.13547087602444, 0.5003270373238773)
"""Frequency in Hz, Q and, for the shelf, gain in dB of the analogue prototypes behind the 48 kHz
coefficients of ITU-R BS.1770-4, Annex 1: De Man, "Evaluation of implementations of the EBU R128
loudness measurement" (AES 145, 2018). libebur128 takes its filters for other rates from the same
figures."""

_OFFSET = -0.691
MOMENTARY_HOPS = 4
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
"""ITU-R BS.1770-4, Annex 1: 400 ms blocks in steps of 100 ms, and both gates."""


def _kernel() -> NDArray[np.complex64]:
    """Return the K-weighting filter's response, its impulse response cut off after ``HISTORY``."""
    z = np.exp(-2j * np.pi * np.arange(_POINTS) / _POINTS)
    frequency, q, gain = _SHELF
    k = math.tan(math.pi * frequency / SAMPLE_RATE)
    high = db_to_gain(gain)
    # The exponent is De Man's fit; a textbook shelf has 0.5.
    band = high**0.4996667741545416
    shelf = (
        (high + band * k / q + k * k)
        + 2 * (k * k - high) * z
        + (high - band * k / q + k * k) * z * z
    ) / ((1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z)
    frequency, q = _HIGH_PASS
    k = math.tan(math.pi * frequency / SAMPLE_RATE)
    scale = 1 + k / q + k * k
    # BS.1770 leaves this filter's numerator at 1, -2, 1 without normalising its pass band.
    high_pass = (1 - z) ** 2 / (1 + (2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z) / scale)
    impulse = ifft(shelf * high_pass).real
    impulse[HISTORY:] = 0.0
    return np.asarray(fft(impulse).astype(np.complex64))


_KERNEL = _kernel()


def _k_weight(windows: NDArray[np.complex64], out: NDArray[Any]) -> NDArray[np.float32]:
    """Return the power of rows after K-weighting, left and right in turn, shape (rows, 2 · ROW).

    Args:
        windows: Shape (rows, HISTORY + ROW): each row after the audio before it.
        out: Of the same shape, complex64 too, to be written over; it may be ``windows``.
    """
    fft(windows, out=out)
    out *= _KERNEL
    ifft(out, out=out)
    heard: NDArray[np.float32] = out.view(np.float32)[:, 2 * HISTORY :]
    return np.square(heard, out=heard)


def as_complex(audio: Stereo) -> NDArray[np.complex64]:
    """Return ``audio`` with left as real and right as imaginary part, shape (samples,)."""
    return np.ascontiguousarray(audio, np.float32).view(np.complex64)[:, 0]


def rows_of(audio: NDArray[_Sample]) -> NDArray[_Sample]:
    """Return each row after the audio before it, as a view, shape (rows, HISTORY + ROW).

    Args:
        audio: HISTORY samples, then a whole number of rows.
    """
    return np.lib.stride_tricks.sliding_window_view(audio, HISTORY + ROW)[::ROW]


def hop_powers(windows: NDArray[np.complex64]) -> NDArray[np.float64]:
    """Return the K-weighted energy of each 100 ms, both channels added, shape (rows, 3).

    Args:
        windows: Shape (rows, HISTORY + ROW), as ``rows_of`` gives them.
    """
    energies = np.zeros((len(windows), ROW // HOP))
    buffer = np.empty((_ROWS_AT_ONCE, _POINTS), np.complex64)
    for start in range(0, len(windows), _ROWS_AT_ONCE):
        rows = windows[start : start + _ROWS_AT_ONCE]
        heard = _sounding(rows)
        if len(heard) < len(rows):
            rows = rows[heard]
        if len(heard):
            powers = _k_weight(rows, buffer[: len(rows)]).reshape(len(rows), -1, 2 * HOP)
            energies[start + heard] = powers.sum(axis=2, dtype=np.float64)
    return energies


def _sounding(windows: NDArray[np.complex64]) -> NDArray[np.intp]:
    """Return the rows in which there is anything but silence, which needs no filter."""
    sounds = np.asarray(windows[:, ::_GLANCE].any(axis=1))
    for row in np.flatnonzero(~sounds):
        sounds[row] = windows[row].any()
    return np.flatnonzero(sounds)


def gated_loudness(hops: NDArray[np.float64]) -> float:
    """Return the integrated loudness, in LUFS, of the energies of successive 100 ms.

    Args:
        hops: Shape (hops,), at least 4.

    Returns:
        Loudness; minus infinity where nothing passes the gates.
    """
    blocks = np.convolve(hops, np.ones(MOMENTARY_HOPS), "valid") / (MOMENTARY_HOPS * HOP)
    heard = blocks[blocks > db_to_power(_ABSOLUTE_GATE - _OFFSET)]
    if not len(heard):
        return -math.inf
    heard = heard[heard > heard.mean() * db_to_power(_RELATIVE_GATE)]
    return _OFFSET + power_to_db(float(heard.mean()))


def loudness_of_power(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loudness, in LUFS, of mean K-weighted powers; minus infinity for none."""
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET + 10 * np.log10(power))


def _loudness(hops: NDArray[np.float64], energy: float, length: int) -> float:
    """Return the loudness of audio that may be too short for the gates.

    Args:
        hops: The energies of its successive 100 ms.
        energy: That of all of it.
        length: Its samples.
    """
    if len(hops) >= MOMENTARY_HOPS:
        return gated_loudness(hops)
    loudness = _OFFSET + power_to_db(energy / max(1, length))
    return loudness if loudness > _ABSOLUTE_GATE else -math.inf


class LoudnessMeter:
    """Measures a stream of stereo audio; keeps 80 bytes for each second of it."""

    def __init__(self) -> None:
        self._hops = array("d")
        self._heard = np.zeros(HISTORY + _ROWS_AT_ONCE * ROW, np.complex64)
        self._filled = HISTORY

    def feed(self, audio: Stereo) -> None:
        """Take the next samples, any number of them."""
        rest = as_complex(audio)
        while len(rest):
            piece = rest[: len(self._heard) - self._filled]
            rest = rest[len(piece) :]
            self._heard[self._filled : self._filled + len(piece)] = piece
            self._filled += len(piece)
            if self._filled == len(self._heard):
                self._hops.extend(hop_powers(rows_of(self._heard)).flat)
                self._heard[:HISTORY] = self._heard[-HISTORY:]
                self._filled = HISTORY

    def feed_silence(self, length: int) -> None:
        """Take ``length`` samples of silence, which need no filter where whole hops meet."""
        if self._filled != HISTORY or length % HOP:
            self.feed(np.zeros((length, 2), np.float32))
            return
        self._hops.extend([0.0] * (length // HOP))
        self._heard[:HISTORY] = 0.0

    def hops(self) -> NDArray[np.float64]:
        """Return the K-weighted energy of each whole 100 ms so far."""
        rest = self._rest()
        whole = rest[: len(rest) // HOP * HOP].reshape(-1, HOP)
        return np.concatenate([np.asarray(self._hops), whole.sum(axis=1, dtype=np.float64)])

    def integrated(self) -> float:
        """Return the integrated loudness so far, in LUFS.

        Audio shorter than the standard's 400 ms block counts as one block of its own length,
        above the absolute gate or not heard at all.
        """
        rest = self._rest()
        energy = sum(self._hops) + float(rest.sum(dtype=np.float64))
        return _loudness(self.hops(), energy, len(self._hops) * HOP + len(rest))

    def _rest(self) -> NDArray[np.float32]:
        """Return the K-weighted power of the samples that wait, both channels added."""
        waiting = self._filled - HISTORY
        self._heard[self._filled :] = 0.0
        windows = rows_of(self._heard)[: -(-waiting // ROW)]
        powers = _k_weight(windows, np.empty(windows.shape, np.complex64)).reshape(-1, 2)
        return (powers[:, 0] + powers[:, 1])[:waiting]


def clip_loudness(clip: Mono) -> float:
    """Return the integrated loudness of a whole mono clip of any length, in LUFS.

    It is that of one channel: the same clip on both channels of a recording reads 3.01 LU more.
    A clip shorter than 400 ms counts as one block; silence is minus infinity.
    """
    hops = clip_hops(clip)
    return _loudness(hops[: len(clip) // HOP], float(hops.sum()), len(clip))


def clip_hops(clip: Mono) -> NDArray[np.float64]:
    """Return the K-weighted energy of each 100 ms of a mono clip, with silence after its end.

    Those after ``len(clip) // HOP`` are of no whole 100 ms of it.
    """
    pairs = max(1, -(-len(clip) // (2 * ROW)))
    padded = np.zeros(HISTORY + pairs * 2 * ROW, np.float32)
    padded[HISTORY : HISTORY + len(clip)] = clip
    rows = rows_of(padded)
    # Two rows at a time, as real and imaginary part: half the transforms.
    packed = np.empty((pairs, _POINTS), np.complex64)
    packed.real, packed.imag = rows[::2], rows[1::2]
    powers = _k_weight(packed, packed).reshape(pairs, ROW, 2)
    # Copied, since adding up every other sample takes eight times as long; one by one, since
    # copying a transposed array takes six times as long.
    apart = np.empty((pairs, 2, ROW), np.float32)
    apart[:, 0], apart[:, 1] = powers[..., 0], powers[..., 1]
    return np.asarray(apart.reshape(-1, HOP).sum(axis=1, dtype=np.float64))
