"""A folder of recordings: what became of each line of the sheet that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import SoundError
from cft_audio.languages.registry import language_of
from cft_audio.own_voice.best_readings import LineOutcome, choose_readings, find_recordings
from cft_audio.own_voice.likeness import compute_power_spectra
from cft_audio.own_voice.matching import Matcher
from cft_audio.own_voice.one_recording import RecordingContents, read_recording
from cft_audio.script.cues import Line, Span
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.own_voice.sheet import Sheet


def read_folder(
    folder: Path, sheet: Sheet, folders: Folders, report: Callable[[Path], None]
) -> tuple[list[RecordingContents], list[LineOutcome]]:
    """Find the lines of ``sheet`` in the recordings in ``folder``, which are not changed.

    Args:
        folder: Where the recordings are.
        sheet: What was to be read aloud.
        folders: Where the voice is kept that the recordings are compared with.
        report: Called with each recording before it is read.

    Returns:
        What each recording holds, and what became of each line of the sheet.

    Raises:
        SoundError: If there are no recordings, one cannot be read, or none holds any of the lines.
        VoiceError: If the voice they are compared with is not there.
        EngineError: If that voice cannot say a line.
    """
    named_lines = find_recordings(folder, len(sheet.lines))
    if not named_lines:
        raise SoundError(
            "there are no recordings in that folder",
            remedy="Put them beside the sheet, as WAV, MP3, M4A or FLAC files",
            where=str(folder),
        )
    matcher = _make_matcher(sheet, folders)
    recordings = []
    for path, named in named_lines.items():
        report(path)
        recordings.append(read_recording(path, matcher, named))
    lines = choose_readings(sheet.lines, recordings)
    if not any(line.reading for line in lines):
        raise SoundError(
            f"none of the {len(lines)} lines is found in the recordings",
            remedy="Listen to them: is this the right sheet, and can the voice be heard? A line "
            "in a file of its own, named by its number, is taken as it is",
            where=str(folder),
        )
    return recordings, lines


def _make_matcher(sheet: Sheet, folders: Folders) -> Matcher:
    """Make a matcher of the lines of ``sheet``, as another voice reads them."""
    respelled = {word.text: word.respelling for word in sheet.fragments if word.respelling}
    voicing = Voicing(sheet.compared_with, pronounce=respelled)
    language = language_of(sheet.language)
    lines = [Line(tuple(Span(f.text, ipa=f.ipa) for f in line.fragments)) for line in sheet.lines]
    with SessionVoices.open(voicing, 1.0, language, folders, lambda *_: None) as voices:
        voices.speak(lines)
        return Matcher([compute_power_spectra(voices.clip(line).samples) for line in lines])
