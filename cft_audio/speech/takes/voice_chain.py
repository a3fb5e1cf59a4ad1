"""The voice chain: what gives a take the warmth that its profile asks for.

High-pass, high shelf, equaliser and reverb are linear, so they are one impulse response, applied
by one convolution; ``scipy.signal`` would do the same and takes 0.9 s of CPU to import,
``scipy.fft`` 0.25 s.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.fft import irfft, rfft

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.speech.voices.warmth import Warmth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.speech.voices.warmth import Band

HIGH_SHELF_HZ = 2_500.0
"""Where half of a high shelf is reached: above the formants that tell vowels apart, whose second
lies below 2.5 kHz (Peterson and Barney 1952), and below the energy of s and sh."""

_POINTS = 8_192
"""Length of the filters' impulse response: 0.19 s, in which even a high-pass at 20 Hz
has fallen by 100 dB."""

_REVERB_BEGINS, _REVERB_LASTS = samples(0.008), samples(0.16)
"""A room's first reflection comes after 8 ms, as off a wall at 1.4 m; the early ones, up to 50 ms,
support the voice and are not heard apart (Haas 1951)."""

_REVERB_DECAY = 0.2
"""Seconds in which a room falls by 60 dB: a furnished living room has 0.3 to 0.5 s; less is safe
for word recognition."""

_REVERB_BAND = (250.0, 4_000.0)
"""Hz between which a furnished room answers: carpets and cushions take in the rest."""

_REVERB_SEED = 1
"""The reverb is noise with this decay, and always the same noise."""

_ROTATING = 4
"""All-passes that turn phases: twenty-eight sentences of the default voice peak 19 dB above their
loudness, and 18 dB with four around 300 Hz (measured)."""

_FRAME = samples(0.005)
_SMOOTHING = 31
"""Frames over which a sentence's level is followed, 0.15 s: slower than a syllable's rise, faster
than a word."""

_QUIET = 1e-4
"""Power, beside the loudest frame's, below which a frame counts for no speech: 40 dB less."""


def apply_voice_chain(speech: Mono, warmth: Warmth) -> Mono:
    """Return ``speech`` through the chain, longer by the reverb's end where there is reverb.

    Args:
        speech: Shape (samples,), at any level.
        warmth: The chain.
    """
    if warmth == Warmth():
        return speech
    impulse = _impulse_response(
        warmth.high_pass, warmth.tilt, tuple(warmth.eq.values()), warmth.rotation, warmth.room
    )
    length = len(speech) + (_REVERB_LASTS if warmth.room else 0)
    return _compress(_convolve(speech, impulse)[:length], warmth.compression)


def _convolve(one: NDArray[np.floating[Any]], other: NDArray[np.floating[Any]]) -> Mono:
    """Return the convolution, with zeros up to a power of 2, which a transform likes best."""
    points = 1 << (len(one) + len(other) - 2).bit_length()
    return np.asarray(irfft(rfft(one, points) * rfft(other, points), points), np.float32)


@lru_cache(maxsize=4)
def _impulse_response(
    high_pass: float, shelf: float, bands: tuple[Band, ...], rotation: float, reverb: float
) -> Mono:
    """Return the impulse response of all that is linear."""
    spectrum = _high_shelf(shelf)
    for band in bands:
        spectrum = spectrum * _peak(band)
    if rotation:
        spectrum = spectrum * _rotation(rotation)
    if high_pass:
        spectrum = _high_pass(high_pass) * spectrum
    filters = irfft(spectrum, _POINTS)
    if not reverb:
        return np.asarray(filters, np.float32)
    place = np.zeros(_REVERB_LASTS)
    place[0] = 1.0
    place[_REVERB_BEGINS:] = reverb * _reverb()
    return _convolve(filters, place)


def _reverb() -> NDArray[np.float64]:
    """Return a small room's answer to an impulse of energy 1, its own energy 1."""
    count = _REVERB_LASTS - _REVERB_BEGINS
    noise = np.random.Generator(np.random.PCG64(_REVERB_SEED)).standard_normal(count)
    band = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    low, high = _REVERB_BAND
    answers = 1 / np.sqrt((1 + (band / high) ** 4) * (1 + (low / np.maximum(band, 1.0)) ** 4))
    time = np.arange(count) / SAMPLE_RATE
    answer = irfft(rfft(noise) * answers, count) * 10 ** (-3 * time / _REVERB_DECAY)
    return np.asarray(answer / np.sqrt(np.sum(answer**2)))


def _plane(frequency: float) -> NDArray[np.complex128]:
    """Return the analogue plane at each point, ``frequency`` being 1, by the bilinear transform."""
    # The last point, half the sampling rate, is infinity: it is left just short of it.
    angle = np.pi * np.minimum(np.arange(_POINTS // 2 + 1) / _POINTS, 0.5 - 1e-9)
    return np.asarray(1j * np.tan(angle) / math.tan(math.pi * frequency / SAMPLE_RATE))


def _high_pass(frequency: float) -> NDArray[np.complex128]:
    """Return the response of a Butterworth high-pass of the second order."""
    s = _plane(frequency)
    return np.asarray(s * s / (s * s + math.sqrt(2) * s + 1))


def _high_shelf(softer_db: float) -> NDArray[np.complex128]:
    """Return the response of a first-order high shelf: 1 at 0 Hz, ``-softer_db`` at the top."""
    s = _plane(HIGH_SHELF_HZ)
    half = db_to_gain(-softer_db / 2)
    return np.asarray((1 + half * s) / (1 + s / half))


def _peak(band: Band) -> NDArray[np.complex128]:
    """Return the response of a peaking equaliser.

    It is that of Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter
    coefficients" (1994).
    """
    s = _plane(band.hz)
    half = db_to_gain(band.db / 2)
    return np.asarray((s * s + s * half / band.q + 1) / (s * s + s / (half * band.q) + 1))


def _rotation(frequency: float) -> NDArray[np.complex128]:
    """Return the response of all-passes of the first order, one after the other."""
    s = _plane(frequency)
    return np.asarray(((1 - s) / (1 + s)) ** _ROTATING)


def _compress(speech: Mono, ratio: float) -> Mono:
    """Return ``speech`` with what is louder than its mean drawn towards it.

    The level is smoothed over the frames around a moment, before and after, so that a loud
    syllable is met and not followed.
    """
    frames = -(-len(speech) // _FRAME)
    if ratio == 1.0 or frames < _SMOOTHING:
        return speech
    padded = np.pad(speech, (0, frames * _FRAME - len(speech)))
    power = np.square(padded, dtype=np.float64).reshape(frames, _FRAME).mean(axis=1)
    window = np.hanning(_SMOOTHING + 2)[1:-1]
    followed = np.convolve(power, window / window.sum(), "same")
    mean = followed[followed > followed.max() * _QUIET].mean()
    gain = np.maximum(1.0, followed / mean) ** ((1 / ratio - 1) / 2)
    middles = (np.arange(frames) + 0.5) * _FRAME
    gains = np.interp(np.arange(len(speech)), middles, gain)
    return np.asarray(speech * gains.astype(np.float32))
