"""Small sounds that ring and die away: bubbles, drops, sparks, each with a pitch that may rise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.sound.beds.cells import Wave

_AT_ONCE = 32
"""Chirps of about one length that are worked out together: their samples stay in the cache."""

_LEFT = math.log(150)
"""Where a chirp ends: 44 dB below its beginning, under all that sounds besides."""

_END = np.linspace(1, 0, 64, dtype=np.float32)
"""How what is left of it goes then."""


class Chirps(NamedTuple):
    """Sine waves that die away, each shape (chirps,) or what broadcasts to it.

    Attributes:
        places: The sample each begins at.
        hertz: Its pitch at its beginning.
        rises: The share of ``hertz`` by which the pitch goes up in a second.
        decays: How quickly it dies away: by a factor of e in ``1 / decay`` seconds.
        gains: Its level on the left as real and on the right as imaginary part.
    """

    places: NDArray[np.int64]
    hertz: NDArray[np.float64]
    rises: NDArray[np.float64] | float
    decays: NDArray[np.float64]
    gains: NDArray[np.complex128]


def lay_chirps(wave: Wave, chirps: Chirps, attack: float) -> None:
    """Add ``chirps`` to ``wave``; what would sound beyond its end is cut off.

    Args:
        wave: What they are added to.
        chirps: Any number of them.
        attack: Seconds in which they come up, by a factor of e.
    """
    places, hertz, rises, decays, gains = np.broadcast_arrays(*chirps)
    # Every other one the other way up: together they would leave a steady push to one side.
    gains = gains * np.where(np.arange(len(gains)) % 2, -1, 1)
    order = np.argsort(-decays, kind="stable")
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        length = len(_END) + int(SAMPLE_RATE * _LEFT / decays[some[-1]])
        time = np.arange(length, dtype=np.float32) / np.float32(SAMPLE_RATE)
        turns, bends, falls = (
            values[some].astype(np.float32)[:, None]
            for values in (2 * np.pi * hertz, np.pi * hertz * rises, -decays)
        )
        angles = bends * time
        angles += turns
        angles *= time
        waves = np.sin(angles, out=angles)
        waves *= np.exp(falls * time)
        waves *= 1 - np.exp(time / np.float32(-attack))
        waves[:, -len(_END) :] *= _END
        stereo = waves * gains[some].astype(np.complex64)[:, None]
        for place, one in zip(places[some].tolist(), stereo, strict=True):
            part = wave[place : place + length]
            part += one[: len(part)]


def bubble_decays(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how quickly a bubble in water that rings at ``hertz`` dies away.

    Its radius follows from its pitch (Minnaert 1933); what it loses then by radiation and heat is
    from van den Doel, "Physically based models for liquid sounds" (ACM Trans. Applied Perception
    2, 2005), who lets its pitch rise by a tenth of this in a second, as it comes to the surface.
    """
    radius = 3 / hertz
    return np.asarray(0.13 / radius + 0.0072 * radius**-1.5)


def pan(
    levels: NDArray[np.float64] | float, sides: NDArray[np.float64] | float
) -> NDArray[np.complex128]:
    """Return the levels left and right of sounds at ``sides``, −1 for left to 1 for right.

    Their power is the same at any side. Both channels added, a sound at 0.6 loses 1 dB.
    """
    angle = (1 + np.asarray(sides)) * (np.pi / 4)
    return np.asarray(levels * np.exp(1j * angle))
