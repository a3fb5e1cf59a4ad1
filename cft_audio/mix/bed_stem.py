"""A bed as it is mixed, with less of it in the band of speech where somebody speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.mix.ducking import ducking_gain
from cft_audio.mix.speech_band import SpeechBand

if TYPE_CHECKING:
    from cft_audio.mix.dips import Dip
    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.beds.registry import Bed


class BedStem:
    """Reads a bed whose band of speech steps back.

    Args:
        bed: The bed.
        dips: Where the band steps back, and how far.
    """

    def __init__(self, bed: Bed, dips: tuple[Dip, ...]) -> None:
        self._bed = bed
        self._band = SpeechBand(bed)
        self._dips = dips

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples from ``start`` on; not to be written to."""
        whole = self._bed(start, length)
        stays = ducking_gain(self._dips, start, length)
        if stays is None:
            return whole
        return whole - self._band.read(start, length) * (1 - stays)[:, np.newaxis]
