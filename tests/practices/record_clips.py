"""Record how long the default voice takes over each line of the practices, for the tests of plans.

Only lines that were never recorded are spoken, and lines that no practice says any more are
dropped. Once the voice is another one, or its settings are, ``--all`` records every line anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from clip_lengths import FILE, Recorded, first_words, key, recorded, written
from default_voice import provenance, spoken_lengths
from practice_cases import ADAPTED, PRACTICES, offered, planned

from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.script.cues import Line

RATE = 44.1
"""Samples in a millisecond."""


def lines_by_key() -> dict[str, Line]:
    """Return every line of the plans, which depend on the lengths that are known so far."""
    planned.cache_clear()
    recorded.cache_clear()
    return {
        key(event.line): event.line
        for name in PRACTICES
        for minutes in offered(name)
        for adaptations in ADAPTED
        for event in planned(name, minutes, adaptations=adaptations).events
        if isinstance(event, SayEvent)
    }


def keep(table: Mapping[str, Recorded]) -> None:
    FILE.write_text(written(table, provenance()), encoding="utf-8")


def record(lines: list[Line]) -> dict[str, Recorded]:
    once, twice = spoken_lengths(lines), spoken_lengths(lines, unhurried=2.0)
    return {
        key(line): Recorded(
            round(once[line] / RATE),
            round((twice[line] - once[line]) / RATE),
            first_words(line),
        )
        for line in lines
    }


if "--all" in sys.argv[1:]:
    keep({})
table = dict(recorded())
while missing := [line for name, line in lines_by_key().items() if name not in table]:
    print(f"{len(missing)} lines to record")  # noqa: T201 -- a command
    for at in range(0, len(missing), 100):
        table |= record(missing[at : at + 100])
        keep(table)
said = lines_by_key()
keep({name: row for name, row in table.items() if name in said})
