"""The handout and the cover of a practice, for which nothing has to be known of a listener."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.answering import Answered
from cft_audio.application.beside.covers import design_of
from cft_audio.application.beside.files import check_written, handout_pages, write_papers
from cft_audio.application.beside.kinds import PAPERS
from cft_audio.application.naming import listener_in_names, slug
from cft_audio.application.requests import request_for
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.library.practices import Library
from cft_audio.people.clients.made import note_made
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.beside.files import Written
    from cft_audio.application.choices import Choices
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders

LARGEST_COVER = 4_000
"""Pixels a side: a podcast takes 3,000 at most (Apple Podcasts, "Artwork requirements")."""

SMALLEST_COVER = 64


def request_about(practice: str, choices: Choices, folders: Folders) -> SessionRequest:
    """Return a request that is enough for a page about a practice.

    Raises:
        RequestError: If there is no such practice, or a choice cannot be meant.
    """
    known = Library(folders.scripts).known_as(practice)
    name = choices["name"]
    return request_for(known, choices, Answered({"name": name} if name else {}), Voicing())


def choose_handout(
    request: SessionRequest, output: Path, kinds: Sequence[str], *, overwrite: bool
) -> Mapping[str, Path]:
    """Return where a handout goes to by its formats, checked before any work is done.

    Args:
        request: What it is about.
        output: A file, whose ending is a format's, or a folder.
        kinds: The formats; none for what the file's name says, or HTML.
        overwrite: Whether files that are there may be replaced.

    Raises:
        RequestError: If the formats do not suit the file's name.
        OutputError: If it could not be written there.
    """
    suffix = output.suffix.lower().removeprefix(".")
    if suffix in PAPERS and not output.is_dir():
        if set(kinds) - {suffix}:
            message = f"the name of the file ends in .{suffix}, and {', '.join(kinds)} was asked"
            raise RequestError(message, remedy="Name a folder", field="output")
        files = {suffix: output}
    else:
        named = request.session.practice.rpartition("/")[2].removesuffix(".md")
        stem = slug(named, listener_in_names(request), "handout")
        files = {kind: output / f"{stem}.{kind}" for kind in kinds or ("html",)}
    for path in files.values():
        check_writable(Destination(path, overwrite))
    return files


def write_handout(
    request: SessionRequest, files: Mapping[str, Path], folders: Folders, *, overwrite: bool
) -> Written:
    """Write a handout as ``choose_handout`` says, and its worksheet beside it.

    Raises:
        ScriptError: If the practice cannot be read.
        OutputError: If it cannot be written.
    """
    practice = Library(folders.scripts).open(request.session.practice).practice()
    pages = handout_pages(request, practice, request.session.length_s or 0.0, folders)
    papers = dict.fromkeys(files.values(), pages["handout"])
    if sheet := pages.get("worksheet"):
        for path in files.values():
            stem = path.stem.removesuffix("-handout")
            papers[path.with_name(f"{stem}-worksheet{path.suffix}")] = sheet
    written = check_written(write_papers(papers, overwrite=overwrite))
    note_made(written.files, folders)
    return written


def write_cover(
    request: SessionRequest, destination: Destination, size: int, folders: Folders, *, titled: bool
) -> None:
    """Write the cover of a practice as a JPEG.

    Args:
        request: What it is the cover of.
        destination: The file.
        size: Pixels a side.
        folders: Where its practice is found.
        titled: Whether its title stands on it.

    Raises:
        RequestError: If the size is none that a cover can have.
        ScriptError: If the practice cannot be read.
        OutputError: If it cannot be written.
    """
    from cft_audio.pictures.cover import draw_cover

    check_writable(destination)
    practice = Library(folders.scripts).open(request.session.practice).practice()
    drawn = draw_cover(design_of(request, practice, titled=titled), size)
    with new_file(destination) as part:
        part.write_bytes(drawn)
