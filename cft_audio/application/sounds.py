"""Sounds to choose by ear: some seconds of each, as loud as in a session, after its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.progress import ignore_progress
from cft_audio.languages.registry import ENGLISH
from cft_audio.master.formats import MP3
from cft_audio.master.ranges import DEFAULT_LUFS
from cft_audio.master.sound_file import check_sound_file, write_sound
from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, Sounds, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.signal.balance import Balance
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.limiter import limit
from cft_audio.signal.reference_levels import VOICE_LUFS
from cft_audio.sound.names import DEFAULT_BELL
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.timeline.events import Chapter, ChimeEvent, Event, SayEvent, Timeline
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.files.output import Destination
    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.sound.sound_info import SoundInfo
    from cft_audio.speech.voicing import Voicing

HEARD_S = 10.0
"""Seconds of each sound after its name: a breath at a gentle pace."""

_BEFORE_S, _AFTER_NAME_S, _FADE_S = 0.3, 0.8, 1.5
"""Seconds before a name, between it and the sound, and over which the sound ends."""


def hear_sounds(
    sounds: Sequence[SoundInfo], voicing: Voicing, destination: Destination, folders: Folders
) -> None:
    """Write a file in which each sound is named and then heard, one after the other.

    Args:
        sounds: The sounds.
        voicing: Who names them.
        destination: A .wav or .mp3 file.
        folders: Where voices are found, and takes are kept.

    Raises:
        VoiceError: If the voice or its model is not there.
        EngineError: If the engine fails.
        OutputError: If the file cannot be written.
    """
    check_sound_file(destination)
    names = [Line((Span(f"{sound.title}."),)) for sound in sounds]
    with SessionVoices.open(voicing, 1.0, ENGLISH, folders, ignore_progress) as voices:
        voices.speak(names)
        plans = [
            _plan(sound, name, len(voices.clip(name)))
            for sound, name in zip(sounds, names, strict=True)
        ]

        def blocks() -> Iterator[Stereo]:
            gain = np.float32(db_to_gain(DEFAULT_LUFS - VOICE_LUFS))
            for plan in plans:
                for block in mix(plan, lambda line: voices.clip(line).samples):
                    yield block.audio * gain

        write_sound(destination, (frame.audio for frame in limit(blocks(), MP3.ceiling_dbtp)))


def hear_together(request: SessionRequest, destination: Destination) -> None:
    """Write a file in which the sounds around a session's voice are heard together: some breaths.

    Args:
        request: The session, whose tone, bed and levels they are.
        destination: A .wav or .mp3 file.

    Raises:
        SoundError: If a sound's file cannot be used.
        OutputError: If the file cannot be written.
    """
    breath = request.session.adapted_pace.breath(samples(_BEFORE_S), samples(3600))
    end = breath.start + max(samples(HEARD_S), breath.length)
    timeline = Timeline(end, (Chapter("", 0),), (), (breath,))
    mixed = replace(plan_mix(timeline, request.sounds_beside(Balance())), fade_out=samples(_FADE_S))
    gain = np.float32(db_to_gain(request.sound.loudness_lufs - VOICE_LUFS))
    blocks = (block.audio * gain for block in mix(mixed, _say_nothing))
    write_sound(destination, (frame.audio for frame in limit(blocks, MP3.ceiling_dbtp)))


def _say_nothing(_: Line) -> Mono:
    return np.zeros(0, np.float32)


def _plan(sound: SoundInfo, name: Line, length: int) -> MixPlan:
    """Return a short session in which ``sound`` is named, in ``length`` samples, and heard."""
    start = samples(_BEFORE_S) + length + samples(_AFTER_NAME_S)
    events: list[Event] = [SayEvent(samples(_BEFORE_S), length, 0, name)]
    chosen = {"tone": "none", "bed": "none", "bell": DEFAULT_BELL, sound.kind: sound.name}
    heard = Sounds(chosen["tone"], chosen["bed"], chosen["bell"])
    breath = PRESETS["gentle"].breath(start, samples(3600))
    if sound.kind == "bell":
        events.append(ChimeEvent(start, samples(HEARD_S), 0))
    end = start + max(samples(HEARD_S), breath.length)
    timeline = Timeline(end, (Chapter(sound.title, 0),), tuple(events), (breath,))
    return replace(plan_mix(timeline, heard), fade_out=samples(_FADE_S))
