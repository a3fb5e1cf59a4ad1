"""Where bed and tone step back under the voice: decided without a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.signal.audio import samples
from cft_audio.timeline.events import BreatheEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.timeline.events import Timeline

    Spans: TypeAlias = tuple[tuple[int, int], ...]
    """Stretches of a session: first sample and the one after the last, in order."""


@dataclass(frozen=True)
class Dip:
    """Where a sound steps back, how far and how gently.

    Attributes:
        spans: Where it is fully down.
        depth_db: How far, below 0.
        attack: Samples it takes to go down, before each span.
        release: Samples it takes to come back, after it.
    """

    spans: Spans
    depth_db: float
    attack: int
    release: int


_ONE_GAP_S = 4.0
"""Seconds between lines below which what lies under them stays down: a rise and a fall so near to
each other would be heard as pumping."""

_BED_DB, _BED_ATTACK_S, _BED_RELEASE_S = -0.9, 1.5, 3.0
"""A bed that lies well under the voice already need not give way far; what it does is too little
and too slow to be noticed."""

_SPEECH_BAND_DB = -20.0
"""How much further it gives way in the band of speech, at the same time: without that, words are
understood less well over any bed than an ESTOI of 0.97 (``benchmarks/sound.py``), and giving way as
far at all pitches would be heard as a bed that comes and goes."""

_CUED_BAND_DB = -6.0
"""The same under breath cues, which are few and known words: a bed that stepped back as far from
the first of them to the last would be missed for minutes."""

_TONE_DB, _TONE_S = -1.8, 4.0
"""The tone gives way less, since its turns are to be heard under narration as well, and over about
as long as a phase of a breath: it never falls at a turn."""

_TONE_GAP_S = 12.0
"""Seconds below which the tone stays down between lines: breath cues come once or twice in
each breath."""


def bed_dips(timeline: Timeline) -> tuple[Dip, ...]:
    """Return where the bed steps back: under narration and under breath cues alike."""
    return (_bed_dip([*_narration(timeline), *_cued(timeline)], _BED_DB),)


def speech_band_dips(timeline: Timeline) -> tuple[Dip, ...]:
    """Return where the bed steps back further in the band of speech, and how much further."""
    return (
        _bed_dip(_narration(timeline), _SPEECH_BAND_DB),
        _bed_dip(_cued(timeline), _CUED_BAND_DB),
    )


def tone_dips(timeline: Timeline) -> tuple[Dip, ...]:
    """Return where the breathing tone steps back, under narration and under its cues alike."""
    spans = _joined([*_narration(timeline), *_cued(timeline)], samples(_TONE_GAP_S))
    return (Dip(spans, _TONE_DB, samples(_TONE_S), samples(_TONE_S)),)


def _bed_dip(spoken: Iterable[tuple[int, int]], depth_db: float) -> Dip:
    spans = _joined(spoken, samples(_ONE_GAP_S))
    return Dip(spans, depth_db, samples(_BED_ATTACK_S), samples(_BED_RELEASE_S))


def _narration(timeline: Timeline) -> list[tuple[int, int]]:
    return [
        (event.start, event.start + event.length)
        for event in timeline.events
        if isinstance(event, SayEvent)
    ]


def _cued(timeline: Timeline) -> list[tuple[int, int]]:
    """Return the stretches of guided breathing from the first spoken cue to the last."""
    runs = [e.cues for e in timeline.events if isinstance(e, BreatheEvent) and e.cues]
    return [(cues[0].start, cues[-1].start + cues[-1].length) for cues in runs]


def _joined(spans: Iterable[tuple[int, int]], gap: int) -> Spans:
    """Return ``spans`` in order, those less than ``gap`` samples from each other as one."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return tuple(joined)
