"""How the voice stands over what lies under it, and how well it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.frames import HOP
from cft_audio.signal.loudness import gated_loudness
from cft_audio.timeline.events import BreatheEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Placed, Timeline

_ESTOI_RATE = 10_000
"""Samples a second that ESTOI is defined at (Jensen and Taal 2016)."""

_SILENCE_LUFS = -70.0
"""The absolute gate of ITU-R BS.1770-4."""


@dataclass(frozen=True)
class Standing:
    """By how many LU lines stand over the ambience while they are said."""

    narration_mean: float
    narration_worst: float
    cues_mean: float
    cues_worst: float


def standing(
    timeline: Timeline, voice: NDArray[np.float64], ambience: NDArray[np.float64]
) -> Standing:
    """Return how the lines of a session stand over what lies under them.

    Args:
        timeline: Where the lines lie.
        voice: K-weighted energies of the voice alone in each 100 ms.
        ambience: Those of tone and bed together.
    """
    told, prompted = (
        over_ambience(lines, voice, ambience) for lines in (narration(timeline), cues(timeline))
    )
    return Standing(*(float(x) for x in (told.mean(), told.min(), prompted.mean(), prompted.min())))


def narration(timeline: Timeline) -> list[tuple[int, int]]:
    """Return first sample and length of each narrated line."""
    return [(e.start, e.length) for e in timeline.events if isinstance(e, SayEvent)]


def cues(timeline: Timeline) -> list[tuple[int, int]]:
    """Return first sample and length of each breath cue."""
    events = (event for event in timeline.events if isinstance(event, BreatheEvent))
    placed: Iterable[Placed] = (cue for event in events for cue in event.cues)
    return [(cue.start, cue.length) for cue in placed]


def over_ambience(
    lines: list[tuple[int, int]], voice: NDArray[np.float64], ambience: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return by how many LU each line stands over the ambience while it is said, shape (lines,).

    Of the voice that is its gated loudness (rests in a line do not count), of the ambience the
    mean of what sounds meanwhile, at least −70 LUFS, which is as good as nothing.

    Args:
        lines: First sample and length of each.
        voice: K-weighted energies of the voice alone in each 100 ms.
        ambience: Those of tone and bed together.
    """
    found = []
    for start, length in lines:
        hops = slice(start // HOP, max(start // HOP + 4, -(-(start + length) // HOP)))
        under = -0.691 + 10 * np.log10(ambience[hops].mean() / HOP + 1e-20)
        found.append(gated_loudness(voice[hops]) - max(_SILENCE_LUFS, float(under)))
    return np.array(found)


def intelligibility(voice: Stereo, recording: Stereo, lines: list[tuple[int, int]]) -> float:
    """Return the extended short-time objective intelligibility, up to 1 (Jensen and Taal 2016).

    Args:
        voice: The voice as it is spoken, in no room, at any level.
        recording: Both channels; the left one counts.
        lines: First sample and length of what is listened to, in order.
    """
    from pystoi import stoi

    said = np.concatenate([np.arange(start, start + length) for start, length in lines])
    clean, heard = (
        soxr.resample(np.asarray(audio[:, 0])[said], SAMPLE_RATE, _ESTOI_RATE)
        for audio in (voice, recording)
    )
    return float(stoi(clean, heard, _ESTOI_RATE, extended=True))
