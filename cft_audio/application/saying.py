"""A few words said by a voice, by themselves, to be listened to at once."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.progress import ignore_progress
from cft_audio.errors import OutputError, RequestError
from cft_audio.files.output import Destination
from cft_audio.languages.registry import language_of
from cft_audio.master.sound_file import check_sound_file, write_sound
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.engines.recorded import RecordedEngine, read_takes
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.files.folders import Folders
    from cft_audio.speech.voicing import Voicing

_BETWEEN_S = 0.8
"""Seconds of silence after a text: enough to tell it from the next."""

_SAMPLE = (
    "Hello. You might let your shoulders be soft, and your jaw be easy. "
    "There is nothing to get right here."
)
"""What a voice says to be chosen by: a greeting, a phrase with a rest, a plain sentence."""

_SAMPLE_LENGTH = 60
"""Characters of a line that a recorded voice is heard by: some four seconds."""


def sample_of(voice: str, folders: Folders) -> str:
    """Return what ``voice`` says to be chosen by; for a recorded one, a line that was read.

    Raises:
        VoiceError: If there is no such voice, or its takes cannot be read.
    """
    profile = load_profile(voice, folders.voices)
    if profile.kind is not RecordedEngine:
        return _SAMPLE
    takes = read_takes(profile.file.parent / profile.settings.takes)
    texts = sorted((take.text for take in takes), key=lambda text: abs(len(text) - _SAMPLE_LENGTH))
    return next(iter(texts), _SAMPLE)


@contextmanager
def said_to_be_heard(
    texts: Sequence[str],
    voicing: Voicing,
    destination: Destination,
    folders: Folders,
    *,
    passing: bool,
) -> Iterator[Path]:
    """Give a file of ``texts`` as ``say`` writes it.

    Args:
        texts: What is said.
        voicing: Who says it.
        destination: The file.
        folders: Where voices are found, and takes are kept.
        passing: Whether it goes to a file that passes if it cannot be written there: what is only
            listened to needs no place to stay.

    Raises:
        CftAudioError: As ``say``.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            say(texts, voicing, destination, folders)
        except OutputError:
            if not passing:
                raise
            destination = Destination(Path(folder, destination.path.name))
            say(texts, voicing, destination, folders)
        yield destination.path


def say(texts: Sequence[str], voicing: Voicing, destination: Destination, folders: Folders) -> None:
    """Write ``texts``, as the voice of ``voicing`` says them, as a WAV or MP3 file.

    The texts are read by the rules of the voice's own language.

    Raises:
        RequestError: If nothing of them can be said, or they are empty.
        VoiceError: If the voice or its model is not there.
        EngineError: If the engine fails.
        OutputError: If the file cannot be written.
    """
    check_sound_file(destination)
    if not all(any(letter.isalnum() for letter in text) for text in texts):
        message = f"nothing of '{' '.join(texts)}' can be said: no letter and no figure is in it"
        raise RequestError(message, remedy="Give a word")
    lines = [Line((Span(text, personal=True),)) for text in texts]
    language = language_of(load_profile(voicing.voice, folders.voices).language)
    with SessionVoices.open(voicing, 1.0, language, folders, ignore_progress) as voices:
        voices.speak(lines)
        clips = [clip for clip in map(voices.clip, lines) if len(clip)]
        if not clips:
            raise RequestError(f"nothing of '{' '.join(texts)}' can be said")
        silence = np.zeros(samples(_BETWEEN_S), np.float32)
        write_sound(destination, [part for clip in clips for part in (clip.samples, silence)])
