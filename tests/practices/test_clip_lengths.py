"""The recorded lengths of clips, which stand in for the voice in thousands of plans."""

from __future__ import annotations

import pytest
from clip_lengths import key, length, recorded
from practice_cases import FOLDERS, PRACTICES, planned

from cft_audio.application.request import SessionRequest
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.cast import Cast
from cft_audio.timeline.events import SayEvent


@pytest.mark.parametrize("name", PRACTICES)
def test_nearly_every_line_of_a_practice_was_recorded(name: str) -> None:
    """Again after texts have changed: python tests/practices/record_clips.py."""
    events = planned(name, 10.0).events
    lines = [event.line for event in events if isinstance(event, SayEvent) and not event.line.fill]

    assert len([line for line in lines if key(line) in recorded()]) >= 0.95 * len(lines)


def test_what_was_recorded_is_what_the_voice_says() -> None:
    events = planned("inner-compassionate-other", 10.0).events
    lines = [event.line for event in events if isinstance(event, SayEvent) and not event.line.fill]
    clips = Cast.of(SessionRequest("none"), FOLDERS, lambda *_: None).clips(lines[2:8])

    assert len(clips) > 4
    for line, clip in clips.items():
        assert len(clip) == pytest.approx(length(line, 1.0), abs=samples(0.02))
