"""An endless sound in cells: each is made by itself, from its number alone.

So it can be read from any sample on without what came before, and in blocks of any size the
samples are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import FRAME
from cft_audio.signal.reference_levels import BED_LUFS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

    Wave: TypeAlias = NDArray[np.complex64]
    """Stereo sound, left as real and right as imaginary part, shape (samples,)."""

CELL = FRAME
"""Samples of a cell, 3 s: as many as the mix asks for at a time, so that none is copied."""


class CellMaker(Protocol):
    """What makes the cells of a bed."""

    @property
    def lufs(self) -> float:
        """The mean loudness of what it makes, measured over twenty minutes."""

    @property
    def beside_db(self) -> float:
        """How much louder than most beds it is to be.

        As loud as the others, one that leaves more room for speech is softer, and one whose weight
        lies where the voice has its own covers more of it (``benchmarks/sound.py``).
        """

    def make(self, cell: int) -> Wave:
        """Return all that begins in the cell of a number from 0 on.

        It belongs to the caller, and is ``CELL`` to twice ``CELL`` samples long: what lies beyond
        the first ``CELL`` sounds on in the next cell.
        """


_KEPT = 3
"""Cells that are kept: the one that is mixed and its neighbours, for who looks beyond its edges."""


class Endless:
    """Reads an endless sound cell by cell; keeps a few, and what sounds on beyond the last made.

    Args:
        maker: Gives its cells. They are brought to ``reference_levels.BED_LUFS`` and what
            they are beside it.
    """

    def __init__(self, maker: CellMaker) -> None:
        self._maker = maker
        self._gain = np.float32(db_to_gain(BED_LUFS + maker.beside_db - maker.lufs))
        self._cells: dict[int, Wave] = {}
        self._last = -1
        self._beyond = np.zeros(0, np.complex64)

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples, 1 or more, from ``start`` on; not to be written to."""
        pieces: list[Wave] = []
        # One cell in: the sound is under way when it begins.
        at, stop = start + CELL, start + CELL + length
        while at < stop:
            number, place = divmod(at, CELL)
            pieces.append(self._finish(number)[place : place + stop - at])
            at += len(pieces[-1])
        wave = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        return wave.view(np.float32).reshape(-1, 2)

    def _finish(self, number: int) -> Wave:
        """Return all that sounds in a cell."""
        if number not in self._cells:
            if number != self._last + 1:
                self._beyond = self._make(number - 1)[CELL:]
            made = self._make(number)
            made[: len(self._beyond)] += self._beyond
            made.flags.writeable = False
            self._last, self._beyond = number, made[CELL:]
            if len(self._cells) == _KEPT:
                del self._cells[next(iter(self._cells))]
            self._cells[number] = made[:CELL]
        return self._cells[number]

    def _make(self, number: int) -> Wave:
        made = self._maker.make(number)
        made *= self._gain
        return made
