"""Programmes: which there are, and the plan of one as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cft_audio.languages.registry import ENGLISH
from cft_audio.library.practices import Library, read_each
from cft_audio.library.programmes import read_programme
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme


def list_programmes(folders: Folders) -> tuple[list[Programme], list[Problem]]:
    """Return every programme that can be read, by id, and what is wrong with the others."""
    library = Library(folders.scripts)
    files = library.programme_files().values()
    return read_each(files, lambda path: read_programme(path, library))


def programme_row(programme: Programme) -> dict[str, Any]:
    """Return what tells ``programme`` from others, as plain values; its length for people too."""
    return {
        "id": programme.id,
        "title": programme.title,
        "sessions": len(programme.sessions),
        "length": clock(programme.length_s),
        "length_s": programme.length_s,
        "summary": programme.summary,
    }


def advice(programme: Programme, library: Library) -> str:
    """Return a word of care where a therapist's guidance is advised; else nothing."""
    advised = any(
        library.open(session.practice).practice().about.therapist_advised
        for session in programme.sessions
    )
    return (
        ENGLISH.safety.therapist_advised.replace("this practice", "some of these practices")
        * advised
    )


def plan_page(programme: Programme, library: Library) -> list[str]:
    """Return the plan of ``programme`` as lines to read: what to do, when, and what it is not."""
    lines, indent = [programme.title, ""], " " * 5
    names = dict.fromkeys(session.practice for session in programme.sessions)
    titles = {name: library.open(name).practice().title for name in names}
    if programme.summary:
        lines += [programme.summary, ""]
    for number, session in enumerate(programme.sessions, start=1):
        heading = f"{number:3}  {session.title}  ({clock(session.length_s)})"
        lines += [heading, f"{indent}{titles[session.practice]}  ({session.practice})"]
        lines += [f"{indent}{' '.join(session.plan.split())}", ""]
    care, safety = advice(programme, library), ENGLISH.safety
    lines += [*([care] if care else []), f"{safety.not_treatment} {safety.emergency}"]
    return lines + [f"  {country:<15}  {line}" for country, line in safety.helplines.items()]
