"""Where a session's bells are struck: where its practice has them, or where a person wants them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.script.cues import Chime, Cue, Quiet, Script, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES = ("start", "end", "chapters")
"""Where bells can be struck: at the first moment, at the last, where each chapter begins."""

STROKES = {"none": 0, "one": 1, "three": 3}
"""How often a bell is struck each time, by the word for it."""


@dataclass(frozen=True)
class Bells:
    """How a session's bells are struck. A chime that is only touched, for writing, stays as it is.

    Attributes:
        strokes: How often each time; 0 for no bells.
        places: Where, of ``PLACES``; empty for where the practice has them.
    """

    strokes: int = 1
    places: tuple[str, ...] = ()


PRACTICES_OWN = Bells()
"""One stroke wherever the practice has a chime."""


def ring_bells(script: Script, bells: Bells) -> Script:
    """Return ``script`` with its bells as ``bells`` says; one that ends in quiet has none there."""
    sections = [
        Section(section.title, tuple(_struck(section.cues, bells))) for section in script.sections
    ]
    if bells.strokes and bells.places and sections:
        sections = _placed(sections, bells)
    return replace(script, sections=tuple(sections))


def _struck(cues: Iterable[Cue], bells: Bells) -> Iterable[Cue]:
    """Yield ``cues`` with each full chime struck as often as is wanted, or left out."""
    for cue in cues:
        if not isinstance(cue, Chime) or cue.soft:
            yield cue
        elif bells.strokes and not bells.places:
            yield Chime(strokes=bells.strokes)


def _placed(sections: list[Section], bells: Bells) -> list[Section]:
    """Return ``sections``, which have no bells, with one at each place."""
    bell = Chime(strokes=bells.strokes)
    placed = list(sections)
    for number, section in enumerate(sections):
        at_start = "start" in bells.places and number == 0
        if at_start or "chapters" in bells.places:
            placed[number] = replace(section, cues=(bell, *section.cues))
    last = placed[-1]
    if "end" in bells.places and not any(isinstance(cue, Quiet) for cue in last.cues):
        placed[-1] = replace(last, cues=(*last.cues, bell))
    return placed
