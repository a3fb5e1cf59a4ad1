"""Chance that can be asked for anywhere: it follows from a seed and counters alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, seconds
from cft_audio.sound.beds.cells import CELL

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


_KNOTS = 64
"""Knots of a curve that are drawn together: a generator takes longer to make than they do."""


def chance(*counters: int | str) -> np.random.Generator:
    """Return a generator that ``counters`` have to themselves.

    Args:
        counters: Whole numbers from 0 on, and words.
    """
    numbers = [
        int.from_bytes(counter.encode(), "little") if isinstance(counter, str) else counter
        for counter in counters
    ]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(numbers)))


def draw_places(
    draw: np.random.Generator,
    most: float,
    share: Callable[[NDArray[np.int64]], NDArray[np.float64]],
) -> NDArray[np.int64]:
    """Return where in a cell things happen by chance, in ascending order.

    Args:
        draw: Decides it.
        most: How many in a second, where they are most.
        share: Gives for each sample of the cell how many there are of these, from 0 to 1.
    """
    places = np.sort(draw.integers(0, CELL, draw.poisson(most * seconds(CELL))))
    if not len(places):
        return places
    return places[draw.random(len(places)) < share(places)]


class Drift:
    """Smooth curves without end between −1 and 1, about 0.4 from 0 in the mean (RMS).

    Each is a cubic B-spline of independent, evenly distributed knots: it never goes beyond
    them, so that whatever it moves has a limit.

    Args:
        period: Seconds between its knots; its ups and downs take some three times as long.
        counters: What sets it apart from others, a seed first.
        shape: Of as many curves as are wanted; one by itself if it is empty.
    """

    def __init__(self, period: float, *counters: int | str, shape: tuple[int, ...] = ()) -> None:
        self._period = period * SAMPLE_RATE
        self._counters = counters
        self._shape = shape

    def at(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the values at ``places``, shape (places,) behind that of the curves.

        Args:
            places: Samples from 0 on, at least one, in ascending order.
        """
        way = places / self._period
        first, last = int(way[0]), int(way[-1])
        sets = range(first // _KNOTS, (last + 3) // _KNOTS + 1)
        knots = np.concatenate(
            [_draw_knots(self._shape, *self._counters, number) for number in sets], axis=-1
        )
        index = way.astype(np.int64)
        x = way - index
        index -= sets.start * _KNOTS
        return np.asarray(
            knots[..., index] * ((1 - x) ** 3 / 6)
            + knots[..., index + 1] * ((3 * x**3 - 6 * x**2 + 4) / 6)
            + knots[..., index + 2] * ((-3 * x**3 + 3 * x**2 + 3 * x + 1) / 6)
            + knots[..., index + 3] * (x**3 / 6)
        )


@lru_cache(maxsize=64)
def _draw_knots(shape: tuple[int, ...], *counters: int | str) -> NDArray[np.float64]:
    return chance(*counters).uniform(-1, 1, (*shape, _KNOTS))
