"""The breaths of a session as one sound, made as it is read: each breath is made once."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Breath

LONGEST_RING = samples(30.0)
"""Samples that the sound of a breath may go on beyond its end, at most."""


class BreathStem:
    """Lays the sounds of breaths over one another, however long they ring.

    What has begun and not been read is kept: as much as the longest sound, 13 MB where bowls ring
    under a slow breath. Reading on costs nothing else; reading from elsewhere begins anew. What is
    read is the same in any case.

    Args:
        breaths: The breaths, in order.
        sound: Gives the sound of one from its first sample on, at most ``LONGEST_RING`` longer than
            the breath.
    """

    def __init__(self, breaths: Sequence[Breath], sound: Callable[[Breath], Stereo]) -> None:
        self._breaths = breaths
        self._sound = sound
        self._reach = max((breath.length for breath in breaths), default=0) + LONGEST_RING
        self._place = -1
        self._next = 0
        self._ahead = np.zeros((0, 2), np.float32)

    def read(self, start: int, length: int) -> Stereo | None:
        """Return ``length`` samples from ``start`` on, or None where nothing sounds."""
        if start != self._place:
            self._begin_at(start)
        while self._next < len(self._breaths) and self._breaths[self._next].start < start + length:
            breath = self._breaths[self._next]
            self._lay(breath.start - start, self._sound(breath))
            self._next += 1
        self._place = start + length
        read, self._ahead = self._ahead[:length], self._ahead[length:]
        if not len(read):
            return None
        return read if len(read) == length else np.pad(read, ((0, length - len(read)), (0, 0)))

    def _begin_at(self, start: int) -> None:
        self._place, self._ahead = start, self._ahead[:0]
        self._next = bisect_left(self._breaths, start - self._reach, key=attrgetter("start"))

    def _lay(self, place: int, sound: Stereo) -> None:
        """Add a sound to what lies ahead, of which what comes before it is left out."""
        heard, place = sound[max(0, -place) :], max(0, place)
        missing = place + len(heard) - len(self._ahead)
        if missing > 0:
            self._ahead = np.pad(self._ahead, ((0, missing), (0, 0)))
        self._ahead[place : place + len(heard)] += heard
