"""What each line of a session is known by: an id that stays where the same line is said.

It is a digest of what the line says with everything personal masked, of who says it, and of which
time that is in the session. So another name, voice or length keeps it, and it tells nothing of
anybody. Breath cues have none.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.script.cues import Cue, Say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.script.cues import Line, Section, Speaker

_DIGITS = 10
"""Hexadecimal digits of an id: of five hundred lines, two have the same in one session of nine
million."""

_ID = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


def is_line_id(text: str) -> bool:
    """Return whether ``text`` has the form of an id."""
    return bool(_ID.fullmatch(text))


def number_lines(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return ``sections`` with an id for each line that is said in them, breath cues aside."""
    said: Counter[tuple[Speaker, str]] = Counter()

    def numbered(cue: Cue) -> Cue:
        if not isinstance(cue, Say):
            return cue
        key = (cue.line.speaker, cue.line.masked)
        said[key] += 1
        return replace(cue, id=_id_of(cue.line, said[key]))

    return tuple(replace(part, cues=tuple(map(numbered, part.cues))) for part in sections)


def _id_of(line: Line, time: int) -> str:
    told = f"{line.speaker}\0{line.masked}\0{time}"
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
