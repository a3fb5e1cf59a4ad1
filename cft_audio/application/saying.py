"""A few words said by a voice, by themselves, to be listened to at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.progress import ignore_progress
from cft_audio.errors import RequestError
from cft_audio.languages.registry import language_of
from cft_audio.master.sound_file import check_sound_file, write_sound
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.files.folders import Folders
    from cft_audio.files.output import Destination
    from cft_audio.speech.voicing import Voicing

_BETWEEN_S = 0.8
"""Seconds of silence after a text: enough to tell it from the next."""


def say(texts: Sequence[str], voicing: Voicing, destination: Destination, folders: Folders) -> None:
    """Write ``texts``, as the voice of ``voicing`` says them, as a WAV or MP3 file.

    The texts are read by the rules of the voice's own language.

    Raises:
        RequestError: If nothing of them can be said.
        VoiceError: If the voice or its model is not there.
        EngineError: If the engine fails.
        OutputError: If the file cannot be written.
    """
    check_sound_file(destination)
    lines = [Line((Span(text, personal=True),)) for text in texts]
    language = language_of(load_profile(voicing.voice, folders.voices).language)
    with SessionVoices.open(voicing, 1.0, language, folders, ignore_progress) as voices:
        voices.speak(lines)
        clips = [clip for clip in map(voices.clip, lines) if len(clip)]
        if not clips:
            raise RequestError(f"nothing of '{' '.join(texts)}' can be said")
        silence = np.zeros(samples(_BETWEEN_S), np.float32)
        write_sound(destination, [part for clip in clips for part in (clip.samples, silence)])
