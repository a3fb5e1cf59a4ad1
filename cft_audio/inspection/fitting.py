"""Whether the breaths that a recording tells of are heard in it, and how exactly at that pace.

What it tells is stretched and squeezed by some percent. Each breath is then compared with those
after it, point by point, however long each lasts: the stretch at which they are most alike is what
is measured. A pace that eases needs no more than one that stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cft_audio.inspection.bands import PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cft_audio.inspection.shapes import Levels

FEWEST = 8
"""Breaths of which one may be found: of fewer, the stretch cannot be told to a percent."""

_POINTS = 32
"""Points of a breath that are compared with those of another."""

_LAGS = range(1, 5)
"""How many breaths later one is compared: the later, the finer the stretch is told."""

_STRETCHES = np.arange(0.9, 1.1, 0.0025)
_GAP_S = 0.5


@dataclass(frozen=True)
class Fit:
    """How the breaths of a recording are heard.

    Attributes:
        stretch: How much longer they are than it tells; 1 for as long.
        confidence: How alike they are then, up to 1.
    """

    stretch: float
    confidence: float


class _Run(NamedTuple):
    """Breaths that follow one another: where each begins, and where the last one ends."""

    edges: NDArray[np.float64]

    @property
    def breaths(self) -> int:
        return len(self.edges) - 1


def fit_breaths(shapes: Levels, breathed: Sequence[tuple[float, float]]) -> Fit | None:
    """Return how breaths are heard; None where there are too few of them.

    Args:
        shapes: Levels of a sound's bands, as ``shapes.shapes_of`` gives them.
        breathed: Where each breath begins and ends, in seconds.
    """
    runs = [run for run in _runs(breathed) if run.breaths > 1]
    if sum(run.breaths for run in runs) < FEWEST or not len(shapes):
        return None
    alike = np.array([_alike(shapes, runs, stretch) for stretch in _STRETCHES])
    best = int(alike.mean(axis=1).argmax())
    return Fit(float(_STRETCHES[best]), float(alike[best].max()))


def _runs(breathed: Sequence[tuple[float, float]]) -> Iterator[_Run]:
    edges: list[float] = []
    for start, stop in breathed:
        if edges and start - edges[-1] > _GAP_S:
            yield _Run(np.array(edges))
            edges = []
        edges = [*edges[:-1], start, stop]
    if edges:
        yield _Run(np.array(edges))


def _alike(shapes: Levels, runs: Sequence[_Run], stretch: float) -> list[float]:
    """Return the correlation of breaths with those one, two and more later."""
    sums = np.zeros((len(_LAGS), 3))
    for run in runs:
        heard = _by_phase(shapes, run, stretch)
        for place, lag in enumerate(_LAGS):
            one, other = heard[: -lag * _POINTS], heard[lag * _POINTS :]
            if len(other):
                sums[place] += (one * other).sum(), (one**2).sum(), (other**2).sum()
    shared, *powers = sums.T
    scale = np.sqrt(powers[0] * powers[1])
    return [float(s / of) if of else 0.0 for s, of in zip(shared, scale, strict=True)]


def _by_phase(shapes: Levels, run: _Run, stretch: float) -> Levels:
    """Return the levels of a run, as many of each breath, around their mean."""
    edges = run.edges[0] + (run.edges - run.edges[0]) * stretch
    phases = np.arange(0, run.breaths, 1 / _POINTS)
    at = np.interp(phases, np.arange(len(edges)), edges)
    places = (at[at < run.edges[-1]] * PER_SECOND).astype(int)
    heard = shapes[places[places < len(shapes)]]
    centred: Levels = heard - heard.mean(axis=0) if len(heard) else heard
    return centred
