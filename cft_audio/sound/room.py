"""The room that voice and bells are in: its first reflections, so that both are in one place.

A voice without a room is inside the head of whoever wears headphones. What tells a room and a
distance is its first reflections; a tail of reverb, which would blur consonants, is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from math import atan2, cos, dist, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo

_SIZE = (4.4, 3.6, 2.5)
"""Metres of width, depth and height: a sitting room."""

_LISTENER, _SPEAKER = (2.0, 1.3, 1.2), (2.3, 2.4, 1.25)
"""Where both sit, in metres from a corner: a good metre apart, and not quite face to face, so that
the two sides of the room answer differently."""

_REFLECTED = (0.3, 0.12, 0.08)
"""Part of the amplitude that is given back by the walls at the sides, by those before and behind,
which have shelves and curtains, and by a carpet or a ceiling. The sides tell of a room, and the
others take from the words: all together cost 0.003 of ESTOI, which measures how well words are
understood, and 0.5, 0.5 and 0.3 would cost 0.013 for a voice that is hardly wider
(``benchmarks/sound.py``)."""

_DULL = (0.25, 0.5, 0.25)
"""What a wall leaves of the treble: half of the amplitude at a quarter of the sample rate."""

_METRES_A_SECOND = 343.0


@dataclass(frozen=True)
class _Reflection:
    """One reflection: samples after the direct sound, and its level in either channel."""

    delay: int
    left: float
    right: float


@cache
def _reflections() -> tuple[_Reflection, ...]:
    """Return the reflections from each wall, floor and ceiling, by the image source method.

    Allen and Berkley, "Image method for efficiently simulating small-room acoustics" (Journal of
    the Acoustical Society of America 65, 1979): what a wall reflects seems to come from behind it.
    """
    direct = dist(_LISTENER, _SPEAKER)
    found = []
    for axis, wall in product(range(3), (0.0, 1.0)):
        image = list(_SPEAKER)
        image[axis] = 2 * wall * _SIZE[axis] - image[axis]
        way = dist(_LISTENER, image)
        level = _REFLECTED[axis] * direct / way
        side = atan2(image[0] - _LISTENER[0], abs(image[1] - _LISTENER[1])) / (pi / 2)
        angle = (side + 1) * pi / 4
        delay = round((way - direct) / _METRES_A_SECOND * SAMPLE_RATE)
        found.append(_Reflection(delay, level * cos(angle), level * sin(angle)))
    return tuple(found)


def ring_length() -> int:
    """Return how many samples a sound is longer in the room."""
    return max(reflection.delay for reflection in _reflections()) + len(_DULL)


def put_in_room(sound: Stereo) -> Stereo:
    """Return ``sound`` as it is heard in the room, ``ring_length`` samples longer.

    Args:
        sound: Shape (samples, channels), one or two channels.
    """
    # Channel by channel, so that what is added lies side by side in memory.
    channels = np.ascontiguousarray(sound.T, np.float32)
    dull = np.zeros((len(channels), len(sound) + len(_DULL) - 1), np.float32)
    for number, part in enumerate(_DULL):
        dull[:, number : number + len(sound)] += np.float32(part) * channels
    heard = np.zeros((2, len(sound) + ring_length()), np.float32)
    heard[:, : len(sound)] = channels
    for reflection in _reflections():
        stretch = slice(reflection.delay, reflection.delay + dull.shape[1])
        for channel, level in enumerate((reflection.left, reflection.right)):
            if level:
                heard[channel, stretch] += dull[channel % len(dull)] * np.float32(level)
    together = np.empty((heard.shape[1], 2), np.float32)
    # A sixth of the time of copying ``heard.T``.
    together[:, 0], together[:, 1] = heard
    return together
