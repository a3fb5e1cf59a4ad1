"""Pace: breaths per minute, the pattern of a breath, and how unhurried speech and pauses are."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cft_audio.errors import RequestError
from cft_audio.signal.audio import samples
from cft_audio.timeline.breath_patterns import Pattern
from cft_audio.timeline.events import Breath

SLOWEST, FASTEST = 3.5, 12.0
"""Breaths per minute that suit most bodies.

Resonance breathing lies between 4.5 and 6.5 for most people (Steffen et al. 2017, Front. Public
Health 5:222). Below 3.5 a breath lasts over 17 s, which brings air hunger to the unpractised;
12 is where ordinary breathing at rest begins and pacing no longer slows it. Deep breathing that is
quicker washes out carbon dioxide, which makes a person dizzy: it cannot be insisted on.
"""

SLOWEST_INSISTED = 2.5
"""Breaths per minute that can be insisted on by those who know them: a box of six seconds a side.
Studies of slow breathing hardly go below 4 (Russo et al. 2017, Breathe 13:298), and a recording
cannot see that somebody is short of air."""

SHORTEST_PHASE = 1.5
"""Seconds an inhale or an exhale lasts at least: less cannot be followed without gasping."""

EASE_MINUTES = 2.0
"""Minutes of guided breathing until a session has settled, where a preset says nothing else."""

LONGEST = {"inhale": 8.0, "full hold": 7.0, "exhale": 12.0, "empty hold": 7.0}
"""Seconds a phase lasts at most for most bodies: 4-7-8 breathing, the longest hold in common use,
holds for 7."""

LONGEST_INSISTED = {"inhale": 10.0, "full hold": 10.0, "exhale": 16.0, "empty hold": 8.0}
"""Seconds that can be insisted on. A hold beyond 10 s is training for divers, who are never alone
at it; without air in the lungs it is felt sooner."""

_TOO_LONG = {
    "inhale": "an inhale of {:.1f} s, which is longer than most lungs can take in",
    "full hold": "a hold of {:.1f} s, which is longer than most can hold a full breath at ease",
    "exhale": "an exhale of {:.1f} s, which is longer than most lungs can let out",
    "empty hold": "a rest of {:.1f} s, which is longer than most can rest without air at ease",
}

_INSIST = "if you know that it suits the listener, ‹insist on it›"
_ROUNDING = 1e-9
"""Seconds by which a phase may exceed a bound: seconds become a rate and seconds again."""

_NEVER = "and cannot be insisted on: a recording does not see that somebody is short of air"


@dataclass(frozen=True)
class Pace:
    """How a session breathes.

    Attributes:
        name: A preset's name, or ``custom``.
        breaths_per_minute: The rate it settles at, from ``SLOWEST`` to ``FASTEST``.
        pattern: How each breath divides.
        first_rate: Breaths per minute of its first breath; it eases from there.
        ease_minutes: Minutes of guided breathing until it has settled; it settles sooner where a
            session guides less.
        unhurried: Factor on the natural length of pauses, 1 for none.
        in_seconds: Whether its pattern was asked for in seconds, and not as proportions.
    """

    name: str
    breaths_per_minute: float
    pattern: Pattern
    first_rate: float
    ease_minutes: float
    unhurried: float
    in_seconds: bool = False

    def rate(self, elapsed: float) -> float:
        """Return the breaths per minute after ``elapsed`` seconds of guided breathing."""
        if self.ease_minutes == 0:
            return self.breaths_per_minute
        way = min(1.0, elapsed / (self.ease_minutes * 60))
        return self.first_rate + (self.breaths_per_minute - self.first_rate) * way

    def phases(self, rate: float) -> tuple[float, float, float, float]:
        """Return inhale, full hold, exhale and empty hold in seconds at ``rate``."""
        pattern = self.pattern
        unit = 60 / rate / pattern.length
        held, rest = pattern.full_hold * unit, pattern.empty_hold * unit
        return pattern.inhale * unit, held, pattern.exhale * unit, rest

    @property
    def without_holds(self) -> Pace:
        """The pace with the breath never held: as many breaths, or as long an inhale and exhale.

        The latter where those were asked for in seconds, as far as it does not hurry the breath.
        """
        pattern, rate = self.pattern.without_holds, self.breaths_per_minute
        if self.in_seconds and pattern != self.pattern:
            rate = min(FASTEST, max(rate, 60 / pattern.length))
        is_settled = self.first_rate == self.breaths_per_minute
        first_rate = rate if is_settled else self.first_rate
        return replace(self, pattern=pattern, breaths_per_minute=rate, first_rate=first_rate)

    @property
    def called(self) -> str:
        """A preset's name, or what tells it from others: ``4-7-8``, ``5.5 a minute``."""
        if self.name != "custom":
            return self.name
        pattern, rate = str(self.pattern), f"{self.breaths_per_minute:.3g}"
        easing = "" if self.first_rate == self.breaths_per_minute else f" from {self.first_rate:g}"
        if self.in_seconds:
            return pattern.replace(":", "-") + easing
        return f"{rate} a minute{easing} at {pattern}"

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


