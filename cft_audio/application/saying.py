"""A few words said by a voice, by themselves, to be listened to at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import RequestError
from cft_audio.master.sound_file import check_sound_file, write_sound
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.files.output import Destination

BETWEEN = 0.8
"""Seconds of silence between two texts: enough to tell them apart."""


def say(
    texts: Sequence[str], request: SessionRequest, folders: Folders, destination: Destination
) -> None:
    """Write ``texts``, as ``request``'s voice says them, as a WAV or MP3 file.

    Raises:
        RequestError: If nothing of them can be said.
        VoiceError: If the voice or its model is not there.
        EngineError: If the engine fails.
        OutputError: If the file cannot be written.
    """
    check_sound_file(destination)
    lines = [Line((Span(text, personal=True),)) for text in texts]
    clips = Speaker.of(request, folders, lambda _stage, _fraction: None).clips(lines)
    silence = np.zeros(samples(BETWEEN), np.float32)
    blocks = [part for line in lines if len(clips[line]) for part in (clips[line].samples, silence)]
    if not blocks:
        raise RequestError(f"nothing of '{' '.join(texts)}' can be said")
    write_sound(destination, blocks)
