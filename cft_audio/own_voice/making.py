"""From a folder of recordings to what became of each line of its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import soxr

from cft_audio.application.request import SessionRequest
from cft_audio.errors import SoundError
from cft_audio.own_voice.best_readings import Chosen, chosen, sources_in
from cft_audio.own_voice.likeness import RATE, spectra
from cft_audio.own_voice.matching import Matcher
from cft_audio.own_voice.reading import Recording, read_recording
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.speech.takes.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.own_voice.sheet import Sheet, SheetLine


@dataclass(frozen=True)
class Made:
    """What a folder of recordings came to.

    Attributes:
        recordings: What each holds.
        lines: What became of each line of the sheet.
    """

    recordings: tuple[Recording, ...]
    lines: tuple[Chosen, ...]


def read_recordings(
    folder: Path, sheet: Sheet, folders: Folders, told: Callable[[Path], None]
) -> Made:
    """Return what the recordings in ``folder`` hold of ``sheet``; they are only read.

    Args:
        folder: Where they are.
        sheet: What was to be read.
        folders: Where the voice is found that they are compared with.
        told: Told each recording before it is read.

    Raises:
        SoundError: If there are none, one cannot be read, or none of the lines is in them.
        VoiceError: If the voice they are compared with is not there.
        EngineError: If that voice cannot say a line.
    """
    sources = sources_in(folder, len(sheet.lines))
    if not sources:
        raise SoundError(
            "there are no recordings in that folder",
            remedy="Put them beside the sheet, as WAV, MP3, M4A or FLAC files",
            where=str(folder),
        )
    matcher = _matcher(sheet, folders)
    recordings = []
    for source in sources:
        told(source.path)
        recordings.append(read_recording(source.path, matcher, source.named))
    lines = chosen(sheet.lines, recordings)
    if not any(line.reading for line in lines):
        raise SoundError(
            f"none of the {len(lines)} lines is found in the recordings",
            remedy="Listen to them: is this the right sheet, and is the voice to be heard? A line "
            "that is saved by itself, named by its number, is taken as it is",
            where=str(folder),
        )
    return Made(tuple(recordings), tuple(lines))


def _matcher(sheet: Sheet, folders: Folders) -> Matcher:
    """Return what tells the lines of ``sheet`` from one another, as another voice reads them."""
    respelled = {
        fragment.text: fragment.respelling
        for line in sheet.lines
        for fragment in line.fragments
        if fragment.respelling
    }
    request = SessionRequest(sheet.practice, voice=sheet.compared_with, pronounce=respelled)
    speaker = Speaker.of(request, folders, lambda _stage, _fraction: None)
    said = [_as_line(line) for line in sheet.lines]
    clips = speaker.clips(said)
    return Matcher(
        [
            spectra(soxr.resample(clips[line].samples, SAMPLE_RATE, RATE, quality="MQ"))
            for line in said
        ]
    )


def _as_line(line: SheetLine) -> Line:
    return Line(tuple(Span(part.text, ipa=part.ipa) for part in line.fragments))
