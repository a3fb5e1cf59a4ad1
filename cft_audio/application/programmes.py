"""Programmes: which there are, and the plan of one as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.pages import care_page
from cft_audio.languages.registry import ENGLISH
from cft_audio.library.practices import Library, read_each
from cft_audio.library.programmes import read_programme
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme, ProgrammeSession


def list_programmes(folders: Folders) -> tuple[list[Programme], list[Problem]]:
    """Return every programme that can be read, by id, and what is wrong with the others."""
    library = Library(folders.scripts)
    files = library.programme_files().values()
    return read_each(files, lambda path: read_programme(path, library))


def programme_row(programme: Programme) -> dict[str, Any]:
    """Return what tells ``programme`` from others, as plain values; its length in seconds."""
    return {
        "id": programme.id,
        "title": programme.title,
        "sessions": len(programme.sessions),
        "length": programme.length_s,
        "summary": programme.summary,
    }


def advice(programme: Programme, library: Library) -> str:
    """Return whether a therapist's guidance is advised, and whom it is not for alone."""
    return " ".join(advised_lines(programme, library))


def advised_lines(programme: Programme, library: Library) -> list[str]:
    """Return the same, a line for each practice that it is said of."""
    practices = [library.open(session.practice).practice() for session in programme.sessions]
    advised = any(practice.about.therapist_advised for practice in practices)
    said = [ENGLISH.safety.therapist_advised.replace("this practice", "some of these practices")]
    alone = dict.fromkeys(
        f"{practice.title}: {' '.join(practice.about.not_alone)}"
        for practice in practices
        if practice.about.not_alone
    )
    return [*said * advised, *alone]


def of_course(step: ProgrammeSession, request: SessionRequest) -> SessionRequest:
    """Return what is wanted of a session, noting whether what it says first is the course's own."""
    own = request.session.form.first_words == step.first_words
    return replace(request, output=replace(request.output, is_courses_own=own))


def plan_page(programme: Programme, library: Library) -> list[str]:
    """Return the plan of ``programme`` as lines to read: what to do, and when."""
    practices = [f"{_title(s, library)}  ({s.practice})" for s in programme.sessions]
    return [*_plan(programme, programme.title, practices), *_care(programme, library)]


def album_page(
    programme: Programme, library: Library, listener: str, files: Sequence[str]
) -> list[str]:
    """Return the plan of ``programme`` as lines to read beside its recordings.

    Args:
        programme: The course.
        library: Where its practices are found.
        listener: Whom it is for; empty to say nothing of that.
        files: What the recordings are called, in order.
    """
    title = f"{programme.title}, for {listener}" if listener else programme.title
    practices = [
        f"{file}: {_title(session, library)}"
        for session, file in zip(programme.sessions, files, strict=True)
    ]
    return [*_plan(programme, title, practices), *_care(programme, library)]


def _plan(programme: Programme, title: str, practices: Sequence[str]) -> Iterator[str]:
    """Yield the title and each session, with a line on its practice."""
    indent = " " * 5
    yield from (title, "")
    if programme.summary:
        yield from (programme.summary, "")
    for number, (session, practice) in enumerate(
        zip(programme.sessions, practices, strict=True), start=1
    ):
        yield f"{number:3}  {session.title}  ({clock(session.length_s)})"
        yield f"{indent}{practice}"
        yield from (f"{indent}{' '.join(session.plan.split())}", "")


def _care(programme: Programme, library: Library) -> Iterator[str]:
    yield "What the recordings are not"
    yield from care_page(advice(programme, library))


def _title(session: ProgrammeSession, library: Library) -> str:
    return library.open(session.practice).practice().title
