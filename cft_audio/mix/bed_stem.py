"""A bed as it is mixed, with less of it in the band of speech where somebody speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.mix.ducking import ducking_gain
from cft_audio.mix.kept_frames import KeptFrames
from cft_audio.mix.speech_band import SpeechBand
from cft_audio.signal.gain import apply_gain

if TYPE_CHECKING:
    from cft_audio.files.kept_files import KeptFiles
    from cft_audio.mix.dips import Dip
    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.beds.registry import Bed


class BedStem:
    """Reads a bed whose band of speech steps back.

    Args:
        bed: The bed.
        dips: Where the band steps back, and how far.
        kept: Where frames of it are kept, and what it is called there; None for nowhere.
    """

    def __init__(
        self, bed: Bed, dips: tuple[Dip, ...], kept: tuple[KeptFiles, str] | None = None
    ) -> None:
        self._whole: Bed = bed
        self._band: Bed = SpeechBand(bed).read
        self._dips = dips
        if kept is not None:
            files, name = kept
            self._whole = KeptFrames(files, name, bed).read
            self._band = KeptFrames(files, f"{name}-speech", self._band).read

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples from ``start`` on; not to be written to."""
        whole = self._whole(start, length)
        stays = ducking_gain(self._dips, start, length)
        if stays is None:
            return whole
        return whole - apply_gain(self._band(start, length), 1 - stays)
