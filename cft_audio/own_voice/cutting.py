"""A line cut from a recording: its noise lowered, its rests shortened, its level set."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.own_voice.denoise import MOST_DB, WANTED_DB, lowered, noise_spectrum
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.filters import FirFilter, high_pass
from cft_audio.speech.engines.engine import Spoken
from cft_audio.speech.takes.take import Take, condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.own_voice.pieces import Heard, Piece
    from cft_audio.own_voice.sound_on_disk import Sound
    from cft_audio.signal.audio import Mono

_LEAD, _TRAIL = samples(0.04), samples(0.15)
"""Kept before and after a line: its first sounds lie in noise, its last one rings out."""

_REST = samples(0.5)
"""What a rest inside a line is cut down to; a session gives it as much room as it wants."""

_JOINT = samples(0.01)
_FADE_IN, _FADE_OUT = samples(0.01), samples(0.06)

_NOISE_HEARD = samples(3.0)
"""As much of each silence as tells its noise."""

_FULL = 0.985
_FLAT_RUN, _MOST_FLAT = 3, 8
"""Speech is distorted where more than so many times three samples in a row stand at full scale:
rounding, and MP3, leave single ones there."""

_LEAST_SNR_DB = 20.0
"""Noise that is nearer to the voice is heard under it even after it is lowered."""

_CLICK_BAND, _CLICK_POINTS = 5_000.0, 1024
"""Hz above which clicks are looked for, and points of the filter's response; within half as many
samples, 12 ms, it has died away."""

_CLICK_HOP = samples(0.0005)
_CLICK_DB, _CLICK_WIDTH, _CLICK_AROUND = 26.0, 5, 40
"""A click stands out of the highest frequencies by so many dB against the 20 ms on either side, and
is over in 2.5 ms: the burst of a t or a k rises as steeply, and lasts 5 ms and more."""

_EDGE = samples(0.03)
"""How near a line comes to the ends of its recording when it may have been cut off."""


@dataclass(frozen=True)
class Cutter:
    """Cuts lines from one recording.

    Attributes:
        raw: It as it was recorded.
        clean: It without hum and rumble.
        heard: What it holds.
    """

    raw: Sound
    clean: Sound
    heard: Heard

    def take(self, first: int, last: int) -> Take:
        """Return the pieces from ``first`` to ``last`` as one take.

        Raises:
            EngineError: If there is no sound in them.
        """
        pieces = self.heard.pieces[first : last + 1]
        start, stop = pieces[0].start - _LEAD, pieces[-1].stop + _TRAIL
        speech = self._quietened(start, stop)
        audio, breaks = _with_short_rests(speech, start, pieces)
        return condition(Spoken(_faded(audio), SAMPLE_RATE, breaks))

    def doubts(self, first: int, last: int) -> Iterator[str]:
        """Yield what is wrong with the sound of the pieces from ``first`` to ``last``."""
        start, stop = self.heard.pieces[first].start, self.heard.pieces[last].stop
        if start < _EDGE:
            yield "the recording begins in the middle of it"
        if stop > self.clean.length - _EDGE:
            yield "the recording ends in the middle of it"
        if _distortions(self.raw.read(start, stop)) > _MOST_FLAT:
            yield "it is distorted: it was recorded too loud, or too near"
        if _clicks(self.clean.read(start, stop)):
            yield "there is a click in it"
        below = self.heard.voice_db(start, stop) - self.heard.noise_db(start, stop)
        if below < _LEAST_SNR_DB:
            yield f"noise lies only {below:.0f} dB below the voice"

    def _quietened(self, start: int, stop: int) -> Mono:
        speech = self.clean.read(start, stop)
        silences = self.heard.near(start, stop)
        noise = noise_spectrum([self._silence(silence) for silence in silences])
        if noise is None:
            return speech
        below = self.heard.voice_db(start, stop) - self.heard.noise_db(start, stop)
        return lowered(speech, noise, min(MOST_DB, WANTED_DB - below))

    def _silence(self, silence: Piece) -> Mono:
        return self.clean.read(silence.start, min(silence.stop, silence.start + _NOISE_HEARD))


def _with_short_rests(
    speech: Mono, start: int, pieces: Sequence[Piece]
) -> tuple[Mono, tuple[int, ...]]:
    """Return ``speech``, which begins at ``start``, and where it rests between two pieces."""
    parts: list[Mono] = []
    breaks: list[int] = []
    done = length = 0
    for before, after in pairwise(pieces):
        spare = max(0, after.start - before.stop - _REST)
        left = before.stop - start + (after.start - before.stop - spare) // 2
        parts.append(speech[done:left])
        length += left - done
        breaks.append(length)
        done = left + spare
    parts.append(speech[done:])
    return _crossfaded(parts), tuple(breaks)


def _crossfaded(parts: Sequence[Mono]) -> Mono:
    """Return ``parts`` one after the other, each end and beginning faded where they meet."""
    ramp = np.linspace(0, 1, _JOINT, dtype=np.float32)
    faded = []
    for number, part in enumerate(parts):
        now = part.copy()
        if number:
            now[:_JOINT] *= ramp[: len(now)]
        if number < len(parts) - 1:
            now[-_JOINT:] *= ramp[::-1][-len(now) :]
        faded.append(now)
    return np.concatenate(faded)


def _faded(speech: Mono) -> Mono:
    faded = speech.copy()
    rise, fall = min(_FADE_IN, len(faded)), min(_FADE_OUT, len(faded))
    faded[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    faded[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    return faded


def _distortions(speech: Mono) -> int:
    """Return how often ``speech`` stands at full scale for several samples."""
    full = np.abs(speech) >= _FULL
    runs = full[: len(full) - _FLAT_RUN + 1].copy()
    for step in range(1, _FLAT_RUN):
        runs &= full[step : len(full) - _FLAT_RUN + 1 + step]
    return int(np.count_nonzero(np.diff(runs.astype(np.int8)) == 1))


def _clicks(speech: Mono) -> int:
    """Return how many clicks lie in ``speech``: a knock, a mouse, a bad contact."""
    high = FirFilter(high_pass(_CLICK_BAND, 4, _CLICK_POINTS)).apply(speech)
    hops = high[: len(high) // _CLICK_HOP * _CLICK_HOP].reshape(-1, _CLICK_HOP)
    levels = 10 * np.log10(np.square(hops).mean(axis=1) + 1e-10)
    around = sliding_window_view(np.pad(levels, _CLICK_AROUND, "edge"), 2 * _CLICK_AROUND + 1)
    # Where more than half of them lie so far below, their median does: counting takes a tenth of
    # the CPU of sorting.
    lower = np.count_nonzero(around <= levels[:, None] - _CLICK_DB, axis=1)
    peaks = np.flatnonzero(lower > _CLICK_AROUND)
    count = 0
    for group in np.split(peaks, np.flatnonzero(np.diff(peaks) > _CLICK_AROUND) + 1):
        if len(group):
            top = levels[group].max()
            near = levels[max(0, group[0] - _CLICK_AROUND) : group[-1] + _CLICK_AROUND]
            count += int(np.count_nonzero(near > top - 12.0) <= _CLICK_WIDTH)
    return count
