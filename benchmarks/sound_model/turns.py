"""Where the turns of the breath are found again in a recording: a matched filter.

What is looked for is the sound of a breath around its turn, as the program makes it for that very
breath; where it should lie is what the plan says, which a dry run prints. A breath cue lies on half
of all turns, so the voice, which is known, is taken away first: what is left of it is what its
encoding by itself and with the rest differ by. Middle and sides are looked at apart, and in each
every frequency counts the less the louder the recording is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.tones.registry import breath_sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.mix.plan import MixPlan
    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Breath

SEARCHED_S = 0.3
"""Seconds on either side of where a turn should lie in which it is looked for."""

_BEFORE, _AFTER = samples(0.02), samples(0.25)
"""Samples of the sound before the turn and after it that are looked for."""

_SEARCHED = samples(SEARCHED_S)
_SMOOTHED_HZ = 40.0
"""Width over which the recording's spectrum is smoothed, to tell how loud it is there."""


_FLOOR = 1e-6
"""What counts as loudness where there is none, against the loudest frequency: −60 dB."""

_TAPER = samples(0.015)


def turns_of(breath: Breath) -> tuple[int, ...]:
    """Return the samples at which a breath turns: to the inhale, the hold, and the exhale."""
    held = (breath.start + breath.inhale,) if breath.full_hold else ()
    return (breath.start, *held, breath.exhale_start)


def turn_errors_s(planned: MixPlan, unspoken: Stereo) -> NDArray[np.float64]:
    """Return by how many seconds each turn lies off, shape (turns,), those of whole breaths.

    Args:
        planned: The session, with a tone.
        unspoken: The decoded recording without its voice.
    """
    errors = []
    for breath in planned.timeline.breaths:
        sound = breath_sound(planned.sounds.tone, breath, planned.sounds.seed)
        for turn in turns_of(breath):
            begin = max(0, turn - breath.start - _BEFORE)
            wanted = sound[begin : turn - breath.start + _AFTER]
            place = breath.start + begin
            heard = unspoken[place - _SEARCHED : place + len(wanted) + _SEARCHED]
            errors.append(_best_shift(wanted, heard) - _SEARCHED)
    return np.array(errors) / SAMPLE_RATE


def _best_shift(wanted: Stereo, heard: Stereo) -> int:
    """Return by how many samples ``wanted`` is shifted where it is most like ``heard``."""
    size = 1 << (len(heard) - 1).bit_length()
    likeness = np.zeros(len(heard) - len(wanted) + 1)
    # Cut off, their ends would be like each other.
    parts = [part * _taper(len(part))[:, None] for part in (wanted, heard)]
    for sign in (1.0, -1.0):
        sought, found = (np.fft.rfft(part[:, 0] + sign * part[:, 1], size) for part in parts)
        width = round(_SMOOTHED_HZ * size / SAMPLE_RATE)
        loudness = np.convolve(np.square(np.abs(found)), np.ones(width) / width, "same")
        product = found * np.conj(sought) / (loudness + loudness.max() * _FLOOR + 1e-20)
        likeness += np.fft.irfft(product, size)[: len(likeness)]
    return int(np.argmax(likeness))


def _taper(length: int) -> NDArray[np.float64]:
    ways = np.minimum(np.arange(length), np.arange(length)[::-1]) / _TAPER
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.minimum(ways, 1.0)))
