"""Bells that tell the time: one every so many minutes, never over a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from cft_audio.timeline.events import Timeline

SHORTEST_BELL_EVERY_S = 60.0
"""Seconds between two of them, at least."""

_AFTER_A_LINE = samples(0.8)
"""Samples from the end of a line to the bell that would have been struck during it."""

_FROM_A_CHIME = samples(20.0)
"""Samples between such a bell and another, at least: what marks the end tells the time as well."""


def interval_bells(timeline: Timeline, every: int) -> tuple[int, ...]:
    """Return where bells are struck that come every so often, in samples and in order.

    One that would be struck over a line waits for its end, and one near a chime of the session, or
    near its end, is left out.

    Args:
        timeline: The session.
        every: Samples from one to the next.
    """
    places = (_after_lines(place, timeline) for place in range(every, timeline.length, every))
    others = (0, *timeline.chimes, timeline.length)
    return tuple(
        place for place in places if all(abs(place - other) >= _FROM_A_CHIME for other in others)
    )


def _after_lines(place: int, timeline: Timeline) -> int:
    """Return ``place``, or where the line ends that is being said there."""
    for said in timeline.speech:
        if said.start <= place < said.start + said.length + _AFTER_A_LINE:
            return said.start + said.length + _AFTER_A_LINE
    return place
