"""Pace: breaths per minute, the pattern of a breath, and how unhurried speech and pauses are."""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass, replace

from cft_audio.errors import RequestError
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Breath

SLOWEST, FASTEST = 3.5, 12.0
"""Breaths per minute that can be asked for.

Resonance breathing lies between 4.5 and 6.5 for most people (Steffen et al. 2017, Front. Public
Health 5:222). Below 3.5 a breath lasts over 17 s, which brings air hunger to the unpractised;
12 is where ordinary breathing at rest begins and pacing no longer slows it.
"""

SHORTEST_PHASE = 1.5
"""Seconds an inhale or an exhale lasts at least: less cannot be followed without gasping."""

EASE_MINUTES = 2.0
"""Minutes of guided breathing until a session has settled, where a preset says nothing else."""

LONGEST_INHALE, LONGEST_EXHALE, LONGEST_HOLD = 8.0, 12.0, 7.0
"""Seconds a phase lasts at most: 4-7-8 breathing, the longest hold in common use, holds for 7."""


@dataclass(frozen=True)
class Pattern:
    """How a breath divides into inhale, full hold, exhale and empty hold, as parts of any size."""

    inhale: float
    full_hold: float
    exhale: float
    empty_hold: float

    def __str__(self) -> str:
        return ":".join(f"{part:g}" for part in astuple(self))


@dataclass(frozen=True)
class Pace:
    """How a session breathes.

    Attributes:
        name: A preset's name, or ``custom``.
        breaths_per_minute: The rate it settles at, from ``SLOWEST`` to ``FASTEST``.
        pattern: How each breath divides.
        first_rate: Breaths per minute of its first breath; it eases from there.
        ease_minutes: Minutes of guided breathing until it has settled.
        unhurried: Factor on the natural length of pauses, 1 for none.
    """

    name: str
    breaths_per_minute: float
    pattern: Pattern
    first_rate: float
    ease_minutes: float
    unhurried: float

    def rate(self, elapsed: float) -> float:
        """Return the breaths per minute after ``elapsed`` seconds of guided breathing."""
        if self.ease_minutes == 0:
            return self.breaths_per_minute
        way = min(1.0, elapsed / (self.ease_minutes * 60))
        return self.first_rate + (self.breaths_per_minute - self.first_rate) * way

    def phases(self, rate: float) -> tuple[float, float, float, float]:
        """Return inhale, full hold, exhale and empty hold in seconds at ``rate``."""
        inhale, full_hold, exhale, empty_hold = astuple(self.pattern)
        unit = 60 / rate / (inhale + full_hold + exhale + empty_hold)
        return inhale * unit, full_hold * unit, exhale * unit, empty_hold * unit

    @property
    def quickest_phases(self) -> tuple[float, float]:
        """The shortest inhale and exhale of a session at this pace, in seconds."""
        phases = self.phases(max(self.first_rate, self.breaths_per_minute))
        return phases[0], phases[2]

    def breath(self, start: int, elapsed: int) -> Breath:
        """Return the breath that begins at sample ``start``.

        Args:
            start: Its first sample.
            elapsed: Samples of guided breathing before it.
        """
        return Breath(start, *map(samples, self.phases(self.rate(elapsed / samples(1)))))


_PRESETS = (
    Pace("fours", 7.5, Pattern(4, 0, 4, 0), 7.5, 0.0, 1.0),
    Pace("gentle", 6.0, Pattern(4, 0, 6, 0), 8.0, EASE_MINUTES, 1.0),
    Pace("steady", 5.5, Pattern(1, 0, 1, 0), 7.0, EASE_MINUTES, 1.0),
    Pace("slow", 5.0, Pattern(5, 0, 7, 0), 7.0, 3.0, 1.25),
)

PRESETS = {pace.name: pace for pace in _PRESETS}
"""Paces by name. ``fours`` is the usual first try, four counts in and four out; the others lie
in the range of resonance breathing and ease into it from a rate nearer to breathing at rest."""

DEFAULT_PRESET = "gentle"


