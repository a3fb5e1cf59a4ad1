"""How many breaths a minute are measured in recordings of many practices, sounds, paces, voices."""

from __future__ import annotations

import json
import shlex
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from program_runs import Machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from cft_audio.application.inspecting import Inspection
    from cft_audio.pictures.view import SessionView

SESSIONS = """
soothing-rhythm-breathing -m 4 --tone swell --bed rain
soothing-rhythm-breathing -m 4 --tone ocean --bed rain --pace slow
soothing-rhythm-breathing -m 4 --tone bowls --bed stream --pattern 4-7-8 --insist
soothing-rhythm-breathing -m 4 --tone hum --bed fire --pattern box
soothing-rhythm-breathing -m 4 --tone wind --bed night --breaths-per-minute 5.5 --ratio 4:0:6:0
soothing-rhythm-breathing -m 4 --tone ocean --bed stream --breaths-per-minute 4.5 --format opus
soothing-rhythm-breathing -m 4 --tone hum --bed none --pattern 5-5 --channels mono --bitrate 64
soothing-rhythm-breathing -m 4 --tone bowls --bed pad --ease-from 7.5 --format m4a
soothing-rhythm-breathing -m 4 --tone wind --bed drone --pace steady --ticks
soothing-rhythm-breathing -m 4 --tone swell --bed forest --for sleep
soothing-rhythm-breathing -m 4 --tone none --bed brown
soothing-rhythm-breathing-acute -m 3 --tone swell --bed forest
loving-kindness -m 8 --tone swell --bed pad --voice espeak-gb
loving-kindness -m 5 --tone hum --bed brown --pace slow
compassionate-attention -m 5 --tone wind --bed rain --voice espeak-gb
compassionate-imagery -m 5 --figure wise-elder --tone ocean --bed forest --voice espeak-gb
compassionate-imagery-ideal-self -m 5 --tone bowls --bed none --voice espeak-gb
compassionate-imagery-safe-place -m 7 --tone swell --bed fire --pattern 5-5 --voice espeak-gb
compassionate-mind-training -m 6 --tone hum --bed night --voice espeak-gb
compassionate-mind-training-daily -m 4 --tone ocean --bed stream --format flac
""".strip().splitlines()
"""Some of the longer ones are spoken by eSpeak, the quickest: any voice may be over a breath."""

ENOUGH_S = 90.0
"""Seconds of breath in one go from which its pace has to be found."""

RATE = 0.1
"""Breaths a minute by which it may be wrong."""


def marked(session: str) -> ParameterSet:
    """Return a session with the mark of the program that it needs."""
    is_espeak = "--voice espeak" in session
    return pytest.param(session, marks=[pytest.mark.needs("espeak-ng")] * is_espeak)


def seconds_in_one_go(view: SessionView) -> float:
    """Return how long breath is guided without a break, at most."""
    longest, started, stopped = 0.0, 0.0, -1.0
    for breath in view.breaths:
        started = started if breath.start - stopped < 1 else breath.start
        stopped = breath.stop
        longest = max(longest, stopped - started)
    return longest


@pytest.mark.slow
@pytest.mark.parametrize("session", [*map(marked, SESSIONS)])
def test_the_pace_that_a_session_settles_at_is_measured(
    session: str, tmp_path: Path, warm_home: Path, inspected: Callable[[Path], Inspection]
) -> None:
    machine = Machine(tmp_path, warm_home)
    built = machine.json("build", *shlex.split(session), "--name", "Sam")
    found = inspected(tmp_path / built["file"])

    assert found.view is not None
    tone = "--tone none" not in session
    settled = json.loads(found.contents.tags["cft-audio options"])["breaths_per_minute"]
    if tone and seconds_in_one_go(found.view) >= ENOUGH_S:
        assert found.paced is not None
    if not found.view.breaths:
        assert found.paced is None
    if found.paced is not None:
        assert found.paced.breaths_per_minute == pytest.approx(settled, abs=RATE)
        assert 0.3 <= found.paced.confidence <= 1


@pytest.mark.slow
def test_most_of_these_sessions_guide_breath_for_long_enough() -> None:
    """Or else little would be shown of them."""
    practices = [name for name, _ in groupby(SESSIONS, lambda line: line.split()[0])]

    assert len(SESSIONS) == 20
    assert len(practices) >= 8
