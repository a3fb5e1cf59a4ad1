"""The band of a bed in which speech is understood, apart, so that it can give way more deeply.

Of two beds as loud as each other under speech, the one that has less between 180 Hz and 4.6 kHz
leaves more of the words: these are the bands of hearing that ESTOI compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.frames import FRAME, ROW
from cft_audio.signal.gain import rise
from cft_audio.signal.loudness import as_complex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.beds.registry import Bed

_LOW_HZ, _HIGH_HZ = 180.0, 4600.0
_EDGE_OCTAVES = 0.5

_POINTS = 15_120
"""Samples that are transformed together: a product of small primes, which the transform likes."""

_REACH = (_POINTS - ROW) // 2
"""Samples on either side that the filter hears: 21 ms, beyond which what
is left of its impulse response makes less than 0.3 % of the whole."""


def _response() -> NDArray[np.float32]:
    """Return the filter's response, without any delay, to the frequencies of ``np.fft.fft``."""
    hertz = np.abs(np.fft.fftfreq(_POINTS, 1 / SAMPLE_RATE))
    octaves = np.log2(np.maximum(hertz, 1.0))
    inside = np.minimum(octaves - np.log2(_LOW_HZ), np.log2(_HIGH_HZ) - octaves)
    return rise(np.clip(inside / _EDGE_OCTAVES + 0.5, 0.0, 1.0)).astype(np.float32)


class SpeechBand:
    """Reads the band of speech of a bed, frame by frame; keeps the last of them.

    Args:
        bed: The bed.
    """

    def __init__(self, bed: Bed) -> None:
        self._bed = bed
        self._response = _response()
        self._spectra: NDArray[Any] = np.empty((FRAME // ROW, _POINTS), np.complex64)
        self._number = -1
        self._frame = np.zeros((0, 2), np.float32)

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples, 1 or more, from ``start`` on; not to be written to.

        They are the bed's own, in time and level, without what lies outside the band.
        """
        pieces, stop = [], start + length
        while start < stop:
            number, place = divmod(start, FRAME)
            if number != self._number:
                self._number, self._frame = number, self._filter(number * FRAME)
            pieces.append(self._frame[place : place + stop - start])
            start += len(pieces[-1])
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _filter(self, start: int) -> Stereo:
        first = max(0, start - _REACH)
        audio = as_complex(self._bed(first, start + FRAME + _REACH - first))
        if first == 0:
            audio = np.pad(audio, (_REACH - start, 0))
        windows = np.lib.stride_tricks.sliding_window_view(audio, _POINTS)[::ROW]
        spectra = self._spectra
        np.fft.fft(windows, out=spectra)
        spectra *= self._response
        np.fft.ifft(spectra, out=spectra)
        band = np.ascontiguousarray(spectra[:, _REACH:-_REACH])
        return band.view(np.float32).reshape(-1, 2)
