"""Pieces of a recording compared with the lines as another voice reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.own_voice.alignment import SURE, Match, Span, aligned
from cft_audio.own_voice.likeness import HOP, RATE, WARPS, cepstra, distances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_JOINED_GAP_S = 2.2
"""Seconds of silence inside one line at most; between lines the sheet asks for more."""

_MOST_PIECES = 7
"""Pieces that one line falls into at most: a rest at each comma, and a hesitation."""

_JOINT, _JOINT_S = 0.2, 0.3
"""Likeness that a silence inside a line costs, and each second of it: pieces can be joined in many
ways, and one of them is like some line by chance."""

_KEPT_REST = 30
"""Frames of each silence inside a line that are compared: how long it is says nothing."""

_SILENT_DB = 45.0
"""How far below its loudest frame a clean reading is silent."""

_LONGER = 3.0
"""Longer or shorter than another voice's by this factor, a reading is not of that line."""

_TEMPO_UNKNOWN, _TEMPO_KNOWN = 0.5, 0.25
"""Spread of the logarithm of a reading's length against another voice's, before and after the
reader's tempo is known; 0.25 is a quarter longer or shorter."""

_JUDGED_BY = 16
"""Pieces, the longest, that tell how a reader's frequencies lie."""

_ENOUGH = 12
"""Readings of other things that make out how alike any two are."""


@dataclass(frozen=True)
class Spoken:
    """A piece of speech as it is compared.

    Attributes:
        start_s: Its first second in the recording.
        stop_s: The second after its last.
        power: Its power spectra, as ``likeness.spectra`` gives them.
    """

    start_s: float
    stop_s: float
    power: NDArray[np.float32]


class Matcher:
    """Tells readings from one another by how another voice reads the lines.

    Args:
        readings: The power spectra of that voice's reading of each line, at least one.
    """

    def __init__(self, readings: Sequence[NDArray[np.float32]]) -> None:
        self._lines = [cepstra(_with_short_rests(reading)) for reading in readings]
        self._others = [*self._lines, *_decoys(self._lines)]
        self._lengths = np.array([len(line) for line in self._lines])

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def matches(self, pieces: Sequence[Spoken]) -> list[Match]:
        """Return the readings of lines among ``pieces``, in their order."""
        if not pieces:
            return []
        warp = self._warp(pieces)
        places = list(self._places(pieces))
        powers = [_joined(pieces[first : last + 1]) for first, last in places]
        alike = np.stack([self._alike(cepstra(power, warp)) for power in powers])
        ratios = np.log([len(power) for power in powers])[:, None] - np.log(self._lengths)
        alike[np.abs(ratios) > np.log(_LONGER)] = -np.inf
        rests = np.array([_rest(pieces[first : last + 1]) for first, last in places])[:, None]

        def found(tempo: float, spread: float) -> list[Match]:
            scores = alike - rests - 0.5 * np.square((ratios - tempo) / spread)
            spans = [Span(*place, row) for place, row in zip(places, scores, strict=True)]
            return aligned(len(pieces), spans)

        tempos = [
            ratios[places.index((match.first, match.last)), match.line]
            for match in found(0.0, _TEMPO_UNKNOWN)
            if match.likeness >= SURE
        ]
        return found(float(np.median(tempos)) if tempos else 0.0, _TEMPO_KNOWN)

    def likeness(self, pieces: Sequence[Spoken]) -> NDArray[np.float64]:
        """Return how like each line ``pieces`` are as one reading, shape (lines,)."""
        return self._alike(cepstra(_joined(pieces), self._warp(pieces)))

    def _places(self, pieces: Sequence[Spoken]) -> list[tuple[int, int]]:
        """Return the first and last of neighbouring pieces that may be one reading."""
        longest = _LONGER * float(self._lengths.max())
        places = []
        for first in range(len(pieces)):
            length = 0
            for last in range(first, min(len(pieces), first + _MOST_PIECES)):
                if last > first and pieces[last].start_s - pieces[last - 1].stop_s > _JOINED_GAP_S:
                    break
                length += len(pieces[last].power)
                if length > longest:
                    break
                places.append((first, last))
        return places

    def _warp(self, pieces: Sequence[Spoken]) -> float:
        """Return the factor on this reader's frequencies that brings them nearest to the lines."""
        judged = sorted(pieces, key=lambda piece: -len(piece.power))[:_JUDGED_BY]

        def closeness(warp: float) -> float:
            best = [self._alike(cepstra(piece.power, warp)).max() for piece in judged]
            return float(np.mean(best))

        return max(WARPS, key=closeness)

    def _alike(self, reading: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how much nearer each line is than all else, in spreads of all else."""
        apart = distances(reading, self._others)
        lines = len(self._lines)
        rest = len(apart) - 1
        means = (apart.sum() - apart[:lines]) / rest
        squares = (np.square(apart).sum() - np.square(apart[:lines])) / rest
        spreads = np.sqrt(np.maximum(squares - np.square(means), 1e-4))
        return np.asarray((means - apart[:lines]) / spreads)


def _decoys(lines: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """Return readings of nothing, where lines are too few to be told apart by one another."""
    decoys: list[NDArray[np.float32]] = []
    for share in (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 6, 5 / 6):
        if len(lines) + len(decoys) > _ENOUGH:
            break
        decoys += [np.roll(line, int(share * len(line)), axis=0) for line in lines]
        decoys += [np.roll(line[::-1], int(share * len(line)), axis=0) for line in lines]
    return decoys


def _rest(pieces: Sequence[Spoken]) -> float:
    """Return what likeness the silences between ``pieces`` cost, if they are one reading."""
    gaps = [after.start_s - before.stop_s for before, after in pairwise(pieces)]
    return _JOINT * len(gaps) + _JOINT_S * sum(gaps)


def _joined(pieces: Sequence[Spoken]) -> NDArray[np.float32]:
    """Return ``pieces`` as one reading, the silences between them cut short."""
    parts = [pieces[0].power]
    for before, piece in pairwise(pieces):
        rest = min(_KEPT_REST, int((piece.start_s - before.stop_s) * RATE / HOP))
        parts += [np.zeros((max(0, rest), piece.power.shape[1]), np.float32), piece.power]
    return np.concatenate(parts)


def _with_short_rests(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a clean reading with its silences cut short, as ``_joined`` does."""
    levels = power.sum(axis=1)
    silent = levels < levels.max() * 10 ** (-_SILENT_DB / 10)
    places = np.arange(len(silent))
    since = places - np.maximum.accumulate(np.where(silent, -1, places))
    heard = np.flatnonzero(~silent)
    kept = (since <= _KEPT_REST) & (places >= heard[0]) & (places <= heard[-1])
    return np.asarray(power[kept])
