"""Building: a plan rendered into one tagged recording at its place."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.application.beside.covers import check_cover
from cft_audio.application.beside.files import (
    check_beside,
    pages_beside,
    paths_beside,
    write_beside,
)
from cft_audio.application.naming import differences, ending, file_name, name_of_its_own
from cft_audio.application.plans import Plan, open_plan
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.rendering import Prepared, master_settings, prepare, render
from cft_audio.application.request import Beside
from cft_audio.application.tags import is_made_of, options_in
from cft_audio.errors import NameTakenError, RequestError
from cft_audio.files.output import Destination, check_writable
from cft_audio.library.practices import Library
from cft_audio.master.formats import SUFFIXES, refuse_suffix
from cft_audio.master.mastering import (
    BYTES_TAG,
    LEVELS_TAG,
    Recording,
)
from cft_audio.master.tagging import read_tags
from cft_audio.people.clients.made import note_kept, note_made
from cft_audio.signal.audio import seconds
from cft_audio.sound.check import check_sounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.master.tags import Tags

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


def build(  # noqa: PLR0913 -- one request, and who is told of it
    request: SessionRequest,
    destination: Destination,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
    *,
    in_place: Callable[[], object] = lambda: None,
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
        in_place: Called once the recording is at its place.

    Raises:
        CftAudioError: As ``plans.plan``; SoundError if the bed's file cannot be used, OutputError
            if it cannot be written, RequestError if its loudness cannot be reached.
    """
    with open_plan(request, folders, progress, warn) as (plan, voices):
        prepared = prepare(plan, voices, folders, destination.path.suffix)
        pages = pages_beside(plan, folders)
        while True:
            place = destination
            if destination.in_folder:
                path = _own_path(destination.path, prepared)
                place = Destination(path, path.exists())
                if place.overwrite and not destination.overwrite:
                    made = made_before(path, plan)
                    break
            try:
                made = render(prepared, lambda line: voices.clip(line).samples, place, progress)
                break
            except NameTakenError:
                # Another build took the name meanwhile.
                if not destination.in_folder:
                    raise
    in_place()
    # At once, so that forgetting finds it even where what stands beside it is interrupted.
    if made.was_there:
        note_kept([made.file], folders)
    else:
        note_made([made.file], folders)
    written = write_beside(
        plan, made.file, pages, overwrite=destination.overwrite, keep=made.was_there
    )
    if written.files:
        note_made(written.files, folders)
    return Built(plan, made, written.files, (*prepared.notes, *written.notes))


def build_to_keep(
    progress: Progress, request: SessionRequest, folder: Path, folders: Folders
) -> dict[str, Any]:
    """Make a recording in a folder, and return what the queue of jobs keeps of it, as plain values.

    Raises:
        CftAudioError: As ``build``.
    """
    from cft_audio.running.making import let_finish

    destination = choose_destination(request, folder, folders, overwrite=False)
    # Once it is in place it is made, whoever stops what is left to do.
    built = build(request, destination, folders, progress, in_place=let_finish)
    return {
        "file": str(built.recording.file),
        "bytes": built.recording.file.stat().st_size,
        "length_s": built.recording.duration_s,
        "beside": [str(file) for file in built.beside],
        "notes": list(built.notes),
    }


def _own_path(plain: Path, prepared: Prepared) -> Path:
    """Return where in a folder a recording goes: where the same is, or a name that nothing has."""
    plan = prepared.plan

    def is_free(path: Path) -> bool:
        others = (path, *paths_beside(path, plan.request.beside, plan.practice))
        return not any(map(os.path.lexists, others))

    return name_of_its_own(
        lambda told: plain.with_name(ending(plain.stem, told, plain.suffix)),
        lambda path: is_free(path) or is_recording_of(path, prepared.tags),
        lambda path: differences(prepared.options, options_in(read_tags(path))),
    )


def is_recording_of(path: Path, tags: Tags) -> bool:
    """Return whether a whole recording is at ``path`` that says of itself what ``tags`` do."""
    found = read_tags(path)
    is_made = is_made_of(found, tags) and LEVELS_TAG in found
    # A copy that broke off may have all its tags, if they come first.
    return is_made and path.stat().st_size >= int(found.get(BYTES_TAG, "1"))


def made_before(path: Path, plan: Plan) -> Recording:
    """Return the recording that is at ``path`` already, its levels as its tags have them."""
    lufs, dbtp, *voice = map(float, _LEVELS.findall(read_tags(path)[LEVELS_TAG]))
    length_s = seconds(plan.timeline.length)
    return Recording(path, length_s, voice[0] if voice else None, lufs, dbtp, was_there=True)


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
