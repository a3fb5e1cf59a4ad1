"""How long the default voice takes over each line of the practices, recorded from the voice itself.

Thousands of plans are tested without speaking thousands of sessions. ``clip-lengths.tsv`` holds,
for each line that was recorded, a hash of its text, and in milliseconds its clip and the rests in
it, which grow with how unhurried a session is. A line that is not in it has its estimated length.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples
from cft_audio.timeline.estimate import estimate_length

if TYPE_CHECKING:
    from cft_audio.script.cues import Line

FILE = Path(__file__).parent / "clip-lengths.tsv"


def key(line: Line) -> str:
    """Return what a line is known by."""
    return hashlib.sha256(f"{line.speaker}\0{line.text}".encode()).hexdigest()[:12]


@cache
def recorded() -> dict[str, tuple[int, int]]:
    """Return the milliseconds of clip and rests by line."""
    if not FILE.is_file():
        return {}
    rows = (row.split("\t") for row in FILE.read_text(encoding="ascii").splitlines())
    return {name: (int(clip), int(rests)) for name, clip, rests in rows}


def length(line: Line, unhurried: float) -> int:
    """Return the samples of a line's clip, as recorded where it was."""
    found = recorded().get(key(line))
    if found is None or line.fill:
        return estimate_length(line, unhurried)
    clip, rests = found
    return samples((clip + (unhurried - 1) * rests) / 1000)
