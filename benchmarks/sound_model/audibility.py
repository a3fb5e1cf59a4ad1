"""When a tone is heard over a bed in a room: the model of a listener.

- **Full scale to sound pressure**: the voice's mean level, −21.5 dBFS mean square in a master of
  −18 LUFS, plays at 62 dB SPL per ear. It is a constant here and not measured anew, so that a tone
  gains nothing by a quieter voice.
- **Power per band**: frames of 100 ms (Hann, every 50 ms), 34 triangular bands one ERB apart, at
  ERB-rates 2 to 35 (Glasberg and Moore 1990: 21.4 log10(1 + 0.00437 f)). A triangle weighs power
  by 1 at its middle and by 0 one ERB to either side.
- **Room**: noise whose power density falls as f^(−5/3) from 20 Hz up, scaled to 25 dBA on
  headphones and 35 dBA on a phone (A-weighting of IEC 61672-1).
- **Threshold** in a band: the larger of bed + room − 3 dB and Terhardt's threshold in quiet (1979)
  at the band's middle. The bed is its mean power over all its frames: that of a bed that comes in
  gusts is nearer to that of its gusts.
- **Headphones**: the left channel. **Phone**: the mono sum through a Butterworth high-pass, then
  raised by what the voice's integrated loudness loses to it: 2.2 LU at 450 Hz and 0.8 at 250, for
  the voice that was reviewed. They are constants likewise: a darker voice loses more (3.1 and 1.4
  LU since it has been given a chest), and the tone would be turned up with it.
- A moment **is heard** where the best band lies more than 6 dB over its threshold.
- A moment **lies under the bed** where no band is as strong as bed + room, 3 dB over the
  threshold. The last one that does not is what the review calls the last audible moment of an
  exhale: with 6 dB its figures come out 0.1 to 0.4 s less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain, db_to_power
from cft_audio.signal.filters import FirFilter, high_pass
from sound_model.levels import loudness_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono, Stereo

HEARD_DB = 6.0
"""Decibels over the masked threshold beyond which a moment counts as heard."""

LEVEL_WITH_BED_DB = 3.0
"""Decibels over the masked threshold at which a tone is as strong as bed and room in a band."""

FULL_SCALE_SPL = 62.0 + 21.5
"""Sound pressure level, in dB, of a mean square of 1."""

FRAME, HOP = SAMPLE_RATE // 10, SAMPLE_RATE // 20
"""Samples of a frame, and from one to the next."""

MASKING_DB = -3.0
"""Level of the threshold against what masks."""

BANDS = 34
_FIRST_BAND = 2
_LOWEST_ROOM_HZ = 20.0
_FRAMES_AT_ONCE, _MOST_FRAMES = 100, 1500
_FILTER_POINTS = 16_384
"""Points of a phone's filter: 8,192 taps, 186 ms, in which one of 250 Hz dies away."""


@dataclass(frozen=True)
class Listening:
    """A way of listening.

    Attributes:
        name: What it is called.
        room_dba: Level of the room's noise, in dBA.
        high_pass_hz: Where its speaker lowers by 3 dB; 0 for headphones, which hear one channel.
        order: By how many times 6 dB an octave it falls below.
        raised_db: By how much it is turned up, since it makes the voice less loud.
    """

    name: str
    room_dba: float
    high_pass_hz: float = 0.0
    order: int = 0
    raised_db: float = 0.0

    def at_the_ear(self, audio: Stereo) -> Mono:
        """Return what reaches an ear of ``audio``."""
        if not self.high_pass_hz:
            return audio[:, 0]
        speaker = FirFilter(high_pass(self.high_pass_hz, self.order, _FILTER_POINTS))
        return speaker.apply(audio.mean(axis=1)) * np.float32(db_to_gain(self.raised_db))

    def lost_lu(self, voice: Stereo) -> float:
        """Return by how many LU a voice is less loud so before it is turned up."""
        heard = self.at_the_ear(voice)
        played = loudness_of(np.stack([heard, heard], axis=1))
        return loudness_of(voice) - played + self.raised_db


