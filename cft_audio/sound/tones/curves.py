"""What changes slowly over a breath: a point every 3 ms, with straight lines between them.

A tone says how each phase goes; here its curves are put end to end. Points are cheap, so what
can be worked out at them is, and only the sound itself is made sample by sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, seconds
from cft_audio.signal.gain import interpolate, rise

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.timeline.events import Breath

    Points: TypeAlias = NDArray[np.floating[Any]]
    """A value every ``STEP`` samples from a breath's first on, shape (points,)."""

    Curve: TypeAlias = Callable[["Way"], Points]
    """What a value does over one phase."""

STEP = 128
"""Samples from one point of a curve to the next."""

_EDGE_S = 0.5
"""Seconds in which a held breath takes on its own sound, and in which it leaves it again."""

_GATHERED_S, _SPREADS_S = 0.35, 0.9
"""Seconds before and after a turn in which a tone has no width, and in which it then gains it."""

_FLUTTER_HZ = 1.1
"""How often a held breath wavers: as often as a calm heart beats, 66 times a minute."""


@dataclass(frozen=True)
class Way:
    """The points of one phase: how far through it each lies.

    Attributes:
        share: From 0 at its first sample to 1 at the next phase's.
        since: Seconds since it began.
        left: Seconds until it ends, above 0.
    """

    share: Points
    since: Points
    left: Points

    @property
    def backwards(self) -> Way:
        """The same phase as if it ran the other way."""
        return Way(1 - self.share, self.left, self.since)


def draw_for(breath: Breath, seed: int) -> np.random.Generator:
    """Return what decides about chance in one breath: another for each, the same whenever asked."""
    return np.random.Generator(np.random.PCG64((seed, breath.start)))


def over_phases(breath: Breath, curves: tuple[Curve, Curve, Curve, Curve]) -> Points:
    """Return a curve over a breath from those of its inhale, full hold, exhale and empty hold.

    Its last point lies at the end of the breath, or beyond it.
    """
    lengths = (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)
    places = np.arange(-(-breath.length // STEP) + 1) * STEP
    pieces, start = [], 0
    for curve, length in zip(curves, lengths, strict=True):
        inside = places[(places >= start) & (places < start + length)] - start
        if len(inside):
            since = inside / SAMPLE_RATE
            pieces.append(curve(Way(inside / length, since, seconds(length) - since)))
        start += length
    beyond = np.count_nonzero(places >= breath.length)
    return np.concatenate([*pieces, np.repeat(pieces[-1][-1:], beyond)])


def to_samples(points: Points, length: int) -> Mono:
    """Return the first ``length`` samples of the lines through ``points``."""
    return interpolate(points.astype(np.float32), STEP)[:length]


def wander(draw: np.random.Generator, count: int, period: float) -> Points:
    """Return a slow drift between −1 and 1 that never takes the same way twice.

    Args:
        draw: Decides about it.
        count: Its points.
        period: Seconds in which it goes and comes, about.
    """
    time = np.arange(count) * (STEP / SAMPLE_RATE)
    drift = np.zeros(count)
    for level, share in ((0.6, 1.0), (0.4, 0.38)):
        rate, start = 1 / (period * share * draw.uniform(0.8, 1.25)), draw.random()
        drift += level * np.sin(2 * np.pi * (time * rate + start))
    return drift


def stay(level: float) -> Curve:
    """Return a curve that stays at ``level``."""
    return lambda way: np.full(len(way.share), level)


def grow(floor: float, power: float) -> Curve:
    """Return a curve from ``floor`` to 1, the quicker at first the smaller ``power`` is."""
    return lambda way: floor + (1 - floor) * rise(way.share) ** power


def come_up(way: Way, within: float) -> Points:
    """Return a curve that rises from 0 to 1 in ``within`` seconds and stays there."""
    return rise(np.minimum(way.since / within, 1))


def inhaling(floor: float, power: float, comes: float) -> Curve:
    """Return the level of an inhale: there within ``comes`` seconds, it grows as ``grow`` does."""
    grows = grow(floor, power)
    return lambda way: grows(way) * come_up(way, comes)


def exhaling(floor: float, power: float, goes: float) -> Curve:
    """Return the level of an exhale: that of an inhale, backwards."""
    inhales = inhaling(floor, power, goes)
    return lambda way: inhales(way.backwards)


def held(way: Way) -> Points:
    """Return how much a held breath has its own sound: 0 at its ends, and 1 between them."""
    return rise(np.minimum(np.minimum(way.since, way.left) / _EDGE_S, 1))


def flutter(way: Way) -> Points:
    """Return a slow wavering between 0 and 1."""
    return rise(2 * _FLUTTER_HZ * way.since)


def hovering(sinks: float, wavers: float) -> Curve:
    """Return the level of a held breath: lower by ``sinks``, and by as much as ``wavers`` more."""
    return lambda way: 1 - held(way) * (sinks + wavers * flutter(way))


def spread(breath: Breath) -> Points:
    """Return how wide a tone may be, from 0 to 1: around each turn it gathers in the middle.

    There the mark of the turn is alone in the difference of the channels, in which ears find a
    sound that lies up to 15 dB deeper (the binaural masking level difference; Hirsh 1948).
    """
    return over_phases(breath, (_apart, _apart, _apart, _apart))


def _apart(way: Way) -> Points:
    beyond = np.minimum(way.since, way.left) - _GATHERED_S
    return rise(np.clip(beyond / _SPREADS_S, 0, 1))
