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
from cft_audio.signal.decibels import db_to_gain
from cft_audio.timeline.events import Breath, Timeline

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
    file = folder / f"{planned.mix.sounds.tone}-{planned.mix.sounds.bed}.mp3"
    return cft_audio.build(planned.request, file, overwrite=True).file


def voice_alone(planned: Plan) -> Stereo:
    """Return the voice of a session as it is mixed."""
    folders = default_folders()
    with open_plan(planned.request, folders, ignore_progress, ignore_warnings) as (same, voices):
        alone = replace(_with_sounds(same.mix, tone="none", bed="none"), bells=())
        blocks = mix(alone, lambda line: voices.clip(line).samples)
        return np.concatenate([block.audio for block in blocks])


def dry_voice(planned: Plan) -> Stereo:
    """Return the voice of a session as it is spoken, at its levels, in no room."""
    folders = default_folders()
    dry = np.zeros((planned.timeline.length, 2), np.float32)
    with open_plan(planned.request, folders, ignore_progress, ignore_warnings) as (same, voices):
        for placed in same.timeline.speech:
            clip = voices.clip(placed.line).samples * np.float32(db_to_gain(placed.gain_db))
            dry[placed.start : placed.start + len(clip)] += clip[:, np.newaxis]
    return dry


def tone_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield the breathing tone of a session as it is mixed."""
    return _heard(_without_events(_with_sounds(planned, bed="none")))


def bed_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield the bed of a session as it is mixed."""
    return _heard(_without_events(_with_sounds(planned, tone="none")))


def bell_alone(planned: MixPlan) -> Iterator[Stereo]:
    """Yield one chime as it is mixed."""
    length = samples(15.0)
    timeline = replace(planned.timeline, length=length, events=(), breaths=())
    alone = never_ducked(_with_sounds(planned, tone="none", bed="none"))
    return _heard(replace(alone, timeline=timeline, bells=(samples(1.0),)))


def never_ducked(planned: MixPlan) -> MixPlan:
    """Return a plan in which tone and bed make room for nobody."""
    return replace(planned, bed_dips=(), speech_band_dips=(), tone_dips=())


def endless(planned: MixPlan) -> MixPlan:
    """Return a plan in which nobody speaks for five minutes and the ends, or as long as it is."""
    length = max(planned.timeline.length, OPENING + samples(300.0) + CLOSING)
    return never_ducked(replace(planned, timeline=replace(planned.timeline, length=length)))


def steady(planned: MixPlan) -> MixPlan:
    """Return nothing but steady breaths of ``PATTERN``, at the levels of a session's plan."""
    phases = [samples(BREATH_S * part / sum(PATTERN)) for part in PATTERN]
    length = sum(phases)
    breaths = tuple(Breath(OPENING + n * length, *phases) for n in range(BREATHS))
    total = OPENING + BREATHS * length + CLOSING
    return never_ducked(
        replace(
            planned,
            timeline=Timeline(total, planned.timeline.chapters[:1], (), breaths),
            bells=(),
        )
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
    return replace(planned, timeline=replace(planned.timeline, events=()), bells=())


def _with_sounds(planned: MixPlan, **sounds: str) -> MixPlan:
    return replace(planned, sounds=replace(planned.sounds, **sounds))


def _heard(planned: MixPlan) -> Iterator[Stereo]:
    return (block.audio for block in mix(planned, _no_clip))


def _no_clip(line: Line) -> NoReturn:
    raise AssertionError(f"nothing is spoken here, and '{line.text}' was asked for")
