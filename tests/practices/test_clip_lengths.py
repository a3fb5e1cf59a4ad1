"""The recorded lengths of clips, which stand in for the voice in thousands of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from clip_lengths import FILE, RECORD_ANEW, first_words, key, length, read, recorded, written
from default_voice import provenance, spoken_lengths
from practice_cases import PRACTICES, planned

from cft_audio.signal.audio import samples
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.script.cues import Line


def lines_of(practice: str) -> list[Line]:
    """Return the lines of ten minutes of ``practice`` that fill no breath."""
    events = planned(practice, 10.0).events
    return [event.line for event in events if isinstance(event, SayEvent) and not event.line.fill]


@pytest.mark.parametrize("name", PRACTICES)
def test_nearly_every_line_of_a_practice_was_recorded(name: str) -> None:
    """Again after texts have changed: python tests/practices/record_clips.py."""
    lines = lines_of(name)

    assert len([line for line in lines if key(line) in recorded()]) >= 0.95 * len(lines)


@pytest.mark.slow
def test_what_was_recorded_is_what_the_voice_says(warm_clips: Path) -> None:
    """One line of each practice is spoken, chosen by the hash of its text."""
    chosen = [
        min((line for line in lines_of(name) if key(line) in recorded()), key=key)
        for name in PRACTICES
    ]
    spoken = spoken_lengths(chosen, warm_clips)

    for line, count in spoken.items():
        assert count == pytest.approx(length(line, 1.0), abs=samples(0.02)), line.text
        assert recorded()[key(line)].words == first_words(line)


@pytest.mark.parametrize("fact", provenance())
def test_lengths_of_another_voice_or_of_other_settings_are_refused(fact: str) -> None:
    content = written({}, provenance() | {fact: "another"})

    with pytest.raises(ValueError, match="another") as raised:
        read(content, provenance())
    assert RECORD_ANEW in str(raised.value)


def test_the_file_is_written_as_it_is_read() -> None:
    content = FILE.read_text(encoding="utf-8")

    assert written(recorded(), provenance()) == content
