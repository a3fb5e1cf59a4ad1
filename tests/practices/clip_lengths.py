"""How long the default voice takes over each line of the practices, recorded from the voice itself.

Thousands of plans are tested without speaking thousands of sessions. ``clip-lengths.tsv`` begins
with what it was recorded with. Then it holds, for each line that was recorded, a hash of its text;
in milliseconds its clip and the rests in it, which grow with how unhurried a session is; and its
first words, for who reads a change of the file. A line that is not in it has its estimated length.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from default_voice import provenance

from cft_audio.languages.registry import ENGLISH
from cft_audio.signal.audio import samples
from cft_audio.speech.text.estimate import estimate_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.script.cues import Line

FILE = Path(__file__).parent / "clip-lengths.tsv"

RECORD_ANEW = "python tests/practices/record_clips.py --all"

_WORDS = 4


class Recorded(NamedTuple):
    """How long a line takes, in milliseconds, and how it begins."""

    clip: int
    rests: int
    words: str


def key(line: Line) -> str:
    """Return what a line is known by."""
    return hashlib.sha256(f"{line.speaker}\0{line.text}".encode()).hexdigest()[:12]


def first_words(line: Line) -> str:
    return " ".join(line.text.split()[:_WORDS])


def written(table: Mapping[str, Recorded], facts: Mapping[str, str]) -> str:
    """Return the content of a file that holds ``table``, recorded with ``facts``."""
    head = [f"# {name}: {value}\n" for name, value in facts.items()]
    rows = [
        f"{name}\t{row.clip}\t{row.rests}\t{row.words}\n" for name, row in sorted(table.items())
    ]
    return "".join(head + rows)


def read(content: str, facts: Mapping[str, str]) -> dict[str, Recorded]:
    """Return the table in ``content``.

    Raises:
        ValueError: If it was recorded with anything but ``facts``.
    """
    lines = content.splitlines()
    head = [line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("# ")]
    if (recorded_with := dict(head)) != dict(facts):
        raise ValueError(
            f"{FILE.name} was recorded with {recorded_with}, and the voice is now {dict(facts)}. "
            f"Record it anew: {RECORD_ANEW}"
        )
    rows = (line.split("\t") for line in lines[len(head) :])
    return {name: Recorded(int(clip), int(rests), words) for name, clip, rests, words in rows}


@cache
def recorded() -> dict[str, Recorded]:
    """Return what was recorded, by line."""
    return read(FILE.read_text(encoding="utf-8"), provenance())


def length(line: Line, unhurried: float) -> int:
    """Return the samples of a line's clip, as recorded where it was."""
    found = recorded().get(key(line))
    if found is None or line.fill:
        return estimate_length(line, unhurried, ENGLISH)
    return samples((found.clip + (unhurried - 1) * found.rests) / 1000)
