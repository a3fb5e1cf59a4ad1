"""How a line comes in after a silence: no louder than it goes on.

The first words of a sentence are its loudest, and after a silence they startle. They are softened
as a whole and by no more than that takes: where each loud syllable was held down by itself, a
recogniser lost the words beside it (21 words of 784 were wrong; 13 to 16 without, and 16 to 19 as a
whole; benchmarks/voice).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain, db_to_power
from cft_audio.signal.frames import HOP
from cft_audio.signal.loudness import MOMENTARY_HOPS, clip_hops, gated_loudness, loudness_of_power
from cft_audio.signal.pcm import to_float, to_pcm16
from cft_audio.speech.takes.level import find_level, raised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono

MOST_OVER_LU = 2.0
"""How far the momentary loudness of a line may stand above the line's own while it comes in."""

_MARGIN_LU = 0.8
"""What a window of 400 ms can be louder than the nearest that begins on a step of 100 ms."""

_COMES_IN, _COMES_BACK = 15, 10
"""Steps of 100 ms (``HOP``) that are softened, three words or four, and over which the gain comes
back."""

_MOST_REDUCED_DB = 12.0
"""More is never taken away: a line of a few words is its own loudest moment."""

_ROUNDS = 6
"""A line that comes in softer is itself a little softer, so it is measured again, so often."""


@dataclass(frozen=True)
class Entry:
    """How a clip comes in.

    Attributes:
        reduced_db: What is taken from its beginning, in dB; 0 where it is left as it is.
        gain_db: What is given to the whole for it, in dB.
    """

    reduced_db: float = 0.0
    gain_db: float = 0.0


def enter_gently(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return a clip that comes in at most ``MOST_OVER_LU`` above the whole, which is as loud.

    Momentary loudness (400 ms, EBU Tech 3341) in its first second and a half is compared with its
    integrated loudness (ITU-R BS.1770-4). A clip that is shorter than both is returned as it is.

    Args:
        pcm: Shape (samples,).
    """
    return find_entry(pcm)[0]


def find_entry(pcm: NDArray[np.int16]) -> tuple[NDArray[np.int16], Entry]:
    """Return a clip as ``enter_gently`` does, and the entry with which ``enter`` gives it."""
    hops = clip_hops(to_float(pcm))[: len(pcm) // HOP]
    if len(hops) < _COMES_IN + MOMENTARY_HOPS:
        return pcm, Entry()
    reduced_db = _reduction(hops)
    if reduced_db == 0.0:
        return pcm, Entry()
    levelled, gain_db = find_level(_soften(pcm, reduced_db), gated_loudness(hops))
    return to_pcm16(levelled), Entry(reduced_db, gain_db)


def enter(pcm: NDArray[np.int16], entry: Entry) -> NDArray[np.int16]:
    """Return a clip with the entry that was found for it."""
    if entry.reduced_db == 0.0:
        return pcm
    return to_pcm16(raised(_soften(pcm, entry.reduced_db), entry.gain_db))


def _soften(pcm: NDArray[np.int16], reduced_db: float) -> Mono:
    """Return a clip whose beginning is softer by ``reduced_db``."""
    softened = to_float(pcm)
    begins = softened[: (_COMES_IN + _COMES_BACK) * HOP]
    steps = np.arange(len(begins)) / HOP
    gains_db = np.interp(steps, [_COMES_IN, _COMES_IN + _COMES_BACK], [-reduced_db, 0.0])
    begins *= db_to_gain(gains_db).astype(np.float32)
    return softened


def _reduction(hops: NDArray[np.float64]) -> float:
    """Return how many dB are taken from a line's beginning.

    Args:
        hops: The K-weighted energy of each 100 ms of the line.
    """
    reduced_db = 0.0
    for _ in range(_ROUNDS):
        heard = _softened(hops, reduced_db)
        powers = np.convolve(heard[:_COMES_IN], np.ones(MOMENTARY_HOPS), "valid")
        momentary = loudness_of_power(powers / (MOMENTARY_HOPS * HOP)).max()
        over = float(momentary) - gated_loudness(heard) - MOST_OVER_LU + _MARGIN_LU
        if over <= 0.0:
            break
        reduced_db = min(reduced_db + over, _MOST_REDUCED_DB)
    return reduced_db


def _softened(hops: NDArray[np.float64], reduced_db: float) -> NDArray[np.float64]:
    """Return the energies of a line whose beginning is softer by ``reduced_db``."""
    steps = np.arange(len(hops)) + 0.5
    ends = [_COMES_IN, _COMES_IN + _COMES_BACK]
    return np.asarray(hops * db_to_power(np.interp(steps, ends, [-reduced_db, 0.0])))
