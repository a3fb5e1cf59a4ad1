"""The words of a recording that is there, or of a session that is only planned, as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.beside.files import check_written, text_path, write_papers
from cft_audio.application.beside.kinds import TEXTS
from cft_audio.errors import RequestError, SoundError
from cft_audio.files.output import Destination, check_writable
from cft_audio.inspection.contents import read_contents
from cft_audio.languages.registry import language_of
from cft_audio.library.practices import Library
from cft_audio.papers.transcript import Transcript, transcript_as
from cft_audio.people.clients.made import note_made
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.beside.files import Written
    from cft_audio.files.folders import Folders

PLAIN = ("txt", "lrc", "vtt", "srt")
"""What can be printed as well as written."""


def words_of_file(file: Path, folders: Folders) -> Transcript:
    """Return the words of a recording, as it has them itself.

    Raises:
        SoundError: If it is no sound, or has no words with their times.
    """
    contents = read_contents(file)
    if not contents.captions:
        message = "it holds no words with their times"
        raise SoundError(message, remedy="Name a recording of this program", where=str(file))
    tags, library = contents.tags, Library(folders.scripts)
    title, technique, language = tags.get("title", file.stem), "", "en"
    if (name := tags.get("cft-audio practice", "")) in library.practice_files():
        practice = library.open(name).practice()
        technique, language = practice.technique, practice.language
    return Transcript(
        title,
        tags.get("artist", ""),
        tags.get("album", ""),
        technique,
        language,
        samples(contents.length_s),
        contents.chapters or (Chapter(title, 0),),
        contents.captions,
    )


def choose_words(
    output: Path | None, kinds: Sequence[str], stem: str, *, overwrite: bool
) -> Mapping[str, Path]:
    """Return where words go to by their formats, checked before any work is done.

    Args:
        output: A file, whose ending is a format's, or a folder; None to print them.
        kinds: The formats; none for what the file's name says, or plain text.
        stem: What the files in a folder are called, without an ending.
        overwrite: Whether files that are there may be replaced.

    Raises:
        RequestError: If the formats cannot be printed, or do not suit the file's name.
        OutputError: If it could not be written there.
    """
    if output is None:
        if len(kinds) > 1 or not set(kinds) <= set(PLAIN):
            remedy = "Name a file or a folder"
            raise RequestError("this cannot be printed", remedy=remedy, field="output")
        return {}
    suffix = output.suffix.lower().removeprefix(".")
    if suffix in TEXTS and not output.is_dir():
        if set(kinds) - {suffix}:
            message = f"the name of the file ends in .{suffix}, and {', '.join(kinds)} was asked"
            raise RequestError(message, remedy="Name a folder", field="output")
        files = {suffix: output}
    else:
        files = {kind: text_path(output / f"{stem}.mp3", kind) for kind in kinds or ("txt",)}
    for path in files.values():
        check_writable(Destination(path, overwrite))
    return files


def write_words(
    transcript: Transcript, files: Mapping[str, Path], folders: Folders, *, overwrite: bool
) -> Written:
    """Write words as ``choose_words`` says.

    Args:
        transcript: The words.
        files: Where they go, by their formats.
        folders: Where it is noted what was made for a client.
        overwrite: Whether files that are there may be replaced.

    Raises:
        OutputError: If they cannot be written.
    """
    papers = {path: words_as(kind, transcript) for kind, path in files.items()}
    written = check_written(write_papers(papers, overwrite=overwrite))
    note_made(written.files, folders)
    return written


def words_as(kind: str, transcript: Transcript) -> str:
    """Return words in the format of that name; for a PDF as HTML."""
    return transcript_as(kind, transcript, language_of(transcript.language).handout)
