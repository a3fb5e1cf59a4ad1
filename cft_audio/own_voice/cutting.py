"""A line cut from a recording: its noise reduced, its rests shortened, its ends faded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.own_voice.denoise import MOST_DB, WANTED_DB, estimate_noise, reduce_noise
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.filters import FirFilter, high_pass
from cft_audio.speech.engines.engine import Spoken
from cft_audio.speech.takes.take import Take, make_take

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.own_voice.sound_on_disk import SoundOnDisk
    from cft_audio.own_voice.speech_detection import DetectedSpeech, Piece
    from cft_audio.signal.audio import Mono

_LEAD, _TRAIL = samples(0.04), samples(0.15)
"""Kept before and after a line: its first sounds lie in noise, its last one rings out."""

_REST = samples(0.5)
"""What a rest inside a line is cut down to; a session gives it as much room as it wants."""

_JOINT = samples(0.01)
_FADE_IN, _FADE_OUT = samples(0.01), samples(0.06)

_NOISE_SAMPLE = samples(3.0)
"""As much of each silence as its noise is estimated from."""

_FULL = 0.985
_FLAT_RUN, _MOST_FLAT = 3, 8
"""Speech is distorted if it holds more than eight runs of three samples at full scale: rounding and
MP3 leave single ones there."""

_LEAST_SNR_DB = 20.0
"""Noise that is nearer to the voice is heard under it even after it is reduced."""

_CLICK_BAND, _CLICK_POINTS = 5_000.0, 1024
"""Hz above which clicks are looked for, and points of the filter's response; within half as many
samples, 12 ms, it has died away."""

_CLICK_HOP = samples(0.0005)
_CLICK_DB, _CLICK_WIDTH, _CLICK_AROUND = 26.0, 5, 40
"""A click stands out of the highest frequencies by 26 dB against the 20 ms on either side, and is
over in 2.5 ms: the burst of a t or a k rises as steeply, and lasts 5 ms and more."""

_EDGE = samples(0.03)
"""How near a line comes to the ends of its recording when it may have been cut off."""


@dataclass(frozen=True)
class Cutter:
    """Cuts lines from one recording.

    Attributes:
        raw: The recording as it was made.
        clean: The recording without hum and rumble.
        speech: Where its speech is.
    """

    raw: SoundOnDisk
    clean: SoundOnDisk
    speech: DetectedSpeech

    def cut(self, first: int, last: int) -> Take:
        """Cut the pieces from ``first`` to ``last`` as one take.

        Raises:
            EngineError: If there is no sound in them.
        """
        pieces = self.speech.pieces[first : last + 1]
        start, stop = pieces[0].start - _LEAD, pieces[-1].stop + _TRAIL
        quiet = self._reduce_noise(start, stop)
        audio, breaks = _shorten_rests(quiet, start, pieces)
        return make_take(Spoken(_fade_ends(audio), SAMPLE_RATE, breaks))

    def find_doubts(self, first: int, last: int) -> Iterator[str]:
        """Yield what is wrong with the sound of the pieces from ``first`` to ``last``."""
        start, stop = self.speech.pieces[first].start, self.speech.pieces[last].stop
        if start < _EDGE:
            yield "the recording begins in the middle of it"
        if stop > self.clean.length - _EDGE:
            yield "the recording ends in the middle of it"
        if _count_distortions(self.raw.read(start, stop)) > _MOST_FLAT:
            yield "it is distorted: it was recorded too loud, or too near"
        if _count_clicks(self.clean.read(start, stop)):
            yield "there is a click in it"
        below = self.speech.measure_snr_db(start, stop)
        if below < _LEAST_SNR_DB:
            yield f"noise lies only {below:.0f} dB below the voice"

    def _reduce_noise(self, start: int, stop: int) -> Mono:
        line = self.clean.read(start, stop)
        noise = estimate_noise(
            [
                self.clean.read(silence.start, min(silence.stop, silence.start + _NOISE_SAMPLE))
                for silence in self.speech.find_silences(start, stop)
            ]
        )
        if noise is None:
            return line
        excess = WANTED_DB - self.speech.measure_snr_db(start, stop)
        return reduce_noise(line, noise, min(MOST_DB, excess))


def _shorten_rests(line: Mono, start: int, pieces: Sequence[Piece]) -> tuple[Mono, tuple[int, ...]]:
    """Shorten the rests between pieces to half a second.

    Args:
        line: The line.
        start: Where in its recording it begins, in samples.
        pieces: Its pieces.

    Returns:
        The shorter line, and the samples in it at which it rests.
    """
    stretches: list[Mono] = []
    breaks: list[int] = []
    done = length = 0
    for before, after in pairwise(pieces):
        spare = max(0, after.start - before.stop - _REST)
        left = before.stop - start + (after.start - before.stop - spare) // 2
        stretches.append(line[done:left])
        length += left - done
        breaks.append(length)
        done = left + spare
    stretches.append(line[done:])
    return _join_with_fades(stretches), tuple(breaks)


def _join_with_fades(stretches: Sequence[Mono]) -> Mono:
    """Put ``stretches`` one after the other, each faded out and in where they meet."""
    ramp = np.linspace(0, 1, _JOINT, dtype=np.float32)
    faded = []
    for number, stretch in enumerate(stretches):
        now = stretch.copy()
        if number:
            now[:_JOINT] *= ramp[: len(now)]
        if number < len(stretches) - 1:
            now[-_JOINT:] *= ramp[::-1][-len(now) :]
        faded.append(now)
    return np.concatenate(faded)


def _fade_ends(line: Mono) -> Mono:
    faded = line.copy()
    rise, fall = min(_FADE_IN, len(faded)), min(_FADE_OUT, len(faded))
    faded[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    faded[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    return faded


def _count_distortions(line: Mono) -> int:
    """Count how often ``line`` stands at full scale for several samples."""
    full = np.abs(line) >= _FULL
    runs = full[: len(full) - _FLAT_RUN + 1].copy()
    for step in range(1, _FLAT_RUN):
        runs &= full[step : len(full) - _FLAT_RUN + 1 + step]
    return int(np.count_nonzero(np.diff(runs.astype(np.int8)) == 1))


def _count_clicks(line: Mono) -> int:
    """Count the clicks in ``line``: a knock, a mouse, a bad contact."""
    high = FirFilter(high_pass(_CLICK_BAND, 4, _CLICK_POINTS)).apply(line)
    hops = high[: len(high) // _CLICK_HOP * _CLICK_HOP].reshape(-1, _CLICK_HOP)
    levels = 10 * np.log10(np.square(hops).mean(axis=1) + 1e-10)
    around = sliding_window_view(np.pad(levels, _CLICK_AROUND, "edge"), 2 * _CLICK_AROUND + 1)
    # If more than half of them lie so far below, their median does: counting takes a tenth of the
    # CPU of sorting.
    lower = np.count_nonzero(around <= levels[:, None] - _CLICK_DB, axis=1)
    peaks = np.flatnonzero(lower > _CLICK_AROUND)
    count = 0
    for group in np.split(peaks, np.flatnonzero(np.diff(peaks) > _CLICK_AROUND) + 1):
        if len(group):
            top = levels[group].max()
            near = levels[max(0, group[0] - _CLICK_AROUND) : group[-1] + _CLICK_AROUND]
            count += int(np.count_nonzero(near > top - 12.0) <= _CLICK_WIDTH)
    return count
