"""Frames of a bed kept in a folder, for whoever mixes the same bed for many people.

A bed is the same in every session of its seed, and making it takes a third of mixing a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.frames import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.files.kept_files import KeptFiles
    from cft_audio.signal.audio import Stereo


class KeptFrames:
    """Reads a sound frame by frame, from where it was kept if it was read before.

    Args:
        files: Where frames are kept, 1 MB each.
        name: What they are called there; no other sound is called so.
        make: Gives any stretch of the sound: so many samples from a sample on.
    """

    def __init__(self, files: KeptFiles, name: str, make: Callable[[int, int], Stereo]) -> None:
        self._files, self._name, self._make = files, name, make

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples from ``start`` on, not to be written to."""
        number, place = divmod(start, FRAME)
        if place + length > FRAME:
            return self._make(start, length)
        name = f"{self._name}-{number}"
        kept = self._files.read(name)
        if kept is not None and kept.nbytes == FRAME * 8:
            frame = np.frombuffer(kept, "<f4").reshape(FRAME, 2)
        else:
            frame = np.ascontiguousarray(self._make(number * FRAME, FRAME), "<f4")
            self._files.keep(name, frame.data)
        return frame[place : place + length]
