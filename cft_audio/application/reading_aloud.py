"""A record sheet being read aloud: its recordings, kept one by one until a voice is made."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cft_audio.application.own_voices import OwnVoiceChoice, make_own_voice, write_record_sheet
from cft_audio.errors import CftAudioError, OutputError, SoundError
from cft_audio.files.whole_file import OWNER_ONLY, write_whole
from cft_audio.own_voice.best_readings import find_recordings, named_line
from cft_audio.own_voice.sheet_file import read_sheet
from cft_audio.own_voice.sound_on_disk import ENDINGS, decode_to_disk

if TYPE_CHECKING:
    from cft_audio.application.progress import Progress
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.own_voice.sheet import Sheet
    from cft_audio.references import Wording


@dataclass(frozen=True)
class ReadAloud:
    """A sheet, and what was recorded of it.

    Attributes:
        folder: Where both lie.
        sheet: The sheet.
        takes: The recordings that are named by the number of a line, by that number, the latest.
        others: The other recordings, which may hold any lines.
    """

    folder: Path
    sheet: Sheet
    takes: dict[int, Path]
    others: tuple[Path, ...]

    @property
    def next_line(self) -> int:
        """The number of the first line that is not recorded by itself; 0 if every one is."""
        return next((one.number for one in self.sheet.lines if one.number not in self.takes), 0)


def begin_sheet(request: SessionRequest, folder: Path, folders: Folders, words: Wording) -> bool:
    """Write the sheet of a session, and return whether there is anything to read.

    Raises:
        CftAudioError: As ``own_voices.write_record_sheet``.
    """
    return write_record_sheet(request, folder, folders, overwrite=False, words=words)[0] is not None


def read_aloud(folder: Path) -> ReadAloud:
    """Return the sheet in a folder, and what was recorded of it.

    Raises:
        SheetError: If there is no sheet, or it is wrong.
    """
    sheet = read_sheet(folder)
    found = find_recordings(folder, len(sheet.lines))
    takes = {index + 1: path for path, index in found.items() if index is not None}
    return ReadAloud(folder, sheet, takes, tuple(p for p, index in found.items() if index is None))


def keep_recording(reading: ReadAloud, called: str, sound: IO[bytes], number: int = 0) -> None:
    """Keep a recording for its owner alone, whole or not at all.

    Of a line, it takes the place of the recording that was there.

    Args:
        reading: What it is a recording of.
        called: The name that its file has, of which no more is kept than a line's number.
        sound: What is in the file.
        number: The line's number; 0 to go by the name.

    Raises:
        SoundError: If it is no sound that can be used.
        OutputError: If the disk does not allow it.
    """
    name = Path(called.replace("\\", "/"))
    ending = name.suffix.lower()
    if ending not in ENDINGS:
        remedy = "Give a WAV, MP3, M4A or FLAC file"
        raise SoundError(f"'{name.name}' is no kind of sound file that is known", remedy=remedy)
    index = named_line(name.stem, len(reading.sheet.lines))
    number = number or (0 if index is None else index + 1)
    stem = f"{number:02}" if number else f"recording-{secrets.token_hex(4)}"
    file, before = reading.folder / f"{stem}{ending}", reading.takes.get(number)
    try:
        with write_whole(file, mode=OWNER_ONLY) as beside:
            with beside.open("wb") as copy:
                shutil.copyfileobj(sound, copy)
            with decode_to_disk(beside):
                pass
        if before and before != file:
            before.unlink()
    except SoundError as error:
        message = f"'{name.name}' cannot be used: {error.message}"
        raise SoundError(message, remedy="Save it again as WAV") from error
    except OSError as error:
        message = f"it cannot be kept: {error.strerror}"
        raise OutputError(message, remedy="See to room on the disk") from error


def make_read_voice(
    progress: Progress, folder: Path, voice: str, fallback: str, folders: Folders
) -> dict[str, Any]:
    """Make a voice of what was recorded, or add that to the voice of the name.

    Args:
        progress: Told how much of the recordings was listened to.
        folder: Where sheet and recordings are.
        voice: What the voice is called.
        fallback: The voice that says what was not read; empty for none.
        folders: Where voices are kept.

    Returns:
        What became of each line, as plain values.

    Raises:
        CftAudioError: As ``own_voices.make_own_voice``.
    """
    reading = read_aloud(folder)
    count = len(reading.takes) + len(reading.others)
    heard: list[Path] = []

    def tell(recording: Path) -> None:
        progress("listening", len(heard) / count)
        heard.append(recording)

    choice = OwnVoiceChoice(voice, fallback, add=True, folder=None, overwrite=False)
    try:
        return make_own_voice(folder, choice, folders, tell).as_object()
    except CftAudioError as error:
        # Where they lie is nothing that whoever reads aloud has chosen, or knows of.
        error.where = Path(error.where).name if error.where != str(folder) else ""
        raise
