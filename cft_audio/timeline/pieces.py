"""What a session consists of before it has a length: what is fixed, what stretches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.script.cues import BreathCues, Line
    from cft_audio.timeline.pace import Pace

BREATH_BEFORE_CUE = 0.5
"""Seconds of quiet between narration on the tone and the next spoken cue, at least."""


@dataclass(frozen=True)
class Speech:
    """A line of ``length`` samples, and its id."""

    chapter: int
    line: Line
    length: int
    id: str = ""


@dataclass(frozen=True)
class Silence:
    """A pause off the breath grid, in samples: fixed where all three lengths are equal.

    ``elastic`` tells a pause that is fitted from a fixed one, and from a gap that only parts two
    paragraphs. ``last`` tells the quiet at the end, whose lengths follow from the session's
    (``quiet``) and are 0 until then. ``longer`` tells what is added to the silence before it,
    whatever that is.
    """

    chapter: int
    shortest: int
    natural: int
    longest: int
    elastic: bool
    last: bool = False
    longer: bool = False


@dataclass(frozen=True)
class Rest:
    """A fixed pause on the breath grid: at least ``length`` samples, then to the next breath."""

    chapter: int
    length: int


@dataclass(frozen=True)
class Breaths:
    """Whole breaths on the grid: fixed where all three numbers are equal.

    ``guided`` tells breaths with spoken cues from an elastic pause that lasts whole breaths, and
    ``last`` the quiet at the end, likewise.
    """

    chapter: int
    fewest: int
    natural: float
    most: int
    guided: bool
    last: bool = False


@dataclass(frozen=True)
class ChimePiece:
    """A chime, struck once or more often."""

    chapter: int
    length: int
    soft: bool
    strokes: int = 1


OffGrid: TypeAlias = Speech | Silence | ChimePiece
OnGrid: TypeAlias = Speech | Rest | Breaths | ChimePiece


@dataclass(frozen=True)
class BreathRun:
    """Pieces on which the breathing tone goes on without a break, from breaths to breaths."""

    pieces: tuple[OnGrid, ...]


@dataclass(frozen=True)
class Layout:
    """A session as pieces in order.

    Attributes:
        titles: The titles of its chapters.
        pieces: What it consists of, in order.
        breath_cues: What is said on the turns of its guided breaths.
        pace: How it breathes.
        lengths: The samples of each line's clip.
    """

    titles: tuple[str, ...]
    pieces: tuple[OffGrid | BreathRun, ...]
    breath_cues: BreathCues
    pace: Pace
    lengths: Mapping[Line, int]

    @cached_property
    def quiet(self) -> Silence | Breaths | None:
        """The quiet at its end, if it has one."""
        elastic: tuple[Silence | Breaths, ...] = (*self.silences, *self.breaths)
        return next((piece for piece in elastic if piece.last), None)

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """The silences off the grid, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Silence))

    @cached_property
    def breaths(self) -> tuple[Breaths, ...]:
        """The breaths of every breath run, in order."""
        runs = (run.pieces for run in self.pieces if isinstance(run, BreathRun))
        return tuple(piece for piece in chain(*runs) if isinstance(piece, Breaths))
