"""A few words said by a voice, by themselves, to be listened to at once."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.progress import ignore_progress
from cft_audio.errors import EngineError, OutputError, RequestError, VoiceError, sentences
from cft_audio.files.output import Destination
from cft_audio.languages.registry import language_of
from cft_audio.master.sound_file import check_sound_file, write_sound
from cft_audio.people.clients.made import note_made
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.engines.recorded import RecordedEngine, read_takes
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.files.folders import Folders
    from cft_audio.signal.audio import Mono
    from cft_audio.speech.voices.profiles import Profile

_BETWEEN_S = 0.8
"""Seconds of silence after a text: enough to tell it from the next."""

_LINES = (
    "Hello. You might let your shoulders be soft, and your jaw be easy.",
    "There is nothing to get right here.",
)
"""What a voice says to be chosen by: a greeting and a phrase with a rest, and a plain sentence."""

_BETWEEN_VOICES_S = 1.5
"""Seconds of silence after a voice, where several are heard."""

_SAMPLE_LENGTH = 60
"""Characters of a line that a recorded voice is heard by: some four seconds."""


def sample_of(voice: str, folders: Folders) -> str:
    """Return what ``voice`` says to be chosen by; for a recorded one, a line that was read.

    Raises:
        VoiceError: If there is no such voice, or its takes cannot be read.
    """
    profile = load_profile(voice, folders.voices)
    if profile.kind is not RecordedEngine:
        return " ".join(_LINES)
    takes = read_takes(profile.file.parent / profile.settings.takes)
    texts = sorted((take.text for take in takes), key=lambda text: abs(len(text) - _SAMPLE_LENGTH))
    return next(iter(texts), " ".join(_LINES))


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
            say(texts, voicing, destination, folders.for_passing)
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
    clips = _spoken(texts, voicing, folders)
    if not clips:
        raise RequestError(f"nothing of '{' '.join(texts)}' can be said")
    write_sound(destination, clips)
    note_made([destination.path], folders)


@dataclass(frozen=True)
class Introduced:
    """Voices that were let speak one after the other.

    Attributes:
        heard: Their names, in order.
        left_out: Those that could not, and why.
    """

    heard: tuple[str, ...]
    left_out: Mapping[str, str]


def introduce(
    voicings: Sequence[Voicing], text: str | None, destination: Destination, folders: Folders
) -> Introduced:
    """Write a file in which each voice says its name, and then what all of them say.

    A voice made of recordings says a line that was read. One that fails is left out.

    Args:
        voicings: The voices; one that speaks online has to be allowed to.
        text: What each says; None for two calm lines.
        destination: The file, which is not written if no voice can be heard.
        folders: Where voices are found, and takes are kept.

    Raises:
        OutputError: If the file cannot be written.
    """
    check_sound_file(destination)
    blocks: dict[str, list[Mono]] = {}
    left_out: dict[str, str] = {}
    silence = np.zeros(samples(_BETWEEN_VOICES_S - _BETWEEN_S), np.float32)
    for voicing in voicings:
        name = voicing.voice
        try:
            texts = _introduction(load_profile(name, folders.voices), text, folders)
            clips = _spoken(texts, voicing, folders)
        except (VoiceError, EngineError) as error:
            left_out[name] = sentences(error.message, error.remedy)
            continue
        blocks[name] = [*clips, silence]
    if blocks:
        write_sound(destination, chain.from_iterable(blocks.values()))
    return Introduced(tuple(blocks), left_out)


def introduce_one(voice: str, folders: Folders, file: Path) -> None:
    """Write a WAV or MP3 file in which a voice of this machine says its name, and a few words.

    Raises:
        VoiceError: If it cannot be heard.
        OutputError: If the file cannot be written.
    """
    introduced = introduce([Voicing(voice)], None, Destination(file, overwrite=True), folders)
    if why := introduced.left_out.get(voice):
        raise VoiceError(why)


def _introduction(profile: Profile, text: str | None, folders: Folders) -> tuple[str, ...]:
    if profile.kind is RecordedEngine:
        return (sample_of(str(profile.file), folders),)
    called = re.sub(r"[\W_]+", " ", profile.name).strip()
    return f"{called[:1].upper()}{called[1:]}.", *((text,) if text else _LINES)


def _spoken(texts: Sequence[str], voicing: Voicing, folders: Folders) -> list[Mono]:
    """Return ``texts`` as the voice says them, with silence after each; none of one unsayable."""
    lines = [Line((Span(text, personal=True),)) for text in texts]
    language = language_of(load_profile(voicing.voice, folders.voices).language)
    silence = np.zeros(samples(_BETWEEN_S), np.float32)
    with SessionVoices.open(voicing, 1.0, language, folders, ignore_progress) as voices:
        voices.speak(lines)
        clips = [clip for clip in map(voices.clip, lines) if len(clip)]
        return [part for clip in clips for part in (clip.samples, silence)]
