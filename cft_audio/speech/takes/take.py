"""A take: what an engine said, trimmed, faded, at one sample rate and one loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import EngineError
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fade_in, fade_out
from cft_audio.signal.pcm import to_pcm16
from cft_audio.signal.reference_levels import TAKE_LUFS
from cft_audio.speech.takes.level import bring_to
from cft_audio.speech.takes.voice_chain import apply_voice_chain
from cft_audio.speech.voices.warmth import Warmth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.speech.engines.engine import Spoken

TAKE_VERSION = 13
"""Raised whenever this module changes what it makes, so that cached takes are made anew."""

_BOTH_SPEAKERS = 3.01
"""LU that a mono clip gains by sounding from two speakers (BS.1770-4 adds their powers)."""

_FRAME = samples(0.005)
_FLOOR = db_to_gain(-46.0)
"""How far below a take's loudest frame speech ends. The default voice's weakest audible
consonants measure 40 dB below its vowels, its silence 75 dB."""

_LEAD, _TRAIL = samples(0.005), samples(0.06)
"""Kept before and after speech: a lead too short to delay a breath cue, a trail that lets a
last consonant ring out."""

_FADE_IN, _FADE_OUT = samples(0.004), samples(0.02)

_NO_WARMTH = Warmth()


@dataclass(frozen=True)
class Take:
    """A sentence, ready to be placed.

    Attributes:
        pcm: Shape (samples,), 16-bit, at ``SAMPLE_RATE``.
        breaks: Samples at which the speech rests and may rest longer.
    """

    pcm: NDArray[np.int16]
    breaks: tuple[int, ...] = ()


def make_take(spoken: Spoken, warmth: Warmth = _NO_WARMTH, level_db: float = 0.0) -> Take:
    """Return ``spoken`` as a take.

    Args:
        spoken: What an engine said.
        warmth: The voice chain it goes through.
        level_db: How many LU its loudness differs from ``TAKE_LUFS``.

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
    # The chain before the fades: whatever it does, a take begins and ends in silence.
    warm = apply_voice_chain(speech[start:end], warmth)
    # Up to where its reverb has died away, and no less than the speech itself.
    trimmed = warm[: max(end - start, _speech_bounds(warm)[1])]
    levelled = bring_to(_fade(trimmed), TAKE_LUFS - _BOTH_SPEAKERS + level_db)
    ratio = SAMPLE_RATE / spoken.sample_rate
    places = (round(place * ratio) - start for place in spoken.breaks)
    breaks = tuple(place for place in places if 0 < place < len(levelled))
    return Take(to_pcm16(levelled), breaks)


def _speech_bounds(speech: Mono) -> tuple[int, int]:
    if not speech.any():
        raise EngineError("the engine gave only silence")
    frames = len(speech) // _FRAME
    peaks = np.abs(speech[: frames * _FRAME]).reshape(frames, _FRAME).max(axis=1)
    loudest = float(peaks.max(initial=0.0))
    if loudest == 0.0:  # what there is lies after the last whole frame
        return 0, len(speech)
    loud = np.flatnonzero(peaks > loudest * _FLOOR)
    start = max(0, int(loud[0]) * _FRAME - _LEAD)
    return start, min(len(speech), (int(loud[-1]) + 1) * _FRAME + _TRAIL)


def _fade(speech: Mono) -> Mono:
    faded = speech.copy()
    rise, fall = min(_FADE_IN, len(faded)), min(_FADE_OUT, len(faded))
    faded[:rise] *= fade_in(rise)
    faded[-fall:] *= fade_out(fall)
    return faded
