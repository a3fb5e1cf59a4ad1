"""Where a recording holds speech: pieces of it between silences, and the noise in the silences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.signal.audio import samples
from cft_audio.signal.filters import FirFilter, band_pass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.own_voice.sound_on_disk import SoundOnDisk

_FRAME = samples(0.01)

_SPEECH_BAND = (180.0, 5_500.0)
"""Hz between which speech is told from noise: what a phone carries, above hum and below hiss."""

_POINTS = 2048
"""Points of the filter's response; within half as many samples, 23 ms, it has died away."""

_BLOCK = 50
_AROUND = 20
"""Frames in half a second, and half seconds on each side that the noise floor is taken from."""

_QUIETEST = 10
"""Percentile of the levels in half a second: speech dips between its words, silence stays."""

_ABOVE_NOISE_DB = 9.0
"""Frames of steady noise vary by 1.5 dB: none is 9 dB above the quietest tenth."""

_LIVELY_DB = 12.0
"""Range of levels, over the noise floor's 20 s, from which there is speech: noise has 4 dB."""

_SILENCE_DB = -80.0
"""Below this level a recording holds nothing but its own rounding."""

_BELOW_VOICE_DB = 36.0
"""Speech that is more than this below the loudest is of no use (an echo, a page)."""

_ENDS_DB = 5.0
"""How much lower a piece may begin and end, for soft first and last sounds."""

_CLICK = 5
"""Frames: a shorter sound that stands alone is not speech."""

_ALONE = 20
"""Frames to the next sound from which a sound stands alone; a final t comes after 12."""

_GAP = 30
"""Frames of silence between two pieces, at least: longer than the closure of any consonant."""

_VOICE_RANGE_DB = 15.0
"""Frames of speech this far below the loudest are consonants and rests."""

_NEAR = samples(8.0)
"""How far around a line in which its noise is looked for: a fan may go on, a window open."""

_LEAST = 12
"""Frames of the shortest word said by itself ("in")."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a recording, in samples.

    Attributes:
        start: Its first sample.
        stop: The sample after its last.
    """

    start: int
    stop: int


@dataclass(frozen=True)
class DetectedSpeech:
    """The speech and the silences of a recording.

    Attributes:
        pieces: The speech, in order.
        levels: Level of each frame within the band of speech, in dB, shape (frames,).
        silences: What lies between the speech, in order.
    """

    pieces: tuple[Piece, ...]
    levels: NDArray[np.float64]
    silences: tuple[Piece, ...]

    def measure_snr_db(self, start: int, stop: int) -> float:
        """Measure how far the noise lies below the voice from ``start`` to ``stop``, in dB.

        The noise is that of the silences nearby, or else the quietest frame.
        """
        near = self.levels[max(0, start) // _FRAME : -(-stop // _FRAME)]
        voice = 10 ** (near[near >= near.max() - _VOICE_RANGE_DB] / 10)
        silences = self.find_silences(start, stop)
        silent = [self.levels[s.start // _FRAME : s.stop // _FRAME] for s in silences]
        # The median, so that a click in a silence does not count as noise.
        noise_db = np.median(np.concatenate(silent)) if silent else self.levels.min()
        return float(10 * np.log10(voice.mean()) - noise_db)

    def find_silences(self, start: int, stop: int) -> Sequence[Piece]:
        """Find the silences near the samples from ``start`` to ``stop``, or else all there are."""
        first, last = start - _NEAR, stop + _NEAR
        return [s for s in self.silences if s.stop > first and s.start < last] or self.silences


def detect_speech(sound: SoundOnDisk) -> DetectedSpeech:
    """Detect the speech in ``sound``, from which hum and rumble have been removed."""
    levels = _measure_levels(sound)
    if not len(levels):
        return DetectedSpeech((), levels, ())
    pieces = _as_pieces(_join_runs(_drop_clicks(_find_runs(_find_speech(levels)))))
    quiet = np.ones(len(levels), np.bool_)
    for piece in pieces:
        quiet[max(0, piece.start // _FRAME - _ALONE) : piece.stop // _FRAME + _ALONE] = False
    return DetectedSpeech(pieces, levels, _as_pieces(_find_runs(quiet)))


def _measure_levels(sound: SoundOnDisk) -> NDArray[np.float64]:
    """Measure the level of each frame within the band of speech, in dB."""
    band = FirFilter(band_pass(*_SPEECH_BAND, 2, _POINTS))
    levels = [np.zeros(0)]
    for block in sound.blocks():
        speech = band.apply(block)
        frames = speech[: len(speech) // _FRAME * _FRAME].reshape(-1, _FRAME)
        levels.append(10 * np.log10(np.square(frames).mean(axis=1) + 1e-12))
    return np.concatenate(levels)


def _compute_thresholds(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute, for each frame, the level above which it is speech."""
    count = -(-len(levels) // _BLOCK)
    padded = np.pad(levels, (0, count * _BLOCK - len(levels)), mode="edge").reshape(count, -1)
    quietest = _around(np.percentile(padded, _QUIETEST, axis=1), _AROUND).min(axis=1)
    loudest = _around(np.percentile(padded, 90, axis=1), _AROUND).max(axis=1)
    begins = np.maximum(quietest + _ABOVE_NOISE_DB, loudest - _BELOW_VOICE_DB)
    # Where speech leaves no silence, the noise can only be estimated from the dips in the speech.
    lively = loudest - quietest >= _LIVELY_DB
    begins[lively] = np.minimum(begins, loudest - _ABOVE_NOISE_DB)[lively]
    begins = np.maximum(_around(begins, 1).mean(axis=1), _SILENCE_DB)
    return np.repeat(begins, _BLOCK)[: len(levels)]


def _around(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return ``reach`` values on either side of each, shape (values, 2 * reach + 1)."""
    return sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)


def _find_speech(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find the frames above their threshold, and their neighbours not far below it."""
    thresholds = _compute_thresholds(levels)
    smooth = np.convolve(levels, np.ones(3) / 3, "same")
    above = smooth > thresholds - _ENDS_DB
    # Every run of such frames has a number of its own.
    numbers = np.cumsum(np.diff(above, prepend=False) & above)
    return above & np.isin(numbers, numbers[smooth > thresholds])


def _find_runs(mask: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Find the runs of true values: their first frames and those after their last, shape (n, 2)."""
    return np.flatnonzero(np.diff(mask, prepend=False, append=False)).reshape(-1, 2)


def _drop_clicks(runs: NDArray[np.int_]) -> NDArray[np.int_]:
    starts, stops = runs.T
    gaps = np.concatenate([[_ALONE], starts[1:] - stops[:-1], [_ALONE]])
    stands_alone = np.minimum(gaps[:-1], gaps[1:]) >= _ALONE
    return np.asarray(runs[~stands_alone | (stops - starts >= _CLICK)])


def _join_runs(runs: NDArray[np.int_]) -> NDArray[np.int_]:
    """Join runs that less than ``_GAP`` frames lie between."""
    edges = runs.ravel()
    before = 2 * np.flatnonzero(np.diff(edges)[1::2] < _GAP) + 1
    return np.delete(edges, [*before, *(before + 1)]).reshape(-1, 2)


def _as_pieces(runs: NDArray[np.int_]) -> tuple[Piece, ...]:
    """Return runs of frames in samples, without those shorter than the shortest word."""
    words = runs[runs[:, 1] - runs[:, 0] >= _LEAST]
    return tuple(Piece(start, stop) for start, stop in (words * _FRAME).tolist())
