"""A struck bowl: the sound of the chime, of the bowls tone and, tiny, of every turn."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.gain import apply_gain, fade_in, fade_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo

_PARTIALS = ((1.0, 1.0, 1.0), (2.77, 0.42, 0.55), (5.18, 0.14, 0.3), (8.16, 0.04, 0.18))
"""Frequency, level and ring of each partial against the first. The ratios are those of a thin
vibrating shell: Inácio, Henrique and Antunes, "The dynamics of Tibetan singing bowls"
(Acta Acustica 92, 2006), measured 1 : 2.7 : 5.1 : 8."""

_BEAT_HZ = 0.7
"""Each partial of a real bowl is a pair, since no bowl is quite round; they beat this slowly."""

_WIDTH = np.pi / 2
"""Radians of phase between its channels. A quarter turn makes it wide without drawing it to a
side, costs 3 dB in mono, and leaves half of its power in the difference of the channels. A voice
is mono and absent there: measured after 128 kb/s MP3 under continuous speech, 36 turns of 36 are
found in the difference within 4 ms, and 15 of them within 20 ms with the channels in phase."""

_HIGHEST_HZ = 12_000.0
"""No partial lies above: far below half the sample rate, and nothing shrill."""


@lru_cache(maxsize=16)
def strike(frequency: float, ring: float, attack: float = 0.006) -> Stereo:
    """Return one strike of a bowl, its peak at full scale; not to be written to.

    Args:
        frequency: Of its lowest partial, in Hz.
        ring: Seconds in which the lowest partial falls by 60 dB; the sound is as long.
        attack: Seconds it takes to speak: long enough not to click, short enough to be a
            definite moment.
    """
    time = np.arange(samples(ring)) / SAMPLE_RATE
    sound = np.zeros((len(time), 2), np.float32)
    for ratio, level, share in _PARTIALS:
        if ratio * frequency > _HIGHEST_HZ:
            continue
        decay = np.exp(np.float32(-np.log(1000) / (ring * share)) * time.astype(np.float32))
        decay *= np.float32(level)
        high = phase((ratio * frequency + _BEAT_HZ / 2) * time)
        low = phase((ratio * frequency - _BEAT_HZ / 2) * time)
        for channel, upper, lower, lead in ((0, 0.7, 0.3, _WIDTH / 2), (1, 0.3, 0.7, -_WIDTH / 2)):
            wave = upper * np.sin(high + np.float32(lead)) + lower * np.sin(low + np.float32(lead))
            sound[:, channel] += decay * wave
    rise, fall = samples(attack), samples(min(0.3, ring / 4))
    edges = np.ones(len(time), np.float32)
    edges[:rise] = fade_in(rise)
    edges[-fall:] *= fade_out(fall)
    sound = apply_gain(sound, edges)
    sound /= np.abs(sound).max()
    sound.flags.writeable = False
    return sound


def phase(turns: NDArray[np.float64]) -> Mono:
    """Return a phase in radians, within one turn, of one given in turns.

    Within one turn single precision is enough, and its sine takes an eighth of the CPU.
    """
    return ((turns - np.floor(turns)) * (2 * np.pi)).astype(np.float32)
