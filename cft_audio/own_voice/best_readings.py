"""Of all readings of each line the one that is used, and what to say of the lines without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.own_voice.alignment import SURE
from cft_audio.own_voice.sound_on_disk import ENDINGS
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.own_voice.reading import Reading, Recording
    from cft_audio.own_voice.sheet import SheetLine

_NUMBERED = re.compile(r"(?:line[ _.-]*)?0*(\d{1,3})[a-z]?(?![^\W_])", re.IGNORECASE)
"""How a recording is named that holds one line: 07, 7b, line-07, 07 again."""

_NEAR = 3
"""Lines missing in a row that something said among them may stand for; where more are missing, a
recording was made for others."""

_LONGER = 1.4
"""How much longer than it may a line takes before it is worth a word: shorter lines make up for it,
and a breath cue fills little more than half its breath."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Source:
    """A recording in a folder.

    Attributes:
        path: The file.
        named: The index of the line that it is named by; None where it is not.
    """

    path: Path
    named: int | None


@dataclass(frozen=True)
class Chosen:
    """A line, and what became of it.

    Attributes:
        line: The line.
        reading: The reading that is used; None for none.
        file: The recording it is from; None for none.
        times: How often it was read.
        why: What is doubtful about it, or why there is none, each as a sentence without its full
            stop.
    """

    line: SheetLine
    reading: Reading | None
    file: Path | None
    times: int
    why: tuple[str, ...]

    @property
    def state(self) -> str:
        """What became of it: good, doubtful, wrong (something else was read) or missing."""
        if self.reading is not None:
            return "doubtful" if self.why else "good"
        return "wrong" if self.why else "missing"


def sources_in(folder: Path, lines: int) -> list[Source]:
    """Return the recordings in ``folder``, in the order of their names and numbers.

    Args:
        folder: Where they are.
        lines: How many lines the sheet has.
    """
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith(".")
    ]
    found = []
    for path in sorted(paths, key=_by_number):
        named = _NUMBERED.match(path.stem)
        number = int(named[1]) if named else 0
        found.append(Source(path, number - 1 if 0 < number <= lines else None))
    return found


def _by_number(path: Path) -> list[tuple[int, str]]:
    parts = _DIGITS.split(path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def chosen(lines: Sequence[SheetLine], recordings: Sequence[Recording]) -> list[Chosen]:
    """Return what became of each line.

    A reading that sounds like its line comes before one that may be another, a recording named by
    the line's number before others, a reading without doubts before one with, and a later one
    before an earlier.
    """
    return [_chosen(line, index, recordings) for index, line in enumerate(lines)]


def _chosen(line: SheetLine, index: int, recordings: Sequence[Recording]) -> Chosen:
    found = [
        (recording, reading)
        for recording in recordings
        for reading in recording.readings
        if reading.line == index
    ]
    if not found:
        return Chosen(line, None, None, 0, tuple(_instead(index, recordings)))
    ranks = [
        (reading.likeness >= SURE, recording.named == index, not reading.doubts, order)
        for order, (recording, reading) in enumerate(found)
    ]
    recording, reading = found[ranks.index(max(ranks))]
    why = reading.doubts
    length = seconds(len(reading.take.pcm))
    if length > line.most_s * _LONGER:
        why = (*why, f"it takes {length:.1f} s, and may take {line.most_s:g} s")
    return Chosen(line, reading, recording.file, len(found), why)


def _instead(index: int, recordings: Sequence[Recording]) -> Iterator[str]:
    """Yield what was read where the line at ``index`` was due."""
    for recording in recordings:
        name = recording.file.name
        if recording.named == index:
            like = ", ".join(str(reading.line + 1) for reading in recording.readings)
            yield f"what {name} holds sounds like line {like}" if like else f"{name} is silent"
        for remark in recording.remarks:
            near = remark.before - remark.after - 1 <= _NEAR
            if near and remark.after < index < remark.before:
                yield f"something else is said in its place, at {clock(remark.start_s)} in {name}"
