"""Building: a plan rendered into one tagged recording at its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.application.plans import Plan, open_plan
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.tags import tags_of
from cft_audio.errors import RequestError
from cft_audio.files.names import is_device
from cft_audio.files.output import Destination, check_writable
from cft_audio.master.mastering import MasterSettings, Mix, Recording, master
from cft_audio.mix.mixer import mix
from cft_audio.sound.check import check_sounds

if TYPE_CHECKING:
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders

_KNOWN_SUFFIXES = {
    *(".aac", ".aif", ".aiff", ".flac", ".m4a", ".m4b", ".mp3", ".mp4", ".oga", ".ogg"),
    *(".opus", ".wav", ".wma", ".txt", ".pdf", ".html"),
}
"""Suffixes by which a file is meant, and not a folder with a dot in its name."""

_LONGEST_PART = 60
"""Characters that a file's name takes of each of its parts; a name may be of any length."""


def build(
    request: SessionRequest,
    destination: Destination,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> tuple[Plan, Recording]:
    """Make the recording of ``request``; it appears at ``destination`` whole or not at all.

    Each clip is read when it is mixed.

    Args:
        request: The session.
        destination: Where it goes, as ``choose_destination`` gives it.
        folders: Where practices and voices are found, and takes are kept.
        progress: Told the stage and how much of it is done.
        warn: Told the words that a voice may get wrong, before it says them.

    Raises:
        CftAudioError: As ``plans.plan``; SoundError if the bed's file cannot be used, OutputError
            if it cannot be written, RequestError if its loudness cannot be reached.
    """
    with open_plan(request, folders, progress, warn) as (plan, voices):
        blocks = mix(plan.mix, lambda line: voices.clip(line).samples)
        mixed, settings = Mix(blocks, plan.timeline.length), _master_settings(request)
        return plan, master(mixed, settings, tags_of(plan), destination, progress)


def choose_destination(request: SessionRequest, output: Path, *, overwrite: bool) -> Destination:
    """Return where a recording of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        output: A file ending in ``.mp3``, or a folder.
        overwrite: Whether an existing file may be replaced.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file cannot be used.
        OutputError: If it could not be written there.
    """
    in_folder = Destination(output / file_name(request), overwrite)
    return choose_file(request, Destination(output, overwrite), in_folder, ".mp3")


def choose_file(
    request: SessionRequest, named: Destination, in_folder: Destination, *suffixes: str
) -> Destination:
    """Return where what is made of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        named: What a person named: a file ending in one of ``suffixes``, or a folder.
        in_folder: The file if it is a folder.
        suffixes: The endings that can be written.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file cannot be used.
        OutputError: If it could not be written there.
    """
    check_settings(request)
    output, suffix = named.path, named.path.suffix.lower()
    may_be_file = not output.is_dir()
    if may_be_file and suffix in _KNOWN_SUFFIXES - set(suffixes):
        message = f"no {suffix} file can be written"
        remedy = f"Give a name ending in {' or '.join(suffixes)}, or a folder"
        raise RequestError(message, remedy=remedy, field="output", where=str(output))
    destination = named if may_be_file and suffix in suffixes else in_folder
    check_writable(destination)
    return destination


def check_folder(output: Path) -> None:
    """Check that ``output``, into which several files go, is not named like one file.

    Raises:
        RequestError: If it is, and is no folder that is there.
    """
    if output.suffix.lower() in _KNOWN_SUFFIXES and not output.is_dir():
        message = f"several files are written, and '{output.name}' is the name of one"
        raise RequestError(message, remedy="Name a folder", field="output", where=str(output))


def check_settings(request: SessionRequest) -> None:
    """Raise RequestError if loudness, bit rate, tone or bed of ``request`` cannot be used.

    Raises:
        RequestError: With what can be.
    """
    _master_settings(request)
    check_sounds(request.tone, request.sound.bed)


def file_name(request: SessionRequest, suffix: str = ".mp3") -> str:
    """Return what the recording of ``request`` is called in a folder."""
    session = request.session
    name = session.answers.get("name", "") if request.output.name_in_tags else ""
    length = ""
    if session.length_s is not None:
        minutes, seconds = divmod(round(session.length_s), 60)
        length = f"{minutes}m{seconds:02}s" if seconds else f"{minutes}min"
    return slug(Path(session.practice).stem, name, length) + suffix


def slug(*parts: str) -> str:
    """Return ``parts`` as one name of small letters, digits and hyphens, for any file system."""
    short = (re.sub(r"[^a-z0-9]+", "-", anyascii(part).lower())[:_LONGEST_PART] for part in parts)
    name = "-".join(filter(None, (part.strip("-") for part in short)))
    return f"{name}-recording" if is_device(name) else name


def _master_settings(request: SessionRequest) -> MasterSettings:
    return MasterSettings(request.sound.loudness_lufs, request.output.bitrate_kbps)
