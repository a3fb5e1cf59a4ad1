"""A session as a picture of it needs it: where there is voice, breath, bells and quiet. Pure.

It goes into a recording's tags, so that a finished file can be drawn as its plan can. It holds
times alone, and so tells nothing of anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.mix.plan import MixPlan
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.clips import ClipLayout

LONG_SILENCE_S = 8.0
"""Seconds without a voice from which a silence is marked."""

_MS = 1000


@dataclass(frozen=True)
class Spoken:
    """A stretch of voice, in seconds, and whose it is: ``guide`` or ``figure``."""

    start: float
    stop: float
    speaker: str = "guide"


@dataclass(frozen=True)
class BreathView:
    """A breath: where it begins, and how long each of its phases lasts, in seconds."""

    start: float
    inhale: float
    full_hold: float
    exhale: float
    empty_hold: float

    @property
    def stop(self) -> float:
        """Where the next one may begin."""
        return self.start + self.inhale + self.full_hold + self.exhale + self.empty_hold


@dataclass(frozen=True)
class SessionView:
    """What happens in a session, in seconds.

    Attributes:
        length: How long it lasts.
        voice: Where somebody speaks, sentence by sentence.
        breaths: Its breaths.
        bells: Where a bell is struck.
        bed: The name of its bed; empty if it is not known.
        dips: Where its bed steps back.
    """

    length: float
    voice: tuple[Spoken, ...] = ()
    breaths: tuple[BreathView, ...] = ()
    bells: tuple[float, ...] = ()
    bed: str = ""
    dips: tuple[tuple[float, float], ...] = ()

    @property
    def speech_share(self) -> float:
        """The share of it in which somebody speaks, 0 to 1."""
        return sum(spoken.stop - spoken.start for spoken in self.voice) / self.length

    @property
    def silences(self) -> Iterator[tuple[float, float]]:
        """Every stretch without a voice that is long, in order."""
        edges = [0.0, *(t for s in self.voice for t in (s.start, s.stop)), self.length]
        for start, stop in list(pairwise(edges))[::2]:
            if stop - start >= LONG_SILENCE_S:
                yield start, stop


def view_of(mix: MixPlan, clips: Mapping[Line, ClipLayout]) -> SessionView:
    """Return what happens in a session.

    Args:
        mix: How it is mixed.
        clips: How the clip of each of its lines is laid out.
    """
    voice = [
        Spoken(
            _round(placed.start + sentence.start),
            _round(placed.start + sentence.stop),
            placed.line.speaker,
        )
        for placed in mix.timeline.speech
        for sentence in clips[placed.line].sentences
    ]
    return _view(mix, voice)


def view_by_estimate(mix: MixPlan) -> SessionView:
    """Return what happens in a session of which nothing is spoken yet: each line as one stretch.

    Args:
        mix: How it is mixed.
    """
    voice = [
        Spoken(_round(placed.start), _round(placed.start + placed.length), placed.line.speaker)
        for placed in mix.timeline.speech
    ]
    return _view(mix, voice)


def _view(mix: MixPlan, voice: Sequence[Spoken]) -> SessionView:
    timeline = mix.timeline
    breaths = [
        BreathView(
            _round(breath.start),
            *map(_round, (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)),
        )
        for breath in timeline.breaths
    ]
    spans = [(_round(a), _round(b)) for dip in mix.bed_dips for a, b in dip.spans]
    return SessionView(
        _round(timeline.length),
        tuple(voice),
        tuple(breaths),
        tuple(map(_round, mix.bells)),
        mix.sounds.bed,
        tuple(spans),
    )


def view_as_text(view: SessionView) -> str:
    """Return a view as text for a tag, in milliseconds; its bed is left out."""
    voice = [[_ms(s.start), _ms(s.stop - s.start), s.speaker[:1]] for s in view.voice]
    breaths = [
        [_ms(b.start), _ms(b.inhale), _ms(b.full_hold), _ms(b.exhale), _ms(b.empty_hold)]
        for b in view.breaths
    ]
    told = {
        "length": _ms(view.length),
        "voice": voice,
        "breaths": breaths,
        "bells": [_ms(bell) for bell in view.bells],
        "dips": [[_ms(a), _ms(b)] for a, b in view.dips],
    }
    return json.dumps(told, separators=(",", ":"))


def view_from_text(text: str, bed: str) -> SessionView | None:
    """Return the view that a tag holds; None where it holds none.

    Args:
        text: What ``view_as_text`` returned.
        bed: The name of the bed, which it leaves out.
    """
    try:
        told = json.loads(text)
        speakers = {"g": "guide", "f": "figure"}
        return SessionView(
            told["length"] / _MS,
            tuple(Spoken(a / _MS, (a + n) / _MS, speakers[who]) for a, n, who in told["voice"]),
            tuple(BreathView(*(ms / _MS for ms in breath)) for breath in told["breaths"]),
            tuple(bell / _MS for bell in told["bells"]),
            bed,
            tuple((a / _MS, b / _MS) for a, b in told["dips"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _round(count: int) -> float:
    return round(seconds(count), 3)


def _ms(length_s: float) -> int:
    return round(length_s * _MS)
