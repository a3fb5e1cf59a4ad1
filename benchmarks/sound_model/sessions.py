"""What is measured: recordings as the program makes them, and their parts by themselves.

A part is mixed by the program's own mixer, of the session's own plan with everything else left
out: what is left keeps its level, and steps back for a voice that is not there. It is then as loud
as in the recording, encoded as a recording is, and decoded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

import cft_audio
from cft_audio.application.plans import open_plan
from cft_audio.application.progress import ignore_progress, ignore_warnings
from cft_audio.files.folders import default_folders
from cft_audio.mix.mixer import mix
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Breath, ChimeEvent, PauseEvent, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.application.plans import Plan
    from cft_audio.mix.plan import MixPlan
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Stereo

PRACTICE = "soothing-rhythm-breathing"

BREATH_S = 12.0
PATTERN = (4, 2, 6, 2)
"""The steady breath of the review: 12 s at 4:2:6:2, that is 3.43 s in, 1.71 s held, 5.14 s out and
1.71 s of rest."""

BREATHS = 5
OPENING, CLOSING = samples(4.0), samples(20.0)
"""Samples at either end of a session in which tone and bed come and go."""


def plan(tone: str, bed: str, minutes: float) -> Plan:
    """Return the plan of a session in the default voice; its lines are spoken if need be."""
    return cft_audio.plan(
        cft_audio.request(PRACTICE, name="Sam", minutes=minutes, tone=tone, bed=bed)
    )


def build(planned: Plan, folder: Path) -> Path:
    """Make the recording of a plan, as ``cft-audio build`` does."""
    file = folder / f"{planned.mix.tone}-{planned.mix.bed}.mp3"
    return cft_audio.build(planned.request, file, overwrite=True).file


def voice_alone(planned: Plan) -> Stereo:
    """Return the voice of a session as it is mixed."""
    folders = default_folders()
    with open_plan(planned.request, folders, ignore_progress, ignore_warnings) as (same, voices):
        events = tuple(
            PauseEvent(event.start, event.length, event.chapter, elastic=False)
            if isinstance(event, ChimeEvent)
            else event
            for event in same.timeline.events
        )
        alone = replace(
            same.mix, timeline=replace(same.timeline, events=events), tone="none", bed="none"
        )
        return np.concatenate(list(mix(alone, lambda line: voices.clip(line).samples)))


def tone_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield the breathing tone of a session as it is mixed."""
    return mix(_without_events(replace(planned, bed="none")), _no_clip)


def bed_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield the bed of a session as it is mixed."""
    return mix(_without_events(replace(planned, tone="none")), _no_clip)


def bell_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield one chime as it is mixed."""
    length = samples(15.0)
    event = ChimeEvent(samples(1.0), length - samples(1.0), 0)
    timeline = replace(planned.timeline, length=length, events=(event,), breaths=())
    return mix(replace(planned, timeline=timeline, tone="none", bed="none", ducked=()), _no_clip)


def never_ducked(planned: MixPlan) -> MixPlan:
    """Return a plan in which tone and bed make room for nobody."""
    return replace(planned, ducked=())


def steady(planned: MixPlan) -> MixPlan:
    """Return nothing but steady breaths of ``PATTERN``, at the levels of a session's plan."""
    phases = [samples(BREATH_S * part / sum(PATTERN)) for part in PATTERN]
    length = sum(phases)
    breaths = tuple(Breath(OPENING + n * length, *phases) for n in range(BREATHS))
    total = OPENING + BREATHS * length + CLOSING
    return never_ducked(
        replace(planned, timeline=Timeline(total, planned.timeline.chapters[:1], (), breaths))
    )


def master_gain(decoded: Stereo, voice: Stereo) -> float:
    """Return the factor between mix and recording.

    The voice is by far the loudest, and nothing else is like it: its share in the recording is
    the factor.

    Args:
        decoded: The recording.
        voice: Its voice as it is mixed.
    """
    return float(np.vdot(voice, decoded) / np.vdot(voice, voice))


def _without_events(planned: MixPlan) -> MixPlan:
    return replace(planned, timeline=replace(planned.timeline, events=()))


def _no_clip(line: Line) -> NoReturn:
    raise AssertionError(f"nothing is spoken here, and '{line.text}' was asked for")
