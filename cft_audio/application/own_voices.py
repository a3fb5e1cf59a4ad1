"""A person's own voice: a sheet of a session's lines, and a voice made of the recordings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.scripts_apart import open_writer
from cft_audio.library.practices import Library
from cft_audio.own_voice.recordings_folder import read_folder
from cft_audio.own_voice.sheet import make_sheet
from cft_audio.own_voice.sheet_file import check_sheet, read_sheet, write_sheet
from cft_audio.own_voice.voice_files import check_fallback, kept_takes, profile_of, write_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.one_recording import RecordingContents
    from cft_audio.references import Wording


@dataclass(frozen=True)
class OwnVoiceChoice:
    """How a voice is made of recordings.

    Attributes:
        voice: What it is called; None for the voice that the sheet adds to, or ``my-voice``.
        fallback: The voice that says what was not read; empty for none.
        add: Whether the lines are added to a voice made from other sheets.
        folder: The folder of voices; None for the person's own.
        overwrite: Whether a voice made from other sheets may be replaced.
    """

    voice: str | None
    fallback: str
    add: bool
    folder: Path | None
    overwrite: bool


@dataclass(frozen=True)
class OwnVoice:
    """A voice that was made of recordings.

    Attributes:
        name: What a request calls it: its path where it is found by no name.
        profile: Its profile.
        recordings: What each recording holds.
        lines: What became of each line.
    """

    name: str
    profile: Path
    recordings: Sequence[RecordingContents]
    lines: Sequence[LineOutcome]

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        return {
            "voice": self.name,
            "profile": str(self.profile),
            "recordings": [
                {
                    "file": str(recording.file),
                    "duration_s": round(recording.length_s, 2),
                    "hum_hz": [round(frequency, 2) for frequency in recording.hum.frequencies],
                    "noise_below_voice_db": round(recording.snr_db, 1),
                    "left_out_s": [round(other.start_s, 2) for other in recording.other_speech],
                }
                for recording in self.recordings
            ],
            "lines": [_line_object(outcome) for outcome in self.lines],
        }


def write_record_sheet(
    request: SessionRequest, folder: Path, folders: Folders, *, overwrite: bool, words: Wording
) -> tuple[Path | None, dict[str, Any]]:
    """Write the lines of ``request``'s session as a page to read aloud.

    Of a recorded voice, these are the lines that it lacks. Return the page, or None where there are
    none; and page and lines as one object of plain values, for JSON.

    Args:
        request: The session.
        folder: Where the page goes, and later the recordings.
        folders: Where practices and voices are found.
        overwrite: Whether a sheet that is there may be replaced.
        words: How the page words the next step.

    Raises:
        RequestError: As ``plans.plan``, like ScriptError and VoiceError.
        OutputError: If it cannot be written, or one is there and may not be overwritten.
    """
    check_sheet(folder, overwrite=overwrite)
    with open_writer(request.session, Library(folders.scripts)) as writer:
        sheet = make_sheet(writer, request.voicing, folders)
    page = write_sheet(sheet, folder, overwrite=overwrite, words=words) if sheet.lines else None
    keys = ("number", "text", "most_s")
    lines = [{key: getattr(line, key) for key in keys} for line in sheet.lines]
    return page, {"page": page and str(page), "lines": lines}


def make_own_voice(
    folder: Path, choice: OwnVoiceChoice, folders: Folders, tell: Callable[[Path], None]
) -> OwnVoice:
    """Make a voice of the recordings in ``folder``, beside a record sheet; they are only read.

    Args:
        folder: Where sheet and recordings are.
        choice: How the voice is made.
        folders: Where voices are found.
        tell: Told each recording before it is read.

    Raises:
        RequestError: If there is no sheet, or the name cannot be used.
        SoundError: If no recording can be used.
        VoiceError: If the fallback cannot be used.
    """
    sheet = read_sheet(folder)
    name = choice.voice or sheet.adds_to or "my-voice"
    profile = profile_of(name, (choice.folder or folders.own_voices).absolute())
    add = choice.add or name == sheet.adds_to
    kept = kept_takes(profile, sheet, folders.voices, add=add, overwrite=choice.overwrite)
    fallback = choice.fallback
    if fallback:
        check_fallback(fallback, folders.voices)
        if Path(fallback).suffix:  # a file, which the profile has to name from anywhere
            fallback = str(Path(fallback).absolute())
    recordings, lines = read_folder(folder, sheet, folders, tell)
    write_voice(profile, sheet, lines, kept, fallback)
    is_found = profile.parent in folders.voices
    return OwnVoice(name if is_found else str(profile), profile, recordings, lines)


def _line_object(outcome: LineOutcome) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "number": outcome.line.number,
        "text": outcome.line.text,
        "state": outcome.state,
        "why": list(outcome.why),
        "file": outcome.file and str(outcome.file),
        "start_s": reading and round(reading.start_s, 2),
        "likeness": reading and round(reading.likeness, 2),
        "times_read": outcome.times,
    }
