"""Record how long the default voice takes over each line of the practices, for the tests of plans.

Only lines that were never recorded are spoken; lines that no practice says any more are dropped.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from clip_lengths import FILE, key, recorded
from practice_cases import ADAPTED, FOLDERS, LENGTHS, PRACTICES, planned

from cft_audio.application.request import SessionRequest
from cft_audio.speech.takes.cast import Cast
from cft_audio.timeline.events import SayEvent
from cft_audio.timeline.pace import PRESETS

RATE = 44.1
"""Samples in a millisecond."""


def cast(unhurried: float) -> Cast:
    """Return the default voices at so unhurried a pace."""
    pace = replace(PRESETS["gentle"], unhurried=unhurried)
    return Cast.of(SessionRequest("none", pace=pace), FOLDERS, lambda *_: None)


lines = {
    key(event.line): event.line
    for name in PRACTICES
    for minutes in LENGTHS
    for adaptations in ADAPTED
    for event in planned(name, minutes, adaptations=adaptations).events
    if isinstance(event, SayEvent)
}
table = {name: row for name, row in recorded().items() if name in lines}
missing = [line for name, line in lines.items() if name not in table]
print(f"{len(missing)} of {len(lines)} lines to record")  # noqa: T201 -- a command
for at in range(0, len(missing), 100):
    part = missing[at : at + 100]
    once, twice = cast(1.0).clips(part), cast(2.0).clips(part)
    for line in part:
        clip, rests = len(once[line]), len(twice[line]) - len(once[line])
        table[key(line)] = (round(clip / RATE), round(rests / RATE))
    text = "".join(f"{name}\t{clip}\t{rests}\n" for name, (clip, rests) in sorted(table.items()))
    FILE.write_text(text, encoding="ascii")
