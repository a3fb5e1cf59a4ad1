"""The shortest length that a practice is offered at, because it would be hurried below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import LengthError
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from cft_audio.library.practices import Library
    from cft_audio.script.practice import Practice


def check_offered(practice: Practice, length_s: float, library: Library) -> None:
    """Check that ``practice`` is offered at a length.

    Args:
        practice: The practice.
        length_s: The seconds that were asked for.
        library: Where another is found that is offered so short.

    Raises:
        LengthError: If it is not, with the shortest length and the other practice.
    """
    if length_s >= practice.shortest_s:
        return
    shortest = clock(practice.shortest_s)
    message = f"'{practice.title}' is offered from {shortest} on: it would be hurried in less"
    remedy = f"Ask for ‹minutes› {shortest} or more"
    if other := _shorter_practice(practice, length_s, library):
        remedy += f", or choose '{other.id}', which can be {clock(length_s)} long"
    raise LengthError(message, remedy=remedy, too_short=True)


def _shorter_practice(practice: Practice, length_s: float, library: Library) -> Practice | None:
    """Return a practice that is offered so short: of the same technique, or a short one."""
    others, _ = library.practices()
    offered = [other for other in others if other.shortest_s <= length_s and other != practice]
    return min(
        offered,
        key=lambda other: (
            other.about.therapist_advised,
            other.technique != practice.technique,
            other.natural_s,
            other.id,
        ),
        default=None,
    )
