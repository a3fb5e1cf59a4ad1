"""A line cut from a recording: its noise reduced, its rests shortened, its ends faded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.own_voice.denoise import MOST_DB, WANTED_DB, estimate_noise, reduce_noise
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.filters import FirFilter, high_pass
from cft_audio.speech.engines.engine import Spoken
from cft_audio.speech.takes.take import Take, make_take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.own_voice.sound_on_disk import SoundOnDisk
    from cft_audio.own_voice.speech_detection import DetectedSpeech, Piece
    from cft_audio.signal.audio import Mono

_LEAD, _TRAIL = samples(0.04), samples(0.15)
"""Kept before and after a line: its first sounds lie in noise, its last one rings out."""

_REST = samples(0.5)
"""What a rest inside a line is cut down to; a session gives it as much room as it wants."""

_FADE, _LAST_FADE = samples(0.01), samples(0.06)
"""Over which sound fades at every cut, and at the line's end; no piece is as short."""

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
        line = self.clean.read(start, stop)
        silences = self.speech.find_silences(start, stop)
        quiet = [self.clean.read(s.start, min(s.stop, s.start + _NOISE_SAMPLE)) for s in silences]
        noise = estimate_noise(quiet)
        if noise is not None:
            excess = WANTED_DB - self.speech.measure_snr_db(start, stop)
            line = reduce_noise(line, noise, min(MOST_DB, excess))
        stretches = _shorten_rests(line, start, pieces)
        for stretch in stretches:
            fall = _LAST_FADE if stretch is stretches[-1] else _FADE
            stretch[:_FADE] *= np.linspace(0, 1, _FADE, dtype=np.float32)
            stretch[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
        breaks = tuple(accumulate(len(stretch) for stretch in stretches[:-1]))
        return make_take(Spoken(np.concatenate(stretches), SAMPLE_RATE, breaks))

    def find_doubts(self, first: int, last: int) -> list[str]:
        """List what is wrong with the sound of the pieces from ``first`` to ``last``."""
        start, stop = self.speech.pieces[first].start, self.speech.pieces[last].stop
        snr_db = self.speech.measure_snr_db(start, stop)
        distortions = _count_distortions(self.raw.read(start, stop))
        doubts = {
            "the recording begins in the middle of it": start < _EDGE,
            "the recording ends in the middle of it": stop > self.clean.length - _EDGE,
            "it is distorted: it was recorded too loud, or too near": distortions > _MOST_FLAT,
            "there is a click in it": _has_click(self.clean.read(start, stop)),
            f"noise lies only {snr_db:.0f} dB below the voice": snr_db < _LEAST_SNR_DB,
        }
        return [doubt for doubt, is_so in doubts.items() if is_so]


def _shorten_rests(line: Mono, start: int, pieces: Sequence[Piece]) -> list[Mono]:
    """Cut the rests between pieces to half a second.

    Args:
        line: The line.
        start: Where in its recording it begins, in samples.
        pieces: Its pieces.

    Returns:
        What is left of the line: it rests wherever one stretch of sound meets the next.
    """
    cuts: list[int] = []
    for before, after in pairwise(pieces):
        rest = after.start - before.stop
        left = before.stop - start + min(rest, _REST) // 2
        cuts += [left, left + max(0, rest - _REST)]
    return np.split(line, cuts)[::2]


def _count_distortions(line: Mono) -> int:
    """Count how often ``line`` stands at full scale for several samples."""
    runs = np.asarray(sliding_window_view(np.abs(line) >= _FULL, _FLAT_RUN).all(axis=1))
    return int(np.count_nonzero(runs[1:] & ~runs[:-1]))


def _has_click(line: Mono) -> bool:
    """Tell whether there is a click in ``line``: a knock, a mouse, a bad contact."""
    high = FirFilter(high_pass(_CLICK_BAND, 4, _CLICK_POINTS)).apply(line)
    hops = high[: len(high) // _CLICK_HOP * _CLICK_HOP].reshape(-1, _CLICK_HOP)
    levels = 10 * np.log10(np.square(hops).mean(axis=1) + 1e-10)
    around = sliding_window_view(np.pad(levels, _CLICK_AROUND, "edge"), 2 * _CLICK_AROUND + 1)
    # If more than half of them lie so far below, their median does: counting takes a tenth of the
    # CPU of sorting.
    lower = np.count_nonzero(around <= levels[:, None] - _CLICK_DB, axis=1)
    peaks = np.flatnonzero(lower > _CLICK_AROUND)
    for group in np.split(peaks, np.flatnonzero(np.diff(peaks) > _CLICK_AROUND) + 1):
        if len(group):
            near = levels[max(0, group[0] - _CLICK_AROUND) : group[-1] + _CLICK_AROUND]
            if np.count_nonzero(near > levels[group].max() - 12.0) <= _CLICK_WIDTH:
                return True
    return False
