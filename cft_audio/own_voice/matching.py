"""Pieces of a recording matched with lines, by comparing both with another voice's readings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.own_voice.alignment import SURE, Match, align
from cft_audio.own_voice.likeness import WARPS, compute_cepstra, measure_distances
from cft_audio.signal.audio import seconds
from cft_audio.signal.decibels import db_to_power

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.own_voice.speech_detection import Piece

_JOINED_GAP_S = 2.2
"""Seconds of silence inside one line at most; between lines the sheet asks for more."""

_MOST_PIECES = 7
"""Pieces that one line is read in at most: with a rest at each comma, and a hesitation."""

_JOINT, _JOINT_S = 0.2, 0.3
"""What a silence inside a line costs, and each second of it, in likeness: pieces can be joined in
many ways, and one of them is like some line by chance."""

_KEPT_REST = 30
"""Frames of each silence inside a line that are compared: its length tells nothing. As many as the
shortest silence between two pieces has."""

_SILENT_DB = 45.0
"""How far below its loudest frame a clean reading is silent."""

_LONGER = 3.0
"""Longer or shorter than another voice's by this factor, a reading is not of that line."""

_TEMPO_UNKNOWN, _TEMPO_KNOWN = 0.5, 0.25
"""Spread of the logarithm of a reading's length over another voice's, before and after the reader's
tempo is known; 0.25 is a quarter longer or shorter."""

_JUDGED_BY = 16
"""How many of the longest pieces a reader's factor on the frequencies is chosen by."""

_ENOUGH = 12
"""Readings of something else from which the usual distance of two readings is estimated."""


@dataclass(frozen=True)
class Segment:
    """A piece of speech, ready to be compared.

    Attributes:
        piece: Where it is in the recording.
        power: Its power spectra, from ``likeness.compute_power_spectra``.
    """

    piece: Piece
    power: NDArray[np.float32]


class Matcher:
    """Compares speech with the lines as another voice reads them.

    Args:
        readings: The power spectra of that voice's reading of each line, at least one.

    Attributes:
        lines: How many lines there are.
    """

    def __init__(self, readings: Sequence[NDArray[np.float32]]) -> None:
        self._lines = [compute_cepstra(_shorten_silences(reading)) for reading in readings]
        self._others = [*self._lines, *_make_decoys(self._lines)]
        self._lengths = np.array([len(line) for line in self._lines])
        self.lines = len(self._lines)

    def find_matches(self, pieces: Sequence[Segment]) -> list[Match]:
        """Find the readings of lines among ``pieces``, in their order."""
        ranges = self._list_ranges(pieces)
        if not ranges:
            return []
        warp = self._choose_warp(pieces)
        powers = [_join(pieces[first : last + 1]) for first, last in ranges]
        likeness = np.stack([self._score(compute_cepstra(power, warp)) for power in powers])
        ratios = np.log([len(power) for power in powers])[:, None] - np.log(self._lengths)
        likeness[np.abs(ratios) > np.log(_LONGER)] = -np.inf
        gaps = [measure_gaps(pieces[first : last + 1]) for first, last in ranges]
        costs = np.array([_JOINT * len(each) + _JOINT_S * sum(each) for each in gaps])

        def align_at(tempo: float, spread: float) -> list[Match]:
            scores = likeness - costs[:, None] - 0.5 * np.square((ratios - tempo) / spread)
            return align(len(pieces), dict(zip(ranges, scores, strict=True)))

        sure = [match for match in align_at(0.0, _TEMPO_UNKNOWN) if match.likeness >= SURE]
        tempos = [ratios[ranges.index((match.first, match.last)), match.line] for match in sure]
        return align_at(float(np.median(tempos)) if tempos else 0.0, _TEMPO_KNOWN)

    def measure_likeness(self, pieces: Sequence[Segment]) -> NDArray[np.float64]:
        """Measure how like each line ``pieces`` are as one reading, shape (lines,)."""
        return self._score(compute_cepstra(_join(pieces), self._choose_warp(pieces)))

    def _list_ranges(self, pieces: Sequence[Segment]) -> list[tuple[int, int]]:
        """List the first and the last of neighbouring pieces that may be one reading."""
        longest = _LONGER * float(self._lengths.max())
        return [
            (first, last)
            for first in range(len(pieces))
            for last in range(first, min(len(pieces), first + _MOST_PIECES))
            if sum(len(piece.power) for piece in pieces[first : last + 1]) <= longest
            and max(measure_gaps(pieces[first : last + 1]), default=0.0) <= _JOINED_GAP_S
        ]

    def _choose_warp(self, pieces: Sequence[Segment]) -> float:
        """Choose the factor on this reader's frequencies that brings them nearest to the lines."""
        judged = sorted(pieces, key=lambda piece: -len(piece.power))[:_JUDGED_BY]

        def closeness(warp: float) -> float:
            scores = [self._score(compute_cepstra(piece.power, warp)) for piece in judged]
            return float(np.mean(np.max(scores, axis=1)))

        return max(WARPS, key=closeness)

    def _score(self, reading: NDArray[np.float32]) -> NDArray[np.float64]:
        """Compute how much nearer each line is than all others, in spreads of the others."""
        apart = measure_distances(reading, self._others)
        lines = apart[: self.lines]
        rest = len(apart) - 1
        means = (apart.sum() - lines) / rest
        squares = (np.square(apart).sum() - np.square(lines)) / rest
        spreads = np.sqrt(np.maximum(squares - np.square(means), 1e-4))
        return np.asarray((means - lines) / spreads)


def _make_decoys(lines: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """Make readings of nothing, of shifted and reversed lines, if there are too few lines."""
    decoys: list[NDArray[np.float32]] = []
    for share in (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 6, 5 / 6):
        if len(lines) + len(decoys) > _ENOUGH:
            break
        both_ways = [*lines, *(line[::-1] for line in lines)]
        decoys += [np.roll(line, int(share * len(line)), axis=0) for line in both_ways]
    return decoys


def measure_gaps(pieces: Sequence[Segment]) -> list[float]:
    """Measure the silences between ``pieces``, in seconds."""
    return [seconds(after.piece.start - before.piece.stop) for before, after in pairwise(pieces)]


def _join(pieces: Sequence[Segment]) -> NDArray[np.float32]:
    """Join ``pieces`` to one reading, the silences between them cut short."""
    rest = np.zeros((_KEPT_REST, pieces[0].power.shape[1]), np.float32)
    return np.concatenate([power for piece in pieces for power in (rest, piece.power)][1:])


def _shorten_silences(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the silences of a clean reading short, as ``_join`` does."""
    levels = power.sum(axis=1)
    silent = levels < levels.max() * db_to_power(-_SILENT_DB)
    frames = np.arange(len(silent))
    since = frames - np.maximum.accumulate(np.where(silent, -1, frames))
    speech = np.flatnonzero(~silent)
    kept = (since <= _KEPT_REST) & (frames >= speech[0]) & (frames <= speech[-1])
    return np.asarray(power[kept])