HEADPHONES = Listening("headphones", 25.0)
PHONE = Listening("phone", 35.0, 450.0, 4, 2.2)
BETTER_PHONE = Listening("better phone", 35.0, 250.0, 2, 0.8)
WAYS = (HEADPHONES, PHONE, BETTER_PHONE)


def hertz(rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the frequency of ERB-rates (Glasberg and Moore 1990)."""
    return np.asarray((10 ** (rate / 21.4) - 1) / 0.00437)


def erb_rate(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ERB-rates of frequencies in Hz."""
    return np.asarray(21.4 * np.log10(1 + 0.00437 * frequency))


_BIN_HZ = np.asarray(np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE), np.float64)
_RATES = np.arange(_FIRST_BAND, _FIRST_BAND + BANDS, dtype=np.float64)
_WEIGHTS = np.clip(1 - np.abs(erb_rate(_BIN_HZ)[:, None] - _RATES), 0, None)
_WINDOW = np.hanning(FRAME)


def band_powers(audio: Mono, hop: int = HOP) -> NDArray[np.float64]:
    """Return the sound pressure of frames in each band, as powers re 20 µPa, (frames, 34).

    Args:
        audio: One channel.
        hop: Samples from one frame to the next.
    """
    frames = np.lib.stride_tricks.sliding_window_view(audio, FRAME)[::hop]
    powers = np.empty((len(frames), len(_RATES)))
    for start in range(0, len(frames), _FRAMES_AT_ONCE):
        spectrum = np.fft.rfft(frames[start : start + _FRAMES_AT_ONCE] * _WINDOW)
        # Each bin stands for its negative frequency as well.
        power = 2 * np.square(np.abs(spectrum)) / (FRAME * np.square(_WINDOW).sum())
        powers[start : start + _FRAMES_AT_ONCE] = power @ _WEIGHTS
    return powers * db_to_power(FULL_SCALE_SPL)


def mean_band_powers(audio: Mono) -> NDArray[np.float64]:
    """Return the mean of ``band_powers``, shape (34,); frames of a long sound lie further apart."""
    return np.asarray(band_powers(audio, max(HOP, len(audio) // _MOST_FRAMES)).mean(axis=0))


def quiet_db() -> NDArray[np.float64]:
    """Return Terhardt's threshold in quiet in each band, in dB SPL."""
    khz = hertz(_RATES) / 1000
    return np.asarray(
        3.64 * khz**-0.8 - 6.5 * np.exp(-0.6 * (khz - 3.3) ** 2) + 0.001 * khz**4, np.float64
    )


def room_powers(dba: float) -> NDArray[np.float64]:
    """Return the power of a room's noise in each band, re 20 µPa."""
    density = np.zeros(len(_BIN_HZ))
    there = _BIN_HZ >= _LOWEST_ROOM_HZ
    density[there] = _BIN_HZ[there] ** (-5 / 3)
    weighted = (density[there] * db_to_power(_a_weighting(_BIN_HZ[there]))).sum()
    return np.asarray(density * (db_to_power(dba) / weighted) @ _WEIGHTS)


def _a_weighting(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    square = frequency**2
    low = (square + 20.6**2) * (square + 12_194**2)
    middle = np.sqrt((square + 107.7**2) * (square + 737.9**2))
    return np.asarray(2.0 + 20 * np.log10(12_194**2 * square**2 / (low * middle)))


def threshold_db(bed: NDArray[np.float64], room_dba: float) -> NDArray[np.float64]:
    """Return the masked threshold in each band, in dB SPL.

    Args:
        bed: Mean power of the bed in each band; zeros for none.
        room_dba: Level of the room's noise.
    """
    masked = 10 * np.log10(bed + room_powers(room_dba)) + MASKING_DB
    return np.maximum(masked, quiet_db())


def over_threshold_db(
    tone: NDArray[np.float64], threshold: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far the best band of each frame lies over its threshold, shape (frames,).

    Args:
        tone: Powers of its frames, shape (frames, 34).
        threshold: In dB SPL, shape (34,).
    """
    return np.asarray((10 * np.log10(tone + 1e-12) - threshold).max(axis=1))