def parse_pattern(text: str) -> Pattern:
    """Return the pattern written as ``4:0:6:0`` (inhale, hold, exhale, hold) or ``4:6``.

    Raises:
        RequestError: If it is not two or four numbers, or has no inhale or no exhale.
    """
    parts = text.split(":")
    if len(parts) == 2:  # noqa: PLR2004 -- inhale and exhale
        parts = [parts[0], "0", parts[1], "0"]
    if len(parts) != 4 or not all(re.fullmatch(r"\d+(?:\.\d+)?", part) for part in parts):  # noqa: PLR2004
        remedy = "Write inhale:hold:exhale:hold as 4:0:6:0, or inhale:exhale as 4:6"
        raise RequestError(f"'{text}' is not a breathing pattern", remedy=remedy, field="ratio")
    pattern = Pattern(*map(float, parts))
    if pattern.inhale == 0 or pattern.exhale == 0:
        message = f"the pattern {text} has no {'exhale' if pattern.inhale else 'inhale'}"
        raise RequestError(message, remedy="Give each breath both, as in 4:0:6:0", field="ratio")
    return pattern


def adjust_pace(
    pace: Pace,
    *,
    breaths_per_minute: float | None = None,
    pattern: Pattern | None = None,
    first_rate: float | None = None,
) -> Pace:
    """Return ``pace`` with what is given in place of its own, checked.

    A rate or pattern of one's own starts as it goes on, unless ``first_rate`` says otherwise.

    Raises:
        RequestError: If it could not be breathed safely, with the reason.
    """
    if breaths_per_minute is None and pattern is None and first_rate is None:
        return pace
    rate = pace.breaths_per_minute if breaths_per_minute is None else breaths_per_minute
    of_ones_own = breaths_per_minute is not None or pattern is not None
    if first_rate is None:
        first_rate = rate if of_ones_own else pace.first_rate
    custom = replace(
        pace,
        name="custom",
        breaths_per_minute=rate,
        pattern=pattern or pace.pattern,
        first_rate=first_rate,
        ease_minutes=pace.ease_minutes or EASE_MINUTES,
    )
    for settled, field in ((rate, "breaths_per_minute"), (first_rate, "ease_from")):
        check_rate(settled, field)
        _check_phases(custom, settled)
    return custom


def check_rate(rate: float, field: str) -> None:
    """Check that a person can breathe at ``rate`` breaths a minute.

    Raises:
        RequestError: If it is slower than ``SLOWEST`` or quicker than ``FASTEST``, with the reason
            and ``field``.
    """
    message, reason = f"{rate:g} breaths a minute is ", ""
    if not math.isfinite(rate):
        reason = "no rate to breathe at"
    elif rate < SLOWEST:
        reason = "slower than most bodies find comfortable; untrained, it can bring air hunger"
    elif rate > FASTEST:
        reason = "as quick as ordinary breathing or quicker, and could make a person light-headed"
    if reason:
        remedy = f"Choose {SLOWEST:g} to {FASTEST:g}; 4.5 to 6.5 suits most people"
        raise RequestError(message + reason, remedy=remedy, field=field)


def _check_phases(pace: Pace, rate: float) -> None:
    inhale, full_hold, exhale, empty_hold = pace.phases(rate)
    checks = (
        (inhale < SHORTEST_PHASE, "inhale", inhale, "is too quick to follow without gasping"),
        (exhale < SHORTEST_PHASE, "exhale", exhale, "is too quick to follow without forcing"),
        (inhale > LONGEST_INHALE, "inhale", inhale, "is longer than most lungs can take in"),
        (exhale > LONGEST_EXHALE, "exhale", exhale, "is longer than most lungs can let out"),
        (full_hold > LONGEST_HOLD, "hold", full_hold, "is too long to hold a full breath safely"),
        (empty_hold > LONGEST_HOLD, "hold", empty_hold, "is too long to rest without air safely"),
    )
    for failed, phase, length, reason in checks:
        if failed:
            raise RequestError(
                f"at {rate:g} breaths a minute the pattern {pace.pattern} gives an {phase} "
                f"of {length:.1f} s, which {reason}".replace("an hold", "a hold"),
                remedy="Choose another ‹ratio› or another rate; gentle is 6 a minute at 4:0:6:0",
                field="ratio",
            )
