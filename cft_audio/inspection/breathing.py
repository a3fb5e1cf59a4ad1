"""How many breaths a minute a sound paces, measured from what is heard, or that none is found.

A paced breath is a slow and even rise and fall that hardly changes from one to the next. Where a
recording says of itself where its breaths lie, they are taken as a guess and put to the test: see
``fitting``.

In any other sound they are looked for under any voice, in stretches of a minute: the level of each
band, as it is between the words, is compared with itself a breath later. Music has such periods as
well. There a chord raises one band and lowers another, there are beats, and a loop repeats itself
more exactly than any breath here does: so such a sound has more to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.inspection.bands import PER_SECOND
from cft_audio.inspection.fitting import fit_breaths
from cft_audio.inspection.shapes import moving_mean, shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.inspection.shapes import Levels

SLOWEST, FASTEST = 2.5, 12.0
"""Breaths a minute that are looked for: all that a session here can have."""

LEAST_CONFIDENCE = 0.5
"""Correlation of a breath with the next below which none is found."""

_STRETCH_S, _STEP_S = 60.0, 10.0
_SHALLOWEST_DB = 0.5
_LEAST_TOLD = 0.3
"""The same of breaths that a recording tells of: a guess is put to the test, and not searched for.
Told half a minute too late, breaths that are heard fit somewhere else, or less."""

_MOST_STRETCHED = 0.015
"""How far the breaths that are heard may be from those that a recording tells of: more would be
wrong by a tenth of a breath a minute."""

_LONGER = 0.85
"""A period counts before its multiples if it is at least this much of the best of them."""

_MOST_HALF = 0.25
"""Correlation with half a period earlier: more, and the period is a multiple of another."""

_FOREIGN_CONFIDENCE, _FOREIGN_TOGETHER, _FOREIGN_BEAT, _EXACT = 0.7, 0.3, 0.16, 0.985
"""What a sound of unknown origin has to show as well: a higher correlation, bands that rise and
fall together, no beat, and no exact loop. Measured over 20 sessions and 21 sounds of other kinds
(``tests/inspection``)."""

_BEATS_S = (0.4, 3.0)
_AGREE = 0.03
_FEWEST = 6
"""Minutes, each begun ten seconds after the other, that have to agree."""


@dataclass(frozen=True)
class Paced:
    """A pace that was found.

    Attributes:
        breaths_per_minute: The rate that it settles at.
        confidence: How alike successive breaths are, 0 to 1.
    """

    breaths_per_minute: float
    confidence: float


@dataclass(frozen=True)
class Stretch:
    """What was measured of a minute.

    Attributes:
        start_s: Where it begins, in seconds.
        period_s: Seconds after which it is most like itself; 0 for none.
        confidence: How alike, up to 1.
        half: How alike it is around half of that.
        together: How much of what its bands do they do together, 0 to 1.
        depth_db: How far they rise and fall.
        beat: How alike it is after a beat of music.
    """

    start_s: float
    period_s: float
    confidence: float
    half: float
    together: float
    depth_db: float
    beat: float

    @property
    def is_breath(self) -> bool:
        """Whether it may be paced breathing."""
        is_alike = self.confidence >= LEAST_CONFIDENCE and self.half <= _MOST_HALF
        return is_alike and self.depth_db >= _SHALLOWEST_DB

    @property
    def is_no_music(self) -> bool:
        """Whether it is also unlike music."""
        is_natural = _FOREIGN_CONFIDENCE <= self.confidence <= _EXACT
        return is_natural and self.together >= _FOREIGN_TOGETHER and self.beat <= _FOREIGN_BEAT


def find_pace(levels: Levels, breathed: Sequence[tuple[float, float]] | None) -> Paced | None:
    """Return the pace of the breaths in a sound; None where none is found.

    Args:
        levels: Levels of its bands in dB, shape (tenths of a second, bands).
        breathed: Where each of its breaths begins and ends, in seconds, if it says so itself; None
            if it does not, so that it may be any sound.
    """
    return _find_any(levels) if breathed is None else _find_told(levels, breathed)


def _find_told(levels: Levels, breathed: Sequence[tuple[float, float]]) -> Paced | None:
    """Return the pace that breaths settle at, if they are heard where they are said to be."""
    fit = fit_breaths(shapes_of(levels), breathed)
    if fit is None or fit.confidence < _LEAST_TOLD or abs(fit.stretch - 1) > _MOST_STRETCHED:
        return None
    start_s, stop_s = breathed[-1]
    return Paced(60 / (stop_s - start_s) / fit.stretch, fit.confidence)


def _find_any(levels: Levels) -> Paced | None:
    """Return the pace of a sound of which nothing is known."""
    stretches = measure_stretches(levels)
    settled = _settled([one for one in stretches if one.is_breath and one.is_no_music])
    if len(settled) < _FEWEST:
        return None
    weights = [stretch.confidence for stretch in settled]
    rates = [60 / stretch.period_s for stretch in settled]
    return Paced(float(np.average(rates, weights=weights)), float(np.mean(weights)))


def measure_stretches(levels: Levels) -> Iterator[Stretch]:
    """Yield what is measured of each minute, every ten seconds."""
    shapes = shapes_of(levels)
    quick = levels - moving_mean(levels, int(2 * PER_SECOND)) if len(levels) else levels
    length, step = int(_STRETCH_S * PER_SECOND), int(_STEP_S * PER_SECOND)
    for start in range(0, len(shapes) - length + 1, step):
        stop = start + length
        yield _measure(start / PER_SECOND, shapes[start:stop], quick[start:stop])


def _settled(found: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that agree with one another, most of them: a pace eases, and stays."""
    ordered = sorted(found, key=lambda stretch: -stretch.period_s)
    clusters = [
        [other for other in ordered if abs(other.period_s / one.period_s - 1) <= _AGREE]
        for one in ordered
    ]
    return max(clusters, key=len, default=[])


