"""How far each elastic piece stretches, so that a session is exactly as long as was asked.

Two things give way: whole breaths (in steps of one) and the silences off the breath grid (by
the sample). Breaths are handed out one at a time, by the Webster/Sainte-Laguë method, to
whichever cue is furthest below its natural share; the silences take up what is left. Of all
ways to meet the length, the one is taken that stretches both by the most nearly equal factor, but
for one thing: where there is too little time for both, guided breathing gives way first, down to
``AT_EASE`` of what is natural, and silences keep their length.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from cft_audio.errors import LengthError
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.falling import fall_silent
from cft_audio.timeline.pieces import Breaths, ChimePiece, Layout, Silence, Speech
from cft_audio.timeline.place import grid_length, place
from cft_audio.timeline.quiet import (
    LONGEST_S,
    shortest_with_quiet,
    with_quiet,
    without_quiet,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.timeline.events import Timeline

AT_EASE = 5 / 8
"""The part of its natural number of breaths that guided breathing gives up nothing of before
silences do: five of eight are still enough to arrive in them."""

_NEIGHBOURS = 4
"""How many more or fewer breaths than the balanced number are tried: easing and rounding to
whole breaths can put the best one a step or two beside it."""


@dataclass(frozen=True)
class Range:
    """The lengths a session can have, in samples."""

    shortest: int
    longest: int

    def __str__(self) -> str:
        return f"{clock(math.ceil(seconds(self.shortest)))} to {clock(int(seconds(self.longest)))}"


def one_length_remedy(length_s: float) -> str:
    """Return what to do about a script that can only be about ``length_s`` seconds long."""
    only = f"it has one length only, about {clock(length_s)}"
    return f"Leave ‹minutes› out, or give the script a [pause]: {only}"


def possible_range(layout: Layout) -> Range:
    """Return the lengths that ``layout`` can be stretched to."""
    fitter = _Fitter(without_quiet(layout))
    shortest, longest = fitter.range(0).shortest, fitter.range(len(fitter.order)).longest
    if layout.quiet is None:
        return Range(shortest, longest)
    return Range(shortest_with_quiet(layout, shortest), longest + samples(LONGEST_S))


def length_at_ease(layout: Layout) -> int:
    """Return the least samples of ``layout`` at which its silences keep their natural length."""
    fitter = _Fitter(without_quiet(layout))
    others = fitter.without_silences(fitter.at_ease_counts) + fitter.natural_silence
    return others if layout.quiet is None else shortest_with_quiet(layout, others)


def fit(layout: Layout, length: int | None) -> Timeline:
    """Return the timeline of ``layout``, exactly ``length`` samples long.

    Args:
        layout: The session as pieces.
        length: The samples asked for, or None for the natural length.

    Raises:
        LengthError: If its elastic parts cannot meet the length.
    """
    if layout.quiet is None:
        return _fit(layout, length)
    possible = possible_range(layout)
    if length is not None and not possible.shortest <= length <= possible.longest:
        raise _range_error(length, possible)
    return fall_silent(layout, partial(_fit_with_quiet, length=length))


def _fit_with_quiet(layout: Layout, length: int | None) -> Timeline:
    rest = _Fitter(without_quiet(layout))
    others = rest.without_silences(rest.natural_counts) + rest.natural_silence
    whole = shortest_with_quiet(layout, others) if length is None else length
    return _fit(with_quiet(layout, whole, others), length)


def _fit(layout: Layout, length: int | None) -> Timeline:
    fitter = _Fitter(layout)
    if length is None:
        silences = [silence.natural for silence in layout.silences]
        return place(layout, fitter.natural_counts, silences)
    counts = fitter.best_counts(length)
    return place(layout, counts, fitter.silences_for(length - fitter.without_silences(counts)))


class _Fitter:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.silences = layout.silences
        self.silent = Range(
            sum(silence.shortest for silence in self.silences),
            sum(silence.longest for silence in self.silences),
        )
        # Many are alike, and how far they stretch is tried sixty times.
        self._alike = Counter((s.natural, s.shortest, s.longest) for s in self.silences)
        self.natural_silence = sum(silence.natural for silence in self.silences)
        self.natural_counts = [max(1, round(piece.natural)) for piece in layout.breaths]
        self.at_ease_counts = [_at_ease_count(piece) for piece in layout.breaths]
        self.order = _order_of_breaths(layout.breaths, self.at_ease_counts, self.natural_counts)
        self.sounding = sum(
            piece.length for piece in layout.pieces if isinstance(piece, Speech | ChimePiece)
        )

    def counts(self, extra: int) -> list[int]:
        """Return the breaths of each cue when ``extra`` are handed out beyond the fewest."""
        counts = [piece.fewest for piece in self.layout.breaths]
        for index in self.order[:extra]:
            counts[index] += 1
        return counts

    def without_silences(self, counts: Sequence[int]) -> int:
        return self.sounding + grid_length(self.layout, counts)

    def range(self, extra: int) -> Range:
        rigid = self.without_silences(self.counts(extra))
        return Range(rigid + self.silent.shortest, rigid + self.silent.longest)

    def best_counts(self, length: int) -> list[int]:
        most = len(self.order)
        imbalance = cache(lambda extra: self._imbalance(extra, length))
        balanced = bisect_left(range(most), 0.0, key=lambda extra: -imbalance(extra))
        near = range(max(0, balanced - _NEIGHBOURS), min(most, balanced + _NEIGHBOURS) + 1)
        best = min(near, key=lambda extra: abs(imbalance(extra)))
        if math.isinf(imbalance(best)):
            raise self._length_error(length)
        return self.counts(best)

    def silences_for(self, total: int) -> list[int]:
        """Return the length of each silence, adding up to exactly ``total`` samples."""
        stretch = self._stretch(total)
        lengths = [_stretch_silence(silence, stretch) for silence in self.silences]
        left = total - sum(lengths)
        step = 1 if left > 0 else -1
        while left:
            for index, silence in enumerate(self.silences):
                if left and silence.shortest <= lengths[index] + step <= silence.longest:
                    lengths[index] += step
                    left -= step
        return lengths

    def _imbalance(self, extra: int, length: int) -> float:
        """Return how much further the silences would stretch than the breaths, as a log ratio.

        Infinite where the silences cannot take up the rest: above zero where ``extra`` is too
        few breaths, below where it is too many.
        """
        counts = self.counts(extra)
        total = length - self.without_silences(counts)
        if total > self.silent.longest:
            return math.inf
        if total < self.silent.shortest:
            return -math.inf
        return math.log(self._stretch(total)) - math.log(self._breathing_stretch(sum(counts)))

    def _breathing_stretch(self, breaths: int) -> float:
        """Return how far so many breaths are stretched; 1 from at ease to natural."""
        at_ease, natural = sum(self.at_ease_counts), sum(self.natural_counts)
        if at_ease <= breaths <= natural:
            return 1.0
        return max(breaths, 1e-9) / (natural if breaths > natural else at_ease)

    def _stretch(self, total: int) -> float:
        low, high = 1e-3, 1e3
        for _ in range(60):
            middle = math.sqrt(low * high)
            stretched = sum(
                times * min(max(round(natural * middle), shortest), longest)
                for (natural, shortest, longest), times in self._alike.items()
            )
            if stretched < total:
                low = middle
            else:
                high = middle
        return high

    def _length_error(self, length: int) -> LengthError:
        every = [self.range(extra) for extra in range(len(self.order) + 1)]
        whole = Range(every[0].shortest, every[-1].longest)
        is_one = whole.longest - whole.shortest < samples(1)
        if is_one or not whole.shortest <= length <= whole.longest:
            return _range_error(length, whole)
        # Between two whole breaths, with too few elastic pauses to bridge them.
        below = math.floor(seconds(max(r.longest for r in every if r.longest < length)))
        above = math.ceil(seconds(min(r.shortest for r in every if r.shortest > length)))
        either = f"Ask for {clock(below)} or {clock(above)}"
        remedy = f"{either}, or give the script a [pause] outside its paced breathing"
        message = _cannot_be(length)
        return LengthError(message, remedy=remedy, too_short=False, out_of_range=False)


def _cannot_be(length: int) -> str:
    return f"the practice cannot be {clock(seconds(length))} long at this pace"


def _range_error(length: int, whole: Range) -> LengthError:
    """Return the error of a length outside the range of a layout."""
    remedy = f"Ask for a length from {whole}"
    if whole.longest - whole.shortest < samples(1):
        remedy = one_length_remedy(seconds(whole.shortest))
    return LengthError(_cannot_be(length), remedy=remedy, too_short=length < whole.shortest)


def _stretch_silence(silence: Silence, factor: float) -> int:
    return min(max(round(silence.natural * factor), silence.shortest), silence.longest)


def _at_ease_count(piece: Breaths) -> int:
    """Return the breaths of a cue down to which silences keep their natural length."""
    natural = max(1, round(piece.natural))
    return max(piece.fewest, round(piece.natural * AT_EASE)) if piece.guided else natural


def _order_of_breaths(
    pieces: Sequence[Breaths], at_ease: Sequence[int], natural: Sequence[int]
) -> list[int]:
    """Return which cue gets each further breath, first to last, until all have the most.

    All come to what is at ease first, and to what is natural before any goes beyond.
    """
    shares = sorted(
        (
            (count >= at_ease[index]) + (count >= natural[index]),
            -piece.natural / (count + 0.5),
            index,
        )
        for index, piece in enumerate(pieces)
        for count in range(piece.fewest, piece.most)
    )
    return [index for *_, index in shares]
