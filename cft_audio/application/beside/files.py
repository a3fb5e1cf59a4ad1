"""The files beside a recording: its words, its handout and a worksheet."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.beside.captions import plan_captions
from cft_audio.application.tags import heading_of
from cft_audio.errors import NoBrowserError, OutputError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.printing import print_page
from cft_audio.languages.registry import language_of
from cft_audio.library.practices import Library
from cft_audio.papers.handout import HandoutSubject, handout_page, worksheet_page
from cft_audio.papers.transcript import Transcript, transcript_as
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import Beside, SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.script.practice import Practice


@dataclass(frozen=True)
class Written:
    """What was written beside a recording.

    Attributes:
        files: The files.
        notes: What could not be made, and what to do about it, as sentences.
    """

    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def paths_beside(recording: Path, beside: Beside, practice: Practice) -> Iterator[Path]:
    """Yield the files that come beside a recording."""
    yield from (text_path(recording, kind) for kind in beside.texts)
    for kind in beside.handouts:
        yield recording.with_name(f"{recording.stem}-handout.{kind}")
        if worksheet_page(practice, ""):
            yield recording.with_name(f"{recording.stem}-worksheet.{kind}")


def check_beside(recording: Destination, beside: Beside, practice: Practice) -> None:
    """Check that what comes beside a recording can be written; leave nothing behind.

    Raises:
        OutputError: If it cannot.
    """
    for path in paths_beside(recording.path, beside, practice):
        check_writable(Destination(path, recording.overwrite, recording.in_folder))


def pages_beside(plan: Plan, folders: Folders) -> Mapping[str, str]:
    """Return the pages that were asked for beside a recording, as HTML by their names.

    Args:
        plan: The plan.
        folders: Where its practice is found.

    Raises:
        ScriptError: If a handout of the author's own cannot be read.
    """
    if not plan.request.beside.handouts:
        return {}
    length_s = round(seconds(plan.timeline.length))
    return handout_pages(plan.request, plan.practice, length_s, folders)


def write_beside(
    plan: Plan,
    recording: Path,
    pages: Mapping[str, str],
    *,
    overwrite: bool,
    keep: bool = False,
) -> Written:
    """Write what was asked for beside a recording, each file whole or not at all.

    Args:
        plan: The plan that was rendered.
        recording: The recording.
        pages: Its pages, as ``pages_beside`` gives them.
        overwrite: Whether files that are there may be replaced.
        keep: Whether files that are there are left as they are, and only the others written.

    Raises:
        OutputError: If one cannot be written.
    """
    beside, papers = plan.request.beside, dict[Path, str]()
    if beside.texts:
        transcript = plan_transcript(plan)
        words = language_of(transcript.language).handout
        for kind in beside.texts:
            papers[text_path(recording, kind)] = transcript_as(kind, transcript, words)
    for kind in beside.handouts:
        for name, html in pages.items():
            papers[recording.with_name(f"{recording.stem}-{name}.{kind}")] = html
    missing = {path: text for path, text in papers.items() if not os.path.lexists(path)}
    return write_papers(missing if keep else papers, overwrite=overwrite)


def handout_pages(
    request: SessionRequest, practice: Practice, length_s: float, folders: Folders
) -> Mapping[str, str]:
    """Return the handout of a session, and its worksheet if it has one, as HTML by their names.

    Args:
        request: The session.
        practice: Its practice.
        length_s: Seconds that it lasts; 0 to leave that out.
        folders: Where its practice is found.

    Raises:
        ScriptError: If a handout of the author's own cannot be read.
    """
    own = Library(folders.scripts).open(request.session.practice).handout()
    subject = HandoutSubject(heading_of(request, practice), practice, length_s, own)
    title = request.output.title or practice.title
    sheet = worksheet_page(practice, title)
    handout = handout_page(subject, language_of(practice.language))
    return {"handout": handout, **({"worksheet": sheet} if sheet else {})}


def plan_transcript(plan: Plan) -> Transcript:
    """Return the words of a plan, without what its listener keeps to themselves."""
    practice, output, timeline = plan.practice, plan.request.output, plan.timeline
    return Transcript(
        heading_of(plan.request, practice),
        output.artist,
        output.album,
        practice.technique,
        practice.language,
        timeline.length,
        timeline.chapters,
        plan_captions(plan),
    )


def write_papers(papers: Mapping[Path, str], *, overwrite: bool) -> Written:
    """Write texts to files, a PDF by printing it; all of them, or none that is new.

    Where nothing on this machine prints, the page itself is written in the PDF's place.

    Args:
        papers: The texts by their files.
        overwrite: Whether files that are there may be replaced.

    Raises:
        OutputError: If one cannot be written.
    """
    for path in papers:
        check_writable(Destination(path, overwrite))
    files, notes = list[Path](), list[str]()
    new = [path for path in papers if not os.path.lexists(path)]
    try:
        for path, text in papers.items():
            try:
                _write_paper(path, text, overwrite=overwrite)
            except NoBrowserError as error:
                notes.append(str(error))
                page = path.with_suffix(".html")
                if page in papers or (os.path.lexists(page) and not overwrite):
                    continue
                new += [page] * (not os.path.lexists(page))
                _write_paper(page, text, overwrite=overwrite)
                files.append(page)
            else:
                files.append(path)
    except BaseException:
        for path in {*files} & {*new}:
            path.unlink(missing_ok=True)
        raise
    return Written(tuple(files), tuple(dict.fromkeys(notes)))


def check_written(written: Written) -> Written:
    """Return what was written, where that is what was asked for and not beside something else.

    Raises:
        OutputError: If it is nothing.
    """
    if not written.files:
        raise OutputError(written.notes[0].rstrip("."))
    return written


def _write_paper(path: Path, text: str, *, overwrite: bool) -> None:
    with new_file(Destination(path, overwrite)) as part:
        if path.suffix == ".pdf":
            print_page(text, part, path)
        else:
            part.write_text(text, encoding="utf-8", newline="\n")


def text_path(recording: Path, kind: str) -> Path:
    """Return where the words of a recording go; captions where players look for them."""
    if kind in ("html", "pdf"):
        return recording.with_name(f"{recording.stem}-words.{kind}")
    return recording.with_suffix(f".{kind}")
