"""A look-ahead true-peak limiter.

The gain needed at each true peak is held over the look-ahead, released exponentially, and then
smoothed over the look-ahead, so that it is fully down when the peak arrives and never jumps.
Both channels share one gain. Audio that stays under the ceiling passes untouched, bit by bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.audio import samples
from cft_audio.frames import ROW, framed
from cft_audio.true_peak import NEAR, REACH, near, peaks_at, row_peaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from cft_audio.audio import Stereo

_LOOK_AHEAD = samples(0.005)
"""Long enough that the gain's fall is no click, short enough that no dip is heard before a peak
(pre-masking lasts 5 to 20 ms: Fastl and Zwicker, "Psychoacoustics", chapter 4)."""

_RELEASE = samples(0.08)
"""Time constant of the release: nine tenths of a reduction are gone after 184 ms, the length of
a syllable, so that the voice does not pump."""

_INAUDIBLE_DB = 0.01
"""A reduction below this ends."""

_AHEAD = _LOOK_AHEAD + REACH
"""Samples of the next frame that the gain of this one depends on."""


@dataclass(frozen=True)
class Limited:
    """A frame after the limiter.

    Attributes:
        audio: The frame.
        touched: Shape (rows,), whether the row differs from what came in.
    """

    audio: Stereo
    touched: NDArray[np.bool_]


def limited(blocks: Iterable[Stereo], ceiling_dbtp: float) -> Iterator[Limited]:
    """Yield the audio of ``blocks`` with no true peak above ``ceiling_dbtp``, in frames.

    The result does not depend on how the audio is cut into blocks. Memory holds two frames.
    """
    limiter = _Limiter(10 ** (ceiling_dbtp / 20))
    frames = framed(blocks)
    frame = next(frames, None)
    while frame is not None:
        after = next(frames, None)
        yield limiter.limit(frame, np.zeros((0, 2), np.float32) if after is None else after)
        frame = after


class _Limiter:
    def __init__(self, ceiling: float) -> None:
        self._ceiling = ceiling
        self._before = np.zeros((REACH, 2), np.float32)
        self._reduction: NDArray[np.float64] | None = None
        self._needed_before = 0.0

    def limit(self, frame: Stereo, after: Stereo) -> Limited:
        """Return ``frame`` limited, given the frame that comes ``after`` it."""
        rows = -(-len(frame) // ROW)
        touched = np.zeros(rows, np.bool_)
        head = np.zeros((_AHEAD, 2), np.float32)
        head[: len(after)] = after[:_AHEAD]
        hot = max(row_peaks(frame).max(), row_peaks(head).max())
        if hot <= self._ceiling * NEAR and self._at_rest():
            self._needed_before = 0.0
            self._before = frame[-REACH:].copy()
            return Limited(frame, touched)
        needed = self._needed(np.concatenate([self._before, frame, head]), len(frame))
        self._before = frame[-REACH:].copy()
        out = frame.copy()
        for row in range(rows):
            part = slice(row * ROW, min((row + 1) * ROW, len(frame)))
            # Index 0 of ``needed`` lies one sample before the frame.
            gain = self._gain(needed[part.start : part.stop + 1 + _LOOK_AHEAD])
            if gain is not None:
                out[part] *= gain[:, np.newaxis]
                touched[row] = True
        self._needed_before = float(needed[len(frame)])
        return Limited(out, touched)

    def _at_rest(self) -> bool:
        if self._reduction is not None and self._reduction.any():
            return False
        self._reduction = np.zeros(_LOOK_AHEAD)
        return True

    def _needed(self, audio: Stereo, length: int) -> NDArray[np.float64]:
        """Return the reduction needed from one sample before the frame on, in dB, at least 0."""
        needed = np.zeros(1 + length + _LOOK_AHEAD)
        places = near(audio, self._ceiling)
        places = places[(places >= REACH) & (places < REACH + length + _LOOK_AHEAD)]
        peaks = peaks_at(audio, places).astype(np.float64)
        needed[places - REACH + 1] = 20 * np.log10(np.maximum(peaks / self._ceiling, 1.0))
        needed[0] = self._needed_before
        return needed

    def _gain(self, needed: NDArray[np.float64]) -> NDArray[np.float32] | None:
        """Return the gain of a row, or None where nothing is to be done.

        Args:
            needed: The reduction in dB from one sample before the row to the look-ahead after it.
        """
        if not needed.any() and self._at_rest():
            return None
        held = _sliding_maximum(needed, _LOOK_AHEAD + 2)
        if self._reduction is None:
            # A peak right at the start finds the gain down already.
            self._reduction = np.full(_LOOK_AHEAD, held[0])
        released = _released(held, float(self._reduction[-1]))
        joined = np.concatenate([self._reduction, released])
        self._reduction = joined[-_LOOK_AHEAD:].copy()
        return (10 ** (_smoothed(joined) / -20)).astype(np.float32)


def _sliding_maximum(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the maximum of each ``width`` neighbours, shape (values - width + 1,)."""
    span = 1
    while span < width:
        step = min(span, width - span)
        values = np.maximum(values[:-step], values[step:])
        span += step
    return values


def _released(held: NDArray[np.float64], before: float) -> NDArray[np.float64]:
    """Return ``held`` falling no faster than the release, after a reduction of ``before`` dB.

    The slowest of all decays that began at or before a sample is a running maximum once each
    is written as a logarithm with the decay taken out.
    """
    decay = np.arange(len(held) + 1) / _RELEASE
    with np.errstate(divide="ignore"):
        start = np.log(np.concatenate([[before], held])) + decay
    released = np.exp(np.maximum.accumulate(start) - decay)[1:]
    released[released < _INAUDIBLE_DB] = 0.0
    return np.maximum(released, held)


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a triangular average over ``_LOOK_AHEAD + 1`` values up to each but the first."""
    half = _LOOK_AHEAD // 2
    for width in (half + 1, _LOOK_AHEAD - half + 1):
        sums = np.cumsum(np.concatenate([[0.0], values]))
        values = (sums[width:] - sums[:-width]) / width
    # What is left of the running sums where nothing is to be reduced.
    values[values < _INAUDIBLE_DB * 1e-6] = 0.0
    return values
