"""The clips of a whole session, of both parts: one loudness, and silent at every edge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.application.planning import plan
from cft_audio.application.request import SessionRequest
from cft_audio.files.folders import default_folders
from cft_audio.signal.loudness import clip_loudness

if TYPE_CHECKING:
    from cft_audio.application.planning import Plan

pytestmark = pytest.mark.slow

LETTER = """Dear Sam,

This week was heavy, and you carried it.

You asked for help, and that was brave. Rest now."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Three minutes, of which the figure reads a letter, by the default voice."""
    folders = replace(default_folders(), cache=tmp_path_factory.mktemp("cache"))
    session = SessionRequest(
        "compassionate-letter-reading", answers={"name": "Sam", "letter": LETTER}, length_s=180.0
    )
    return plan(session, folders, lambda _stage, _fraction: None)


def test_both_parts_speak(planned: Plan) -> None:
    assert {line.speaker for line in planned.clips} == {"guide", "figure"}


def test_the_clips_of_a_session_lie_within_a_loudness_unit_and_a_half(planned: Plan) -> None:
    levels = [clip_loudness(clip.samples) for clip in planned.clips.values() if len(clip)]

    assert len(levels) > 10
    assert max(levels) - min(levels) <= 1.5


def test_no_clip_of_a_session_clicks_at_an_edge(planned: Plan) -> None:
    for clip in planned.clips.values():
        audio = clip.samples
        for edge in (audio[:88], audio[-88:][::-1]):
            assert abs(edge[0]) < 1e-3
            assert np.abs(np.diff(edge)).max() < 0.01
        assert np.abs(audio).max() < 0.95
