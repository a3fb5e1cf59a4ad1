"""Where a recording speaks: pieces of speech between silences, and the noise of the silences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cft_audio.signal.audio import samples
from cft_audio.signal.filters import FirFilter, band_pass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.own_voice.sound_on_disk import Sound

FRAME = samples(0.01)

_HEARD = (180.0, 5_500.0)
"""Hz between which speech is told from noise: what a phone carries, above hum and below hiss."""

_POINTS = 2048
"""Points of the filter's response; within half as many samples, 23 ms, it has died away."""

_BLOCK = 50
_AROUND = 20
"""Frames of half a second, and how many of these on each side the noise floor is taken from."""

_QUIETEST = 10
"""Percentile of the levels in half a second: speech dips between its words, silence stays."""

_ABOVE_NOISE_DB = 9.0
"""Frames of steady noise vary by 1.5 dB; at 9 dB above their quietest tenth none is left."""

_LIVELY_DB = 12.0
"""Range of levels over half a minute from which something is said: that of noise is 4 dB."""

_SILENCE_DB = -80.0
"""Below this level a recording holds nothing but its own rounding."""

_BELOW_VOICE_DB = 36.0
"""Nothing of speech that is more than this below its loudest is of use (an echo, a page)."""

_ENDS_DB = 5.0
"""How much lower the ends of a piece reach, once it has begun: for soft first and last sounds."""

_CLICK = 5
"""Frames: what is shorter, and stands alone, is no speech."""

_ALONE = 20
"""Frames to the next sound from which something stands alone; a final t comes after 12."""

PART = 30
"""Frames of silence that part two pieces: longer than the closure of any consonant."""

_VOICE_RANGE_DB = 15.0
"""Frames of speech this far below the loudest are consonants and rests."""

_NEAR_S = 8.0
"""Seconds around a line in which its noise is looked for: a fan may go on, a window open."""

_LEAST = 12
"""Frames of the shortest word said by itself ("in")."""


@dataclass(frozen=True)
class Piece:
    """A stretch of speech, in samples of its recording.

    Attributes:
        start: Its first sample.
        stop: The sample after its last.
    """

    start: int
    stop: int


@dataclass(frozen=True)
class Heard:
    """What a recording holds.

    Attributes:
        pieces: Its speech, in order.
        levels: Level of each frame between the frequencies of speech, in dB, shape (frames,).
        quiet: Which frames are silent, shape (frames,).
    """

    pieces: tuple[Piece, ...]
    levels: NDArray[np.float64]
    quiet: NDArray[np.bool_]

    def voice_db(self, start: int, stop: int) -> float:
        """Return the level of the speech from sample ``start`` to ``stop``, in dB."""
        levels = self.levels[max(0, start) // FRAME : -(-stop // FRAME)]
        return _mean_db(levels[levels >= levels.max() - _VOICE_RANGE_DB])

    def noise_db(self, start: int, stop: int) -> float:
        """Return the level of the silences around, in dB; without any, that of the dips."""
        silent = [self.levels[s.start // FRAME : s.stop // FRAME] for s in self.near(start, stop)]
        # The median, so that a click in a silence is no noise.
        return float(np.median(np.concatenate(silent)) if silent else self.levels.min())

    def near(self, start: int, stop: int) -> list[Piece]:
        """Return the silences near ``start`` to ``stop``, or else all there are."""
        runs = [run for run in _runs(self.quiet) if run[1] - run[0] >= _LEAST]
        silences = [Piece(run[0] * FRAME, run[1] * FRAME) for run in runs]
        reach = samples(_NEAR_S)
        near = [s for s in silences if s.stop > start - reach and s.start < stop + reach]
        return near or silences


def listen(sound: Sound) -> Heard:
    """Return what ``sound``, free of hum and rumble, holds."""
    levels = _levels(sound)
    if not len(levels):
        return Heard((), levels, np.zeros(0, np.bool_))
    low, high = _thresholds(levels)
    speaks = _spoken(levels, low, high)
    runs = [
        run for run in _joined(_without_clicks(_runs(speaks)), PART) if run[1] - run[0] >= _LEAST
    ]
    within = np.zeros(len(levels), np.bool_)
    for start, stop in runs:
        within[max(0, start - _ALONE) : stop + _ALONE] = True
    pieces = tuple(Piece(start * FRAME, stop * FRAME) for start, stop in runs)
    return Heard(pieces, levels, ~within)


def _levels(sound: Sound) -> NDArray[np.float64]:
    """Return the level of each frame between the frequencies of speech, in dB."""
    band = FirFilter(band_pass(*_HEARD, 2, _POINTS))
    found = []
    for block in sound.blocks():
        out = band.apply(block)
        whole = out[: len(out) // FRAME * FRAME].reshape(-1, FRAME)
        found.append(10 * np.log10(np.square(whole).mean(axis=1) + 1e-12))
    return np.concatenate(found) if found else np.zeros(0)


def _thresholds(levels: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return, for each frame, the level that speech keeps above and the one it begins above."""
    count = -(-len(levels) // _BLOCK)
    padded = np.pad(levels, (0, count * _BLOCK - len(levels)), mode="edge").reshape(count, -1)
    quietest = _around(np.percentile(padded, _QUIETEST, axis=1), _AROUND).min(axis=1)
    loudest = _around(np.percentile(padded, 90, axis=1), _AROUND).max(axis=1)
    begins = np.maximum(quietest + _ABOVE_NOISE_DB, loudest - _BELOW_VOICE_DB)
    # Where speech leaves no silence, its own dips are all there is to tell the noise by.
    lively = loudest - quietest >= _LIVELY_DB
    begins[lively] = np.minimum(begins, loudest - _ABOVE_NOISE_DB)[lively]
    begins = np.maximum(_around(begins, 1).mean(axis=1), _SILENCE_DB)
    each = np.repeat(begins, _BLOCK)[: len(levels)]
    return each - _ENDS_DB, each


def _around(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return each of ``values`` with ``reach`` on either side, shape (values, 2 * reach + 1)."""
    return sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)


def _spoken(
    levels: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which frames speak: those above ``high``, and their neighbours above ``low``."""
    smooth = np.convolve(levels, np.ones(3) / 3, "same")
    above = smooth > low
    stretches = np.cumsum(np.diff(above, prepend=False) & above)
    return above & np.isin(stretches, stretches[smooth > high])


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _without_clicks(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = []
    for index, (start, stop) in enumerate(runs):
        before = start - runs[index - 1][1] if index else _ALONE
        after = runs[index + 1][0] - stop if index + 1 < len(runs) else _ALONE
        if stop - start >= _CLICK or min(before, after) < _ALONE:
            kept.append((start, stop))
    return kept


def _joined(runs: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in runs:
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def _mean_db(levels: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))
