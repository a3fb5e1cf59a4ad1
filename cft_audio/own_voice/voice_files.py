"""A recorded voice on disk: its takes, their index and its profile."""

from __future__ import annotations

import json
import re
import shutil
import wave
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from cft_audio.errors import RequestError, VoiceError, VoiceFileError
from cft_audio.files.faults import output_errors
from cft_audio.files.names import is_device
from cft_audio.files.private import write_private
from cft_audio.files.whole_folder import replace_folder
from cft_audio.schema.files import read_text
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.speech.engines.recorded import (
    INDEX,
    RecordedEngine,
    RecordedTake,
    as_index,
    key_of_sentence,
    read_takes,
)
from cft_audio.speech.voices.profiles import load_profile, profile_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomlkit.items import Table

    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.sheet import Sheet

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LONGEST_NAME = 100
"""Characters of a voice's name: files are called by it, and by more while they are written."""

_NEW_PROFILE = Path(__file__).with_name("profile.toml")


def profile_of(name: str, folder: Path) -> Path:
    """Return the profile of a recorded voice in a folder of voices, whether it is there or not.

    Its takes lie in the folder beside it that has its name without the ending.

    Raises:
        RequestError: If the name cannot be a voice's.
    """
    if not _NAME.fullmatch(name) or is_device(name) or len(name) > _LONGEST_NAME:
        raise RequestError(
            f"'{name}' cannot be a voice's name",
            remedy="Use small letters and digits, and hyphens between words, at most "
            f"{_LONGEST_NAME} characters",
            field="voice",
        )
    return folder / f"{name}.toml"


def kept_takes(
    profile: Path, sheet: Sheet, voices: Sequence[Path], *, add: bool, overwrite: bool
) -> list[RecordedTake]:
    """Return the takes that the voice of ``profile`` keeps: those of other sheets.

    Args:
        profile: The voice's profile, whether it is there or not.
        sheet: The sheet whose lines are replaced.
        voices: Folders of voices.
        add: Whether a voice that was made from other sheets may be added to.
        overwrite: Whether such a voice may be replaced.

    Raises:
        RequestError: If its name is taken by another kind of voice, or is that of a voice made from
            other sheets, which may be neither added to nor replaced.
        VoiceError: If its takes cannot be read.
    """
    _check_free(profile, voices)
    if not profile.exists() or overwrite:
        return []
    found = read_takes(profile.with_suffix(""))
    others = [take for take in found if take.sheet != sheet.identity]
    if others and len(others) == len(found) and not add:
        raise RequestError(
            f"there is a voice '{profile.stem}' already, made from another sheet",
            remedy="‹Add to it›, replace it (‹overwrite›), or give this one another name (‹voice›)",
            where=str(profile),
        )
    return others


def check_fallback(name: str, voices: Sequence[Path]) -> None:
    """Check that the voice called ``name`` can say what was not read.

    Raises:
        VoiceError: If there is no such voice, or it is not installed, recorded itself, or online.
    """
    profile = load_profile(name, voices)
    profile.make_engine()
    if profile.kind is RecordedEngine or profile.kind.online:
        raise VoiceError(
            f"the voice '{name}' cannot stand in for a recorded voice",
            remedy="Name one that speaks on this machine and can say anything, such as joe",
            field="fallback",
        )


def lines_of(name: str, voices: Sequence[Path]) -> int | None:
    """Return how many lines the recorded voice called ``name`` has; None if it is no such voice.

    Raises:
        VoiceError: If its profile is wrong.
    """
    if name not in profile_files(voices):
        return None
    profile = load_profile(name, voices)
    if profile.kind is not RecordedEngine or profile.settings.takes != name:
        return None
    try:
        return len(read_takes(profile.file.with_suffix("")))
    except VoiceError:
        return 0


def remove_voice(name: str, voices: Sequence[Path]) -> None:
    """Remove the recorded voice called ``name``; the recordings it was made of stay.

    Whatever else lies in the folder of its takes stays, and so does the folder then.

    Raises:
        VoiceError: If it cannot be removed.
    """
    profile = profile_files(voices)[name]
    folder = profile.with_suffix("")
    takes: tuple[RecordedTake, ...] = ()
    with suppress(VoiceError):  # without an index nothing is surely a take
        takes = read_takes(folder)
    try:
        profile.unlink()
        for file in (*(take.file for take in takes), INDEX):
            (folder / Path(file).name).unlink(missing_ok=True)
    except OSError as error:
        message = f"{name} cannot be removed: {error.strerror}"
        raise VoiceError(message, where=str(folder)) from error
    with suppress(OSError):
        folder.rmdir()


def _check_free(profile: Path, voices: Sequence[Path]) -> None:
    """Raise ``RequestError`` if a voice of another kind, or another folder, has this name."""
    name, takes = profile.stem, profile.with_suffix("")
    other = profile_files(folder for folder in voices if folder != profile.parent).get(name)
    if profile.exists():
        there = load_profile(str(profile), voices)
        is_own = there.kind is RecordedEngine and there.settings.takes == name
        other = None if is_own else profile
    elif takes.exists():
        other = takes
    if other is not None:
        message = f"the name '{name}' is taken"
        raise RequestError(message, remedy="Give another for ‹voice›", where=str(other))


def write_voice(
    profile: Path,
    sheet: Sheet,
    lines: Sequence[LineOutcome],
    kept: Sequence[RecordedTake],
    fallback: str,
) -> None:
    """Write the voice of ``profile``: all of it, or nothing.

    Args:
        profile: Where its profile goes; a voice that is there is replaced.
        sheet: The sheet that was read.
        lines: What became of the sheet's lines; at least one was read.
        kept: Takes of the voice that is there, which it keeps.
        fallback: The voice that says what was not read; empty to leave the profile's fallback as it
            is, or for none in a new profile.

    Raises:
        VoiceError: If the profile that is there cannot be read.
        OutputError: If the disk does not allow it.
    """
    takes, content = profile.with_suffix(""), _profile(profile, sheet, fallback)
    written = replace_folder(takes, lambda: write_private(profile, content))
    with output_errors(takes), written as folder:
        index: list[RecordedTake] = []
        for outcome in lines:
            if outcome.reading is not None:
                take, text = outcome.reading.take, outcome.line.text
                file = f"{sheet.identity}-{outcome.line.number:03}.wav"
                with (folder / file).open("wb") as raw, wave.open(raw) as sound:
                    sound.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
                    sound.writeframes(np.asarray(take.pcm, "<i2").tobytes())
                index.append(RecordedTake(text, file, take.breaks, sheet.identity))
        read = {key_of_sentence(take.text) for take in index}
        for old in kept:
            if key_of_sentence(old.text) not in read:
                shutil.copy2(takes / old.file, folder / old.file)
                index.append(old)
        text = json.dumps(as_index(index), ensure_ascii=False, indent=1) + "\n"
        (folder / INDEX).write_text(text, encoding="utf-8", newline="\n")


def _profile(profile: Path, sheet: Sheet, fallback: str) -> str:
    """Return the profile: the one that is there, but for its fallback, or a new one."""
    import tomlkit

    source = profile if profile.exists() else _NEW_PROFILE
    document = tomlkit.parse(read_text(source, VoiceFileError))
    recorded = cast("Table", document["recorded"])
    if source is _NEW_PROFILE:
        document["description"] = f"Recorded: {sheet.title}"
        document["language"] = sheet.language
        recorded["takes"] = profile.stem
    if fallback:
        recorded["fallback"] = fallback
    return tomlkit.dumps(document)
