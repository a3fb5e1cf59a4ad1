"""The clips of a whole session, of both parts: one loudness, and silent at every edge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.application.plans import open_plan
from cft_audio.application.progress import ignore_progress, ignore_warnings
from cft_audio.application.request import SessionRequest
from cft_audio.files.folders import default_folders
from cft_audio.planning.session import Session
from cft_audio.signal.loudness import clip_loudness

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.clips import Clip

pytestmark = pytest.mark.slow

LETTER = """Dear Sam,

This week was heavy, and you carried it.

You asked for help, and that was brave. Rest now."""


@pytest.fixture(scope="module")
def clips(warm_clips: Path) -> dict[Line, Clip]:
    """Three minutes, of which the figure reads a letter, by the default voice."""
    folders = replace(default_folders(), cache=warm_clips)
    session = Session(
        "compassionate-letter-reading", answers={"name": "Sam", "letter": LETTER}, length_s=180.0
    )
    request = SessionRequest(session)
    with open_plan(request, folders, ignore_progress, ignore_warnings) as (plan, voices):
        return {line: voices.clip(line) for line in plan.clips}


def test_both_parts_speak(clips: dict[Line, Clip]) -> None:
    assert {line.speaker for line in clips} == {"guide", "figure"}


def test_the_clips_of_a_session_lie_within_a_loudness_unit_and_a_half(
    clips: dict[Line, Clip],
) -> None:
    levels = [clip_loudness(clip.samples) for clip in clips.values() if len(clip)]

    assert len(levels) > 10
    assert max(levels) - min(levels) <= 1.5


def test_no_clip_of_a_session_clicks_at_an_edge(clips: dict[Line, Clip]) -> None:
    for clip in clips.values():
        audio = clip.samples
        for edge in (audio[:88], audio[-88:][::-1]):
            assert abs(edge[0]) < 1e-3
            assert np.abs(np.diff(edge)).max() < 0.01
        assert np.abs(audio).max() < 0.95
