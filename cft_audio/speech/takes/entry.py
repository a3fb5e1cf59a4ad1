"""How a line comes in after a silence: no louder than it goes on.

The first syllables of a sentence are its loudest, and after a silence they startle: the default
voice's first second stood 5 LU above its line, and at the worst 7.5 (measured, over 200 ms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain, db_to_power
from cft_audio.signal.frames import HOP
from cft_audio.signal.loudness import clip_hops, gated_loudness, loudness_of_power
from cft_audio.signal.pcm import to_float, to_pcm16
from cft_audio.speech.takes.take import HIGHEST_SAMPLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_OVER_LU = 2.0
"""How far a line may stand above its own loudness while it comes in."""

_MARGIN_LU = 0.9
"""What a window of 200 ms can be louder than the nearest that begins on a step of 100 ms."""

_COMES_IN = 3 * SAMPLE_RATE // (2 * HOP)
"""Steps of 100 ms in which it does: a second and a half, three words or four."""

_SLOPE_DB = 6.0
"""Change of gain from one step to the next, as quick as syllables follow one another: where it was
slower, soft words beside a loud one were lost ("I've heard you" was understood as "heard you")."""

_MOST_REDUCED_DB = 9.0
"""More is never taken away."""

_MOST_SOFTER_LU = 1.5
"""Nor so much that the line as a whole is softer by more."""

_SHORTEST = 2 * SAMPLE_RATE // HOP
"""Steps of a line that is changed: a shorter one, such as a breath cue, is its own loudest moment,
and is understood worse if that is taken from it (measured over the cues of benchmarks/voice)."""

_CHANGED = _COMES_IN + round(_MOST_REDUCED_DB / _SLOPE_DB)
"""Steps in which the gain may change."""

_ROUNDS = 6
"""A line that comes in softer is itself a little softer, so it is measured again, so often."""


def enter_gently(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return a clip whose beginning is at most ``MOST_OVER_LU`` above the whole, and as loud.

    Windows of 200 ms are compared with the integrated loudness (ITU-R BS.1770-4). A clip of less
    than two seconds is returned as it is.

    Args:
        pcm: Shape (samples,).
    """
    speech = to_float(pcm)
    hops = clip_hops(speech)[: len(pcm) // HOP]
    reductions = _reductions(hops)
    if not reductions.any():
        return pcm
    count = min(len(pcm), len(reductions) * HOP)
    middles = (np.arange(len(reductions)) + 0.5) * HOP
    speech[:count] *= db_to_gain(-np.interp(np.arange(count), middles, reductions))
    room = HIGHEST_SAMPLE / float(np.abs(speech).max())
    speech *= np.float32(min(max(1.0, room), db_to_gain(_softer(hops, reductions))))
    return to_pcm16(speech)


def _reductions(hops: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many dB are taken from each 100 ms of a line's beginning.

    Args:
        hops: The K-weighted energy of each 100 ms of the line.
    """
    reductions = np.zeros(min(len(hops), _CHANGED))
    if len(hops) < _SHORTEST:
        return reductions
    count = min(len(hops) - 1, _COMES_IN)
    for _ in range(_ROUNDS):
        heard = _reduced(hops, reductions)
        windows = (heard[:count] + heard[1 : count + 1]) / (2 * HOP)
        over = loudness_of_power(windows) - gated_loudness(heard) - MOST_OVER_LU + _MARGIN_LU
        if over.max() <= 0.0:
            break
        reductions = np.minimum(reductions + _spread(over, len(reductions)), _MOST_REDUCED_DB)
        softer = _softer(hops, reductions)
        if softer > _MOST_SOFTER_LU:
            return np.asarray(reductions * (_MOST_SOFTER_LU / softer))
    return reductions


def _reduced(hops: NDArray[np.float64], reductions: NDArray[np.float64]) -> NDArray[np.float64]:
    heard = hops.copy()
    heard[: len(reductions)] *= db_to_power(-reductions)
    return heard


def _softer(hops: NDArray[np.float64], reductions: NDArray[np.float64]) -> float:
    """Return by how many LU the whole line is softer for ``reductions``."""
    return gated_loudness(hops) - gated_loudness(_reduced(hops, reductions))


def _spread(over: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the least that takes ``over`` from each window and changes by ``_SLOPE_DB``.

    Args:
        over: dB by step, of the window that begins there; fewer than ``count``.
        count: How many steps to return.
    """
    wanted = np.zeros(count)
    wanted[: len(over)] = over
    wanted[1 : len(over) + 1] = np.maximum(wanted[1 : len(over) + 1], over)
    steps = np.arange(count)
    sloping = wanted - _SLOPE_DB * np.abs(steps - steps[:, np.newaxis])
    return np.asarray(np.maximum(sloping, 0.0).max(axis=1))
