"""Building: a plan rendered into one tagged recording at its place."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.again import again_of
from cft_audio.application.beside import check_beside, paths_beside, write_beside
from cft_audio.application.covers import check_cover, cover_of
from cft_audio.application.naming import differences, ending, file_name, name_of_its_own
from cft_audio.application.plans import Plan, open_plan
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.request import Beside
from cft_audio.application.tags import is_made_of, options_in, options_of, tags_of
from cft_audio.errors import NameTakenError, RequestError
from cft_audio.files.output import Destination, check_writable
from cft_audio.library.practices import Library
from cft_audio.master.formats import SUFFIXES, refuse_suffix
from cft_audio.master.mastering import (
    BYTES_TAG,
    LEVELS_TAG,
    MasterSettings,
    Mix,
    Recording,
    master,
)
from cft_audio.master.tagging import read_tags
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

_MEANT_AS_FILE = re.compile(r"\.[a-z][a-z0-9]{1,4}", re.IGNORECASE)
"""The ending of a name by which a file is meant, and not a folder with a dot in its name."""

_LEVELS = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Built:
    """What was built of a request.

    Attributes:
        plan: The plan that was rendered.
        recording: The recording.
        beside: The files that were written beside it.
        notes: What a person should know of how they came out, as sentences.
    """

    plan: Plan
    recording: Recording
    beside: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        return self.recording.as_object() | {"beside": [str(file) for file in self.beside]}


def build(
    request: SessionRequest,
    destination: Destination,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> Built:
    """Make the recording of ``request``; it appears at ``destination`` whole or not at all.

    What was asked for beside it is written once it is there.

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
        settings = master_settings(request, destination.path.suffix, plan.timeline.length)
        options = options_of(request, plan.practice, figures, settings.coding)
        cover = cover_of(request, plan.practice, folders)
        again = again_of(request, plan.practice, settings.coding)
        sound_sha256 = hash_sound(plan, settings, voices)
        tags = tags_of(plan, options, again, sound_sha256, cover.jpeg)
        while True:
            place = destination
            if destination.in_folder:
                path = _own_path(destination.path, plan, tags, options)
                place = Destination(path, path.exists())
                if place.overwrite and not destination.overwrite:
                    made = made_before(path, plan)
                    break
            blocks = mix(plan.mix, lambda line: voices.clip(line).samples)
            try:
                mixed = Mix(blocks, plan.timeline.length)
                made = master(mixed, settings, tags, place, progress)
                break
            except NameTakenError:
                # Another build took the name meanwhile.
                if not destination.in_folder:
                    raise
    written = write_beside(
        plan, made.file, folders, overwrite=destination.overwrite, keep=made.was_there
    )
    return Built(plan, made, written.files, (*cover.notes, *written.notes))


def _own_path(plain: Path, plan: Plan, tags: Tags, options: Mapping[str, Any]) -> Path:
    """Return where in a folder a recording goes: where the same is, or a name that nothing has."""
    beside = plan.request.beside

    def is_free(path: Path) -> bool:
        others = (path, *paths_beside(path, beside, plan.practice))
        return not any(map(os.path.lexists, others))

    def is_same(path: Path) -> bool:
        found = read_tags(path)
        is_made = is_made_of(found, tags) and LEVELS_TAG in found
        # A copy that broke off may have all its tags, if they come first.
        return is_made and path.stat().st_size >= int(found.get(BYTES_TAG, "1"))

    return name_of_its_own(
        lambda told: plain.with_name(ending(plain.stem, told, plain.suffix)),
        lambda path: is_free(path) or is_same(path),
        lambda path: differences(options, options_in(read_tags(path))),
    )


def made_before(path: Path, plan: Plan) -> Recording:
    """Return the recording that is at ``path`` already, its levels as its tags have them."""
    lufs, dbtp, *voice = map(float, _LEVELS.findall(read_tags(path)[LEVELS_TAG]))
    length_s = seconds(plan.timeline.length)
    return Recording(path, length_s, voice[0] if voice else None, lufs, dbtp, was_there=True)


def hash_sound(plan: Plan, settings: MasterSettings, voices: SessionVoices) -> str:
    """Return a SHA-256, in hex, of all that is heard: what is said, where, and what is under it.

    It is made of what the recording lets everyone hear, and so tells nothing more of anybody.
    """
    timeline, told = plan.timeline, hashlib.sha256()
    sounds = plan.mix.sounds
    for placed in timeline.speech:
        told.update(f"{placed.start} {placed.length} {placed.gain_db}".encode())
        told.update(voices.clip(placed.line).pcm.tobytes())
    breaths = [astuple(breath) for breath in timeline.breaths]
    coding = settings.coding
    coded = [coding.format.name, coding.kbps, coding.channels, coding.rate]
    master = [settings.loudness_lufs, coded]
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


def choose_destination(
    request: SessionRequest, output: Path, folders: Folders, *, overwrite: bool
) -> Destination:
    """Return where a recording of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        output: A file, whose ending is a format's, or a folder.
        folders: Where its practice is found.
        overwrite: Whether an existing file may be replaced; in a folder only the same recording.

    Raises:
        RequestError: If loudness, tone, bed or the kind of file cannot be used.
        OutputError: If it could not be written there.
    """
    suffix = request.output.coding().format.suffix
    in_folder = Destination(output / file_name(request, suffix), overwrite, in_folder=True)
    destination = choose_file(request, Destination(output, overwrite), in_folder)
    master_settings(request, destination.path.suffix)
    if not destination.in_folder and request.beside != Beside():
        practice = Library(folders.scripts).open(request.session.practice).practice()
        check_beside(destination, request.beside, practice)
    return destination


def choose_file(request: SessionRequest, named: Destination, in_folder: Destination) -> Destination:
    """Return where what is made of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        named: What a person named: a file, whose ending is a format's, or a folder.
        in_folder: The file if it is a folder.

    Raises:
        RequestError: If loudness, tone, bed or the kind of file cannot be used.
        OutputError: If it could not be written there.
    """
    check_settings(request)
    output, suffix = named.path, named.path.suffix.lower()
    is_file = _MEANT_AS_FILE.fullmatch(suffix) and not output.is_dir()
    if is_file and suffix not in SUFFIXES:
        error = refuse_suffix(suffix, "output")
        error.where, error.remedy = str(output), f"{error.remedy}, or a folder that is there"
        raise error
    destination = named if is_file else in_folder
    check_writable(destination)
    return destination


def check_folder(output: Path) -> None:
    """Check that ``output``, into which several files go, is not named like one file.

    Raises:
        RequestError: If it is, and is no folder that is there.
    """
    if _MEANT_AS_FILE.fullmatch(output.suffix) and not output.is_dir():
        message = f"several files are written, and '{output.name}' is the name of one"
        raise RequestError(message, remedy="Name a folder", field="output", where=str(output))


def check_settings(request: SessionRequest) -> None:
    """Raise RequestError if loudness, format, tone, bed or cover of ``request`` cannot be used.

    Raises:
        RequestError: With what can be.
    """
    if not request.output.format:
        master_settings(request)
    check_sounds(request.tone, request.sound.bed, request.sound.bell)
    check_cover(request.output.cover)


def master_settings(
    request: SessionRequest, suffix: str = "", length: int | None = None
) -> MasterSettings:
    """Return loudness and coding for a file of that ending, and of so many samples if known."""
    length_s = request.session.length_s if length is None else seconds(length)
    return MasterSettings(request.sound.loudness_lufs, request.output.coding(suffix, length_s))