def _measure(start_s: float, shapes: Levels, quick: Levels) -> Stretch:
    centred = shapes - shapes.mean(axis=0)
    period_s, confidence, half = _period(centred)
    each = float(centred.var(axis=0).mean())
    together = float(centred.mean(axis=1).var()) / each if each else 0.0
    least, most = (int(s * PER_SECOND) for s in _BEATS_S)
    beat = max(_alike(quick, lag) for lag in range(least, most + 1))
    depth_db = float(np.median(centred.std(axis=0)))
    return Stretch(start_s, period_s, confidence, half, together, depth_db, beat)


def _period(centred: Levels) -> tuple[float, float, float]:
    """Return the period of a stretch in seconds, how alike it is after it, and around its half."""
    least, most = (int(60 / rate * PER_SECOND) for rate in (FASTEST, SLOWEST))
    alike = np.array([1.0, *(_alike(centred, lag) for lag in range(1, most + 2))])
    peaks = [
        lag
        for lag in range(least, most + 1)
        if alike[lag - 1] <= alike[lag] > alike[lag + 1] and alike[lag] > 0
    ]
    if not peaks:
        return 0.0, 0.0, 0.0
    best = max(alike[lag] for lag in peaks)
    lag = next(lag for lag in peaks if alike[lag] >= _LONGER * best)
    before, here, after = alike[lag - 1 : lag + 2]
    fine = lag + (before - after) / 2 / (before - 2 * here + after)
    inner = alike[int(lag * 0.3) : int(lag * 0.72)]
    return fine / PER_SECOND, float(here), float(inner.max(initial=-1.0))


def _alike(centred: Levels, lag: int) -> float:
    """Return the correlation of levels with themselves so many tenths of a second later."""
    one, other = centred[:-lag], centred[lag:]
    scale = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / scale if scale else 0.0
