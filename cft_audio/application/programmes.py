"""Programmes: which there are, and the plan of one as a page."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.languages.pack import SAFETY
from cft_audio.library.practices import Library
from cft_audio.library.programmes import find_programme, read_programme
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme

_WIDTH = 78


def list_programmes(folders: Folders) -> tuple[list[Programme], list[Problem]]:
    """Return every programme that can be read, by id, and what is wrong with the others."""
    library = Library(folders.scripts)
    programmes: list[Programme] = []
    problems: list[Problem] = []
    for path in library.programme_files().values():
        try:
            programmes.append(read_programme(path, library))
        except ScriptError as error:
            problems += error.problems
    return programmes, problems


def read_programme_called(name: str, folders: Folders) -> Programme:
    """Return the programme called ``name``, or the one in the TOML file of that name.

    Raises:
        RequestError: If there is none.
        ScriptError: With everything wrong in its file.
    """
    return find_programme(name, Library(folders.scripts))


def advice(programme: Programme, folders: Folders) -> str:
    """Return a word of care where a therapist's guidance is advised; else nothing."""
    library = Library(folders.scripts)
    advised = any(
        library.open(session.practice).practice().about.therapist_advised
        for session in programme.sessions
    )
    return SAFETY.therapist_advised.replace("this practice", "some of these practices") * advised


def plan_page(programme: Programme, folders: Folders) -> list[str]:
    """Return the plan of ``programme`` as lines to read: what to do, and when."""
    lines = [programme.title, ""]
    if programme.summary:
        lines += [*textwrap.wrap(programme.summary, _WIDTH), ""]
    for number, session in enumerate(programme.sessions, start=1):
        lines.append(f"{number:3}  {session.title}  ({clock(session.length_s)})")
        indent = " " * 5
        lines.append(f"{indent}{session.practice}")
        wrapper = {"initial_indent": indent, "subsequent_indent": indent}
        lines += textwrap.wrap(session.plan, _WIDTH, **wrapper)  # type: ignore[arg-type]
        lines.append("")
    return lines + textwrap.wrap(advice(programme, folders), _WIDTH)
