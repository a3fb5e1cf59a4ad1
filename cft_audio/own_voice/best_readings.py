"""Which reading of each line is used, and what to say about the lines without one."""

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

    from cft_audio.own_voice.one_recording import Reading, RecordingContents
    from cft_audio.own_voice.sheet import SheetLine

_NUMBERED = re.compile(r"\A(?:line[ _.-]*)?0*([1-9]\d{0,2})[a-z]?(?![^\W_])", re.IGNORECASE)
"""The name of a recording that holds one line: 07, 7b, line-07, 07 again."""

_NEAR = 3
"""Lines missing in a row, at most, for which other speech among them may have been read; if more
are missing, the recording was made for other lines."""

_LONGER = 1.4
"""Factor on the time a line may take, from which it is reported as too long: shorter lines make up
for it, and a breath cue fills little more than half its breath."""


@dataclass(frozen=True)
class LineOutcome:
    """What became of a line.

    Attributes:
        line: The line.
        reading: The reading that is used; None if there is none.
        file: The recording that the reading is from; None if there is none.
        times: How often the line was read.
        why: What is doubtful about the reading, or why there is none, each as a sentence without
            its full stop.
    """

    line: SheetLine
    reading: Reading | None
    file: Path | None
    times: int
    why: tuple[str, ...]

    @property
    def state(self) -> str:
        """One of good, doubtful, wrong (something else was read) and missing."""
        if self.reading is not None:
            return "doubtful" if self.why else "good"
        return "wrong" if self.why else "missing"


def find_recordings(folder: Path, lines: int) -> dict[Path, int | None]:
    """Find the recordings in ``folder``, in the order of their names and the numbers in these.

    Args:
        folder: Where to look; not in its subfolders.
        lines: How many lines the sheet has.

    Returns:
        For each recording the index of the line whose number it is named by; None if it has
        another name.
    """
    return {
        path: named_line(path.stem, lines)
        for path in sorted(folder.iterdir(), key=_split_numbers)
        if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith(".")
    }


def named_line(stem: str, lines: int) -> int | None:
    """Return the index of the line whose number a recording is named by; None for another name.

    Args:
        stem: The recording's name without its ending.
        lines: How many lines the sheet has.
    """
    return next((int(n) - 1 for n in _NUMBERED.findall(stem) if int(n) <= lines), None)


def _split_numbers(path: Path) -> list[tuple[int, str]]:
    """Split a file's name into numbers and words, for sorting: 9 comes before 10."""
    words = re.split(r"(\d+)", path.name.casefold())
    return [(int(word), "") if word.isdecimal() else (-1, word) for word in words]


def choose_readings(
    lines: Sequence[SheetLine], recordings: Sequence[RecordingContents]
) -> list[LineOutcome]:
    """Choose a reading of each line.

    A reading that sounds like its line is preferred to one that may be another line, then a
    recording named by the line's number to others, a reading without doubts to one with doubts, and
    a later reading to an earlier one.
    """
    return [_choose_reading(line, index, recordings) for index, line in enumerate(lines)]


def _choose_reading(
    line: SheetLine, index: int, recordings: Sequence[RecordingContents]
) -> LineOutcome:
    readings = [
        (recording, reading)
        for recording in recordings
        for reading in recording.readings
        if reading.line == index
    ]
    if not readings:
        return LineOutcome(line, None, None, 0, tuple(_explain_absence(index, recordings)))
    # The last comes first, since the first of several that are equally good is taken.
    recording, reading = max(
        reversed(readings),
        key=lambda pair: (pair[1].likeness >= SURE, pair[0].named == index, not pair[1].doubts),
    )
    why = reading.doubts
    length = seconds(len(reading.take.pcm))
    if length > line.most_s * _LONGER:
        why = (*why, f"it takes {length:.1f} s, and may take {line.most_s:g} s")
    return LineOutcome(line, reading, recording.file, len(readings), why)


def _explain_absence(index: int, recordings: Sequence[RecordingContents]) -> Iterator[str]:
    """Yield what was read where the line at ``index`` was due."""
    for recording in recordings:
        name = recording.file.name
        if recording.named == index:
            like = ", ".join(str(reading.line + 1) for reading in recording.readings)
            yield f"what {name} holds sounds like line {like}" if like else f"{name} is silent"
        for other in recording.other_speech:
            if other.after < index < other.before <= other.after + 1 + _NEAR:
                yield f"something else is said in its place, at {clock(other.start_s)} in {name}"
