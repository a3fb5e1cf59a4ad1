"""A session that falls silent: the further it has come, the longer its silences are.

Who listens in bed is told something early, and less and less of it. So silences begin shorter than
they are by day and end longer, within what each of them can be, and the words of a session become
fewer from eighth to eighth of its length.
"""

from __future__ import annotations

from dataclasses import replace

from cft_audio.signal.audio import samples
from cft_audio.timeline.pieces import BreathRun, Breaths, Layout, OffGrid, OnGrid, Silence

FIRST, LAST = 0.6, 1.6
"""Factors on the first silence's natural length and on the last one's. By 0.6 and 1.6 the words of
the shipped practices rise least from eighth to eighth (tests/practices/test_sleep.py)."""


def fall_silent(layout: Layout) -> Layout:
    """Return ``layout`` with silences that grow over its words, if quiet follows them."""
    if layout.quiet is None:
        return layout
    whole = sum(_natural(piece, layout) for piece in layout.pieces)
    pieces: list[OffGrid | BreathRun] = []
    elapsed = 0.0
    for piece in layout.pieces:
        if isinstance(piece, BreathRun):
            inner: list[OnGrid] = []
            for breathed in piece.pieces:
                inner.append(_with_breaths(breathed, _factor(elapsed / whole)))
                elapsed += _natural(breathed, layout)
            pieces.append(BreathRun(tuple(inner)))
        else:
            pieces.append(_with_silence(piece, _factor(elapsed / whole)))
            elapsed += _natural(piece, layout)
    return replace(layout, pieces=tuple(pieces))


def _factor(place: float) -> float:
    return FIRST + (LAST - FIRST) * place


def _with_silence(piece: OffGrid, factor: float) -> OffGrid:
    if not isinstance(piece, Silence) or piece.last:
        return piece
    natural = min(max(piece.shortest, round(piece.natural * factor)), piece.longest)
    return replace(piece, natural=natural)


def _with_breaths(piece: OnGrid, factor: float) -> OnGrid:
    if not isinstance(piece, Breaths) or piece.last:
        return piece
    return replace(piece, natural=min(max(piece.fewest, piece.natural * factor), piece.most))


def _natural(piece: OffGrid | OnGrid | BreathRun, layout: Layout) -> float:
    """Return the samples that ``piece`` takes where nothing is stretched."""
    match piece:
        case BreathRun(pieces):
            return sum(_natural(each, layout) for each in pieces)
        case Breaths():
            return piece.natural * samples(60 / layout.pace.breaths_per_minute)
        case Silence():
            return piece.natural
    return piece.length
