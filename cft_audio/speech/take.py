"""A take: what an engine said, trimmed, faded, at one sample rate and one loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.audio import SAMPLE_RATE, samples
from cft_audio.errors import EngineError
from cft_audio.limiter import limited
from cft_audio.loudness import clip_loudness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.audio import Mono
    from cft_audio.speech.engine import Spoken

CONDITIONING = 10
"""Raised whenever this module changes what it makes, so that cached takes are made anew."""

TAKE_LUFS = -20.0
"""Loudness of every take as it is heard from both speakers: its peaks then lie below full
scale, and the level of a session lies near it."""

_BOTH_SPEAKERS = 3.01
"""LU that a mono clip gains by sounding from two speakers (BS.1770-4 adds their powers)."""

MOST_GAIN_DB = 24.0
"""Gain a take gets at most: more would lift an engine's noise instead of its voice."""

CEILING_DBTP = -1.0
"""True peak of a take. The default voice's plosives reach up to 22 dB above its loudness, so few
takes come near; what a session at its own level needs limited is limited in its master."""

_CLOSE = 10 ** ((CEILING_DBTP - 0.5) / 20)
"""Sample peak from which a take may pass the ceiling between two samples: speech, band-limited by
its engine to half this rate, peaks less than 0.5 dB above its samples."""

_FRAME = samples(0.005)
_FLOOR = 10 ** (-46 / 20)
"""How far below a take's loudest frame speech ends. The default voice's weakest audible
consonants measure 40 dB below its vowels, its silence 75 dB."""

_LEAD, _TRAIL = samples(0.005), samples(0.06)
"""Kept before and after speech: a lead too short to delay a breath cue, a trail that lets a
last consonant ring out."""

_FADE_IN, _FADE_OUT = samples(0.004), samples(0.02)


@dataclass(frozen=True)
class Take:
    """A sentence, ready to be placed.

    Attributes:
        pcm: Shape (samples,), 16-bit, at ``SAMPLE_RATE``.
        breaks: Samples at which the speech rests and may rest longer.
    """

    pcm: NDArray[np.int16]
    breaks: tuple[int, ...] = ()


def condition(spoken: Spoken) -> Take:
    """Return ``spoken`` as a take.

    Raises:
        EngineError: If there is no sound in it.
    """
    import soxr

    if len(spoken.samples) == 0 or not np.isfinite(spoken.samples).all():
        raise EngineError("the engine gave no usable sound")
    speech = soxr.resample(
        spoken.samples.astype(np.float32), spoken.sample_rate, SAMPLE_RATE, quality="HQ"
    )
    start, end = _speech_bounds(speech)
    trimmed = _faded(speech[start:end])
    levelled = _levelled(trimmed)
    ratio = SAMPLE_RATE / spoken.sample_rate
    places = (round(place * ratio) - start for place in spoken.breaks)
    breaks = tuple(place for place in places if 0 < place < len(levelled))
    return Take(np.round(levelled * np.iinfo(np.int16).max).astype(np.int16), breaks)


def _speech_bounds(speech: Mono) -> tuple[int, int]:
    frames = len(speech) // _FRAME
    if frames == 0:
        return 0, len(speech)
    peaks = np.abs(speech[: frames * _FRAME]).reshape(frames, _FRAME).max(axis=1)
    loudest = float(peaks.max())
    if loudest == 0.0:
        raise EngineError("the engine gave only silence")
    loud = np.flatnonzero(peaks > loudest * _FLOOR)
    start = max(0, int(loud[0]) * _FRAME - _LEAD)
    return start, min(len(speech), (int(loud[-1]) + 1) * _FRAME + _TRAIL)


def _faded(speech: Mono) -> Mono:
    faded = speech.copy()
    rise, fall = min(_FADE_IN, len(faded)), min(_FADE_OUT, len(faded))
    faded[:rise] *= _ramp(rise)
    faded[-fall:] *= _ramp(fall)[::-1]
    return faded


def _ramp(length: int) -> Mono:
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length), np.float32)


def _levelled(speech: Mono) -> Mono:
    gain_db = TAKE_LUFS - _BOTH_SPEAKERS - clip_loudness(speech)
    levelled = speech * np.float32(10 ** (min(gain_db, MOST_GAIN_DB) / 20))
    if float(np.abs(levelled).max()) <= _CLOSE:
        return levelled
    both = np.stack([levelled, levelled], axis=1)
    return np.concatenate([frame.audio[:, 0] for frame in limited([both], CEILING_DBTP)])
