"""A line's takes put together: sentences parted, phrases given room."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import samples
from cft_audio.signal.gain import fall
from cft_audio.signal.pcm import to_float

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.speech.takes.rests import Rests
    from cft_audio.speech.takes.take import Take

_QUIET = 33
"""Largest sample, of 32767, that counts as silence around a break: −60 dBFS."""

_EDGE = samples(0.005)
"""Samples over which speech fades towards a silence that is put in."""


@dataclass(frozen=True)
class SpokenSentence:
    """Where a sentence lies in a clip, in samples.

    Attributes:
        text: Its text as an engine was given it.
        start: Its first sample.
        stop: The sample after its last.
        phrases: Where it goes on after each of its breaks.
    """

    text: str = field(repr=False)
    start: int
    stop: int
    phrases: tuple[int, ...] = ()


@dataclass(frozen=True)
class ClipLayout:
    """How a clip is laid out, without its samples.

    Attributes:
        length: Its samples.
        sentences: Its sentences in order.
    """

    length: int
    sentences: tuple[SpokenSentence, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Clip:
    """A spoken line.

    Attributes:
        pcm: Shape (samples,), 16-bit mono at the session's sample rate; empty where nothing of
            the line can be said.
        sentences: Its sentences in order.
    """

    pcm: NDArray[np.int16]
    sentences: tuple[SpokenSentence, ...]

    def __len__(self) -> int:
        return len(self.pcm)

    @property
    def layout(self) -> ClipLayout:
        """How it is laid out."""
        return ClipLayout(len(self.pcm), self.sentences)

    @property
    def samples(self) -> Mono:
        """The clip as floating-point samples."""
        return to_float(self.pcm)


def join(takes: Sequence[tuple[str, Take]], rests: Rests) -> Clip:
    """Return the clip of a line.

    Args:
        takes: Text and take of each sentence.
        rests: How long the voice rests between them, and at their breaks.
    """
    pieces, sentences, start = [np.zeros(0, np.int16)], [], 0
    parted = zip(takes, rests.phrases, (*rests.sentences, 0.0), strict=False)
    for (text, take), phrases, rest in parted:
        spoken, places = _open_breaks(take, phrases)
        stop = start + len(spoken)
        goes_on = tuple(start + place for place in places)
        sentences.append(SpokenSentence(text, start, stop, goes_on))
        pieces += [spoken, np.zeros(samples(rest), np.int16)]
        start = stop + len(pieces[-1])
    return Clip(np.concatenate(pieces), tuple(sentences))


def _open_breaks(take: Take, rests: Sequence[float]) -> tuple[NDArray[np.int16], list[int]]:
    """Return the take, each break as long as its rest at least, and where it goes on after them."""
    pieces: list[NDArray[np.int16]] = []
    done, added, places = 0, 0, []
    for place, rest in zip(take.breaks, rests, strict=True):
        missing = samples(rest) - _silence_around(take.pcm, place)
        if missing > 0:
            pieces += [_fade_end(take.pcm[done:place]), np.zeros(missing, np.int16)]
            done, added = place, added + missing
        places.append(place + added)
    return np.concatenate([*pieces, take.pcm[done:]]) if pieces else take.pcm, places


def _silence_around(pcm: NDArray[np.int16], place: int) -> int:
    loud = np.flatnonzero(np.abs(pcm) > _QUIET)
    edges = np.concatenate([[-1], loud, [len(pcm)]])
    after = int(np.searchsorted(edges, place))
    return int(edges[after] - edges[after - 1]) - 1


def _fade_end(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    faded = pcm.copy()
    ramp = fall(np.arange(_EDGE) / _EDGE)
    faded[-_EDGE:] = np.round(faded[-_EDGE:] * ramp[-len(faded[-_EDGE:]) :]).astype(np.int16)
    return faded
