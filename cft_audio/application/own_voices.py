"""A person's own voice: a sheet of a session's lines, and a voice made of the recordings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.naming import ending, file_name, name_of_its_own
from cft_audio.application.recordings import check_folder
from cft_audio.application.refusing import check_avoided
from cft_audio.application.scripts_apart import open_writer
from cft_audio.library.practices import Library
from cft_audio.own_voice.recordings_folder import read_folder
from cft_audio.own_voice.sheet import make_sheet
from cft_audio.own_voice.sheet_file import (
    LINES,
    PAGE,
    Made,
    check_sheet,
    holds_sheet,
    read_sheet,
    write_sheet,
)
from cft_audio.own_voice.voice_files import check_fallback, kept_takes, profile_of, write_voice
from cft_audio.people.clients.made import note_made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.one_recording import RecordingContents
    from cft_audio.own_voice.sheet import Sheet
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


def write_record_sheet(  # noqa: PLR0913 -- a session, where it goes, and what its page says
    request: SessionRequest,
    folder: Path | None,
    folders: Folders,
    *,
    overwrite: bool,
    words: Wording,
    command: str = "",
) -> tuple[Path | None, dict[str, Any]]:
    """Write the lines of ``request``'s session as a page to read aloud.

    Of a recorded voice, these are the lines that it lacks. Return the page, or None where there are
    none; and page and lines as one object of plain values, for JSON.

    Args:
        request: The session.
        folder: Where the page goes, and later the recordings; None for ``record-sheet``, or one
            of its own where that has another sheet.
        folders: Where practices and voices are found.
        overwrite: Whether another sheet that is in ``folder`` may be replaced.
        words: How the page words the next step.
        command: How the face asks for the session, for the page to say. It says neither that nor
            for whom it is where the name is to be kept out of what is written about a session.

    Raises:
        RequestError: As ``plans.plan``, like ScriptError and VoiceError.
        OutputError: If it cannot be written, or one is there and may not be overwritten.
    """
    if folder is not None:
        check_folder(folder)
    check_avoided(request, folders)
    with open_writer(request.session, Library(folders.scripts)) as writer:
        sheet = make_sheet(writer, request.voicing, folders)
    place = _own_folder(request, sheet) if folder is None else folder
    page, is_there = place / PAGE, holds_sheet(place, sheet)
    if sheet.lines and not is_there:
        check_sheet(place, overwrite=overwrite)
        made = _made_of(request, command)
        write_sheet(sheet, place, overwrite=overwrite, words=words, made=made)
        note_made([page, place / LINES], folders)
    keys = ("number", "text", "most_s")
    lines = [{key: getattr(line, key) for key in keys} for line in sheet.lines]
    told = {"page": str(page) if lines else None, "lines": lines}
    return page if lines else None, told | {"state": "kept" if is_there else "made"}


def _made_of(request: SessionRequest, command: str) -> Made:
    """Return for whom, when and by which command a sheet is made, as its page may say it."""
    day, listener = request.output.made_on, request.session.answers.get("name", "")
    date = day.strftime("%d %B %Y").lstrip("0") if day else ""
    return Made(listener, date, command) if request.output.name_in_tags else Made(date=date)


def _own_folder(request: SessionRequest, sheet: Sheet) -> Path:
    """Return the folder of a sheet for which none was named."""
    return name_of_its_own(
        lambda told: Path(ending("record-sheet", told)),
        lambda path: holds_sheet(path, sheet) or not (path / LINES).exists(),
        lambda _: [file_name(request, "")],
    )


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
