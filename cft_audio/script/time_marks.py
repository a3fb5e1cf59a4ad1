"""How an author writes that a listener gets time: ``[answer]``, ``[write 90s]``, and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.schema.durations import parse_seconds
from cft_audio.script.cues import Quiet, TimeFor

if TYPE_CHECKING:
    from cft_audio.script.cues import Purpose

BOUNDS: dict[Purpose, tuple[float, float]] = {
    "moment": (1.5, 4.0),
    "picture": (8.0, 60.0),
    "answer": (12.0, 120.0),
    "write": (60.0, 180.0),
}
"""Seconds that each may be given: less is no time for it, and with more a listener is left alone.
The least are our judgement after a clinical reading of all practices; a published script of
Soothing Rhythm Breathing (Balanced Minds) leaves 10, 20 and 60 s beside its lines."""

LAST_MINUTE_S = 60.0
"""Seconds that are left when a soft chime says so."""

QUIET = "quiet to the end"

SHOWN = (
    "[picture], [answer], [write], [write 90s], [moment], [no answer], [refrain], [keep], "
    "[quiet to the end]"
)

MARKS = (*BOUNDS, QUIET, f"{QUIET}, breathing")
"""Every mark as it is written at its simplest."""

_MARK = re.compile(rf"({'|'.join(BOUNDS)})(?: ([\d.,]+ ?[a-z]*))?(, ?chime)?")
_QUIET = re.compile(rf"{QUIET}(, ?breathing)?")


def is_time_mark(text: str) -> bool:
    """Return whether what stands in brackets, in small letters, is such a mark."""
    return bool(_MARK.fullmatch(text) or _QUIET.fullmatch(text))


def read_time_mark(text: str) -> TimeFor | Quiet:
    """Return what a mark means, of which ``is_time_mark`` is true.

    Raises:
        ValueError: If it cannot be meant; its arguments are what is wrong and what to do.
    """
    if not (mark := _MARK.fullmatch(text)):
        return Quiet(breathing=text != QUIET)
    purpose = next(known for known in BOUNDS if known == mark[1])
    chime, seconds = mark[3] is not None, _seconds(purpose, mark[2])
    if chime and purpose != "write":
        raise ValueError("has no minute to go", "A chime stands in [write 2m, chime] only")
    if chime and 0 < seconds < 2 * LAST_MINUTE_S:
        remedy = "Give it from 2m to 3m, so that there is time before the last minute as well"
        raise ValueError("is too short for a chime at its last minute", remedy)
    return TimeFor(purpose, seconds, chime)


def _seconds(purpose: Purpose, written: str | None) -> float:
    """Return the seconds that a mark gives, 0 for none.

    Raises:
        ValueError: If they cannot be read, or are out of bounds.
    """
    if written is None:
        return 0.0
    least, most = BOUNDS[purpose]
    try:
        seconds = parse_seconds(written)
    except ValueError as error:
        raise ValueError("gives no time", str(error).capitalize()) from error
    if not least <= seconds <= most:
        remedy = f"Give it {least:g} to {most:g} s, or write [{purpose}] for the usual time"
        raise ValueError(f"gives too little time or too much to {_TO_DO[purpose]}", remedy)
    return seconds


_TO_DO: dict[Purpose, str] = {
    "moment": "take a breath",
    "picture": "see a picture",
    "answer": "answer",
    "write": "write",
}
