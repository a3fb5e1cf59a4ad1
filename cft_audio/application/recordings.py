"""Building: a plan rendered into one tagged recording at its place."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import astuple, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.naming import differences, ending, file_name, name_of_its_own
from cft_audio.application.plans import Plan, open_plan
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.tags import is_made_of, options_in, options_of, tags_of
from cft_audio.errors import NameTakenError, RequestError
from cft_audio.files.output import Destination, check_writable
from cft_audio.library.practices import Library
from cft_audio.master.mastering import (
    BYTES_PER_KBIT,
    LEVELS_TAG,
    MasterSettings,
    Mix,
    Recording,
    master,
)
from cft_audio.master.tags import read_tags
from cft_audio.mix.mixer import mix
from cft_audio.signal.audio import seconds
from cft_audio.sound.check import check_sounds
from cft_audio.sound.names import BEDS, BELLS
from cft_audio.sound.revision import REVISION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.master.tags import Tags
    from cft_audio.speech.takes.session_voices import SessionVoices

_KNOWN_SUFFIXES = {
    *(".aac", ".aif", ".aiff", ".flac", ".m4a", ".m4b", ".mp3", ".mp4", ".oga", ".ogg"),
    *(".opus", ".wav", ".wma", ".txt", ".pdf", ".html"),
}
"""Suffixes by which a file is meant, and not a folder with a dot in its name."""

_LEVELS = re.compile(r"-?\d+\.\d+")


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
    figures = Library(folders.scripts).open(request.session.practice).library.figure_files()
    with open_plan(request, folders, progress, warn) as (plan, voices):
        options = options_of(request, plan.practice, figures)
        tags = tags_of(plan, options, _hash_sound(plan, voices))
        while True:
            place = destination
            if destination.in_folder:
                path = _own_path(destination.path, plan, tags, options)
                is_there = path.exists()
                if is_there and not destination.overwrite:
                    return plan, _made_before(path, plan)
                place = Destination(path, is_there)
            blocks = mix(plan.mix, lambda line: voices.clip(line).samples)
            mixed, settings = Mix(blocks, plan.timeline.length), _master_settings(request)
            try:
                return plan, master(mixed, settings, tags, place, progress)
            except NameTakenError:
                # Another build took the name meanwhile.
                if not destination.in_folder:
                    raise


def _own_path(plain: Path, plan: Plan, tags: Tags, options: Mapping[str, Any]) -> Path:
    """Return where in a folder a recording goes: where the same is, or a name that nothing has."""
    # Its tags come first: a copy that broke off has them too, and is too short for its sound.
    least = seconds(plan.timeline.length) * plan.request.output.bitrate_kbps * BYTES_PER_KBIT

    def is_same(path: Path) -> bool:
        found = read_tags(path)
        is_made = is_made_of(found, tags) and LEVELS_TAG in found
        return is_made and path.stat().st_size >= least

    return name_of_its_own(
        lambda told: plain.with_name(ending(plain.stem, told, plain.suffix)),
        is_same,
        lambda path: differences(options, options_in(read_tags(path))),
    )


def _made_before(path: Path, plan: Plan) -> Recording:
    """Return the recording that is at ``path`` already, its levels as its tags have them."""
    lufs, dbtp, *voice = map(float, _LEVELS.findall(read_tags(path)[LEVELS_TAG]))
    length_s = seconds(plan.timeline.length)
    return Recording(path, length_s, voice[0] if voice else None, lufs, dbtp, was_there=True)


def _hash_sound(plan: Plan, voices: SessionVoices) -> str:
    """Return a SHA-256, in hex, of all that is heard: what is said, where, and what is under it.

    It is made of what the recording lets everyone hear, and so tells nothing more of anybody.
    """
    request, timeline, told = plan.request, plan.timeline, hashlib.sha256()
    sounds = plan.mix.sounds
    for placed in timeline.speech:
        told.update(f"{placed.start} {placed.length} {placed.gain_db}".encode())
        told.update(voices.clip(placed.line).pcm.tobytes())
    breaths = [astuple(breath) for breath in timeline.breaths]
    master = [request.sound.loudness_lufs, request.output.bitrate_kbps]
    chimes = [timeline.chimes, timeline.soft_chimes]
    made = replace(sounds, bed=_made(sounds.bed, BEDS), bell=_made(sounds.bell, BELLS))
    mixed = {f.name: getattr(plan.mix, f.name) for f in fields(plan.mix)}
    del mixed["timeline"]
    heard = [breaths, chimes, master, repr(mixed | {"sounds": made})]
    told.update(json.dumps([REVISION, timeline.length, *heard]).encode())
    for name, made_here in ((sounds.bed, made.bed), (sounds.bell, made.bell)):
        if not made_here:
            # One that cannot be read is told of when it is mixed.
            with suppress(OSError), Path(name).open("rb") as file:
                told.update(hashlib.file_digest(file, "sha256").digest())
    return told.hexdigest()


def _made(name: str, names: tuple[str, ...]) -> str:
    """Return the name of a sound that is made here, and nothing of a person's own."""
    return name if name in names else ""


def choose_destination(request: SessionRequest, output: Path, *, overwrite: bool) -> Destination:
    """Return where a recording of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        output: A file ending in ``.mp3``, or a folder.
        overwrite: Whether an existing file may be replaced; in a folder only the same recording.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file cannot be used.
        OutputError: If it could not be written there.
    """
    in_folder = Destination(output / file_name(request), overwrite, in_folder=True)
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
    check_sounds(request.tone, request.sound.bed, request.sound.bell)


def _master_settings(request: SessionRequest) -> MasterSettings:
    return MasterSettings(request.sound.loudness_lufs, request.output.bitrate_kbps)
