"""A recording as a folder of its chapters, each a numbered file of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.application.beside.captions import plan_captions
from cft_audio.application.beside.files import pages_beside, paths_beside, write_beside
from cft_audio.application.naming import ending, file_name, name_of_its_own
from cft_audio.application.plans import open_plan
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.recordings import (
    Built,
    check_folder,
    check_settings,
    made_before,
)
from cft_audio.application.rendering import prepare
from cft_audio.application.tags import VIEW_TAG, heading_of, is_made_of
from cft_audio.captions.files import as_lrc, as_text, changes_of
from cft_audio.files.faults import output_errors
from cft_audio.files.output import Destination, check_writable
from cft_audio.files.whole_folder import open_to_usual, replace_folder
from cft_audio.master.mastering import Mix, Section, master_sections
from cft_audio.master.tagging import read_tags
from cft_audio.master.tags import Lyric
from cft_audio.mix.mixer import mix
from cft_audio.people.clients.made import note_kept, note_made
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cft_audio.application.plans import Plan
    from cft_audio.application.rendering import Prepared
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.files.kept_files import KeptFiles
    from cft_audio.master.mastering import Recording
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Mono

_LONGEST_TITLE = 60
"""Characters of a title in a file's name: of any script, they fit into its 255 bytes."""


def choose_chapter_folder(request: SessionRequest, output: Path) -> Path:
    """Return the folder that the chapters of ``request`` get, checked before any work is done.

    Raises:
        RequestError: If a setting cannot be used, or ``output`` is named like a file.
        OutputError: If nothing could be written there.
    """
    check_settings(request)
    check_folder(output)
    folder = output / file_name(request, "")
    check_writable(Destination(folder / "01", overwrite=True))
    return folder


def build_chapters(  # noqa: PLR0913 -- one request, and where and how
    request: SessionRequest,
    folder: Path,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
    *,
    overwrite: bool,
) -> Built:
    """Make a recording of each chapter of ``request``; they appear all together or not at all.

    A folder of that name with other things in it is left as it is: the chapters then get one whose
    name is numbered.

    Args:
        request: The session.
        folder: Where they go, as ``choose_chapter_folder`` gives it.
        folders: Where practices and voices are found, and takes are kept.
        progress: Told the stage and how much of it is done.
        warn: Told the words that a voice may get wrong, before it says them.
        overwrite: Whether the same chapters, if they are there, are made anew.

    Raises:
        CftAudioError: As ``recordings.build``.
    """
    with open_plan(request, folders, progress, warn) as (plan, voices):
        prepared = prepare(plan, voices, folders)
        sections = list(_sections(prepared))
        place = name_of_its_own(
            lambda told: folder.with_name(ending(folder.name, told)),
            lambda path: not os.path.lexists(path) or _holds(path, sections, plan),
            lambda _: (),
        )
        if place.exists() and not overwrite:
            first = made_before(place / sections[0].name, plan)
            note_kept(place.iterdir(), folders)
            return Built(plan, replace(first, file=place))
        with output_errors(place), replace_folder(place, lambda: None) as beside:
            made = render_chapters(
                prepared, lambda line: voices.clip(line).samples, beside, progress
            )
            inside = _inside(place, prepared.settings.coding.format.suffix)
            pages = pages_beside(plan, folders)
            written = write_beside(plan, beside / inside.name, pages, overwrite=True)
            open_to_usual(beside)
    note_made(place.iterdir(), folders)
    recording = replace(made[0], file=place, duration_s=seconds(plan.timeline.length))
    files = tuple(place / file.name for file in written.files)
    return Built(plan, recording, files, (*prepared.notes, *written.notes))


def render_chapters(
    prepared: Prepared,
    clip_of: Callable[[Line], Mono],
    folder: Path,
    progress: Progress,
    kept: KeptFiles | None = None,
) -> list[Recording]:
    """Make a recording of each chapter into an empty folder.

    Args:
        prepared: The whole.
        clip_of: Gives the clip of a line.
        folder: The folder.
        progress: Told the stage and how much of it is done.
        kept: Where beds are kept for other recordings; None for nowhere.

    Raises:
        CftAudioError: As ``mastering.master_sections``, or if a sound file cannot be used.
    """
    mixed = Mix(mix(prepared.plan.mix, clip_of, kept=kept), prepared.plan.timeline.length)
    sections = [*_sections(prepared)]
    return master_sections(mixed, prepared.settings, sections, folder, progress)


def _holds(folder: Path, sections: list[Section], plan: Plan) -> bool:
    """Return whether a folder holds these very chapters, and nothing of anybody's beside them."""
    if not folder.is_dir():
        return False
    files = [folder / section.name for section in sections]
    beside = paths_beside(_inside(folder, files[0].suffix), plan.request.beside, plan.practice)
    return {*folder.iterdir()} <= {*files, *beside} and all(
        file.is_file() and is_made_of(read_tags(file), section.tags)
        for file, section in zip(files, sections, strict=True)
    )


def _inside(folder: Path, suffix: str) -> Path:
    """Return the recording that what comes beside the chapters is named like."""
    return folder / f"{folder.name}{suffix}"


def _sections(prepared: Prepared) -> Iterator[Section]:
    """Yield the chapters of a recording: as an album of its own, each with its words."""
    plan, whole = prepared.plan, prepared.tags
    suffix = prepared.settings.coding.format.suffix
    timeline, captions = plan.timeline, plan_captions(plan)
    stops = [*(chapter.start for chapter in timeline.chapters[1:]), timeline.length]
    count = len(stops)
    build = {name: text for name, text in whole.build.items() if name != VIEW_TAG}
    for number, (chapter, stop) in enumerate(zip(timeline.chapters, stops, strict=True), start=1):
        said = [
            replace(c, start=c.start - chapter.start, stop=min(c.stop, stop) - chapter.start)
            for c in captions
            if c.chapter == number - 1
        ]
        title, length = chapter.title, stop - chapter.start
        plain = "".join(letter for letter in title if letter.isalnum() or letter in " -")
        name = f"{number:0{len(str(count))}} {plain.strip()[:_LONGEST_TITLE].strip()}{suffix}"
        tags = replace(
            whole,
            title=title,
            album=heading_of(plan.request, plan.practice),
            track=f"{number}/{count}",
            chapters=(),
            transcript=tuple(Lyric(text, start) for text, start in changes_of(said)),
            words=as_text(said),
            synchronised=as_lrc(said, title, whole.artist, whole.title, length),
            build=build,
        )
        yield Section(name, stop, tags)