def seconds_words(pace: Pace) -> str:
    """Return what a breath at ``pace``, once it has settled, comes to: ``4 s in, 6 s out``."""
    phases = zip(pace.phases(pace.breaths_per_minute), ("in", "held", "out", "rest"), strict=True)
    return ", ".join(f"{round(length, 1):g} s {phase}" for length, phase in phases if length)


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


def adjust_pace(  # noqa: PLR0913 -- everything that can be asked for of a pace
    pace: Pace,
    *,
    breaths_per_minute: float | None = None,
    pattern: Pattern | None = None,
    timed: Pattern | None = None,
    first_rate: float | None = None,
    insisted: bool = False,
    holds: bool = True,
) -> Pace:
    """Return ``pace`` with what is given in place of its own, checked.

    A rate or pattern of one's own starts as it goes on, unless ``first_rate`` says otherwise.

    Args:
        pace: The pace.
        breaths_per_minute: The rate it settles at.
        pattern: How each breath divides.
        timed: The seconds of each of its phases, in the place of rate and pattern.
        first_rate: Breaths per minute of the first breath.
        insisted: Whether what is merely unusual is meant.
        holds: Whether the breath is held where the pattern says so.

    Raises:
        RequestError: If it could not be breathed safely, or is unusual and not insisted on, with
            the reason.
    """
    if breaths_per_minute is None and pattern is None and timed is None and first_rate is None:
        return pace
    rate, field = pace.breaths_per_minute, "ratio" if pattern else "breaths_per_minute"
    if timed is not None:
        rate, pattern, field = 60 / timed.length, timed, "pattern"
    elif breaths_per_minute is not None:
        rate = breaths_per_minute
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
        in_seconds=timed is not None,
    )
    breathed = custom if holds else custom.without_holds
    rates = (breathed.breaths_per_minute, breathed.first_rate)
    for settled, about in zip(rates, (field, "ease_from"), strict=True):
        of_rate = about if about != "ratio" else "breaths_per_minute"
        check_rate(settled, of_rate, slowest=SLOWEST_INSISTED if insisted else SLOWEST)
        _check_phases(breathed, settled, field, insisted=insisted)
    return custom


def check_rate(rate: float, field: str, slowest: float = SLOWEST_INSISTED) -> None:
    """Check that a person can breathe at ``rate`` breaths a minute.

    Args:
        rate: The rate.
        field: The field that gave it.
        slowest: The slowest that is not refused.

    Raises:
        RequestError: If it is slower, or quicker than ``FASTEST``, with the reason.
    """
    reason, remedy = "", f"Choose {SLOWEST:g} to {FASTEST:g}; 4.5 to 6.5 suits most people"
    if field == "pattern":
        shortest, longest = 60 / FASTEST, 60 / SLOWEST
        bounds = f"{shortest:.0f} to {longest:.0f} s"
        remedy = f"Choose a breath of {bounds} in all; 9 to 13 s, such as 4-0-6, suit most people"
    if not math.isfinite(rate):
        reason = "no rate to breathe at"
    elif rate < slowest:
        reason = "slower than most bodies find comfortable; untrained, it can bring air hunger"
        if rate >= SLOWEST_INSISTED:
            remedy += f"; {_INSIST}"
        else:
            reason += f", {_NEVER}"
    elif rate > FASTEST:
        reason = "as quick as ordinary breathing or quicker, and could make a person light-headed"
    if reason:
        raise RequestError(f"{rate:.3g} breaths a minute is {reason}", remedy=remedy, field=field)


def _check_phases(pace: Pace, rate: float, field: str, *, insisted: bool) -> None:
    phases = dict(zip(LONGEST, pace.phases(rate), strict=True))
    reason, remedy = "", "Choose another ‹ratio› or another rate; gentle is 6 a minute at 4:0:6:0"
    if field == "pattern":
        remedy = "Choose another; gentle breathing is 4-0-6"
    for phase, length in phases.items():
        if phase in ("inhale", "exhale") and length < SHORTEST_PHASE:
            how = "gasping" if phase == "inhale" else "forcing"
            reason = f"an {phase} of {length:.1f} s, which is too quick to follow without {how}"
        elif length > (LONGEST_INSISTED if insisted else LONGEST)[phase] + _ROUNDING:
            reason = _TOO_LONG[phase].format(length)
            if length > LONGEST_INSISTED[phase] + _ROUNDING:
                reason += f", {_NEVER}"
            else:
                remedy += f"; {_INSIST}"
        if reason:
            message = f"at {rate:.3g} breaths a minute the pattern {pace.pattern} gives {reason}"
            raise RequestError(message, remedy=remedy, field=field)
