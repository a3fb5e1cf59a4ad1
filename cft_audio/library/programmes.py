"""Programmes found and read, with everything that is wrong in a file told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, ScriptError
from cft_audio.library.practices import find_file
from cft_audio.library.programme import Programme
from cft_audio.schema.durations import clock
from cft_audio.schema.files import read_toml
from cft_audio.schema.nodes import Scalar
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.draw import Draw
from cft_audio.script.form import Form, core_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.library.practices import Library
    from cft_audio.library.programme import ProgrammeSession


def find_programme(name: str, library: Library) -> Programme:
    """Return the programme called ``name``, or the one in the TOML file of that name.

    Raises:
        RequestError: If there is none.
        ScriptError: With everything wrong in its file.
    """
    files = library.programme_files()
    path = find_file(name, ".toml", files, "programme", _title_of)
    return read_programme(path, library)


def _title_of(path: Path) -> str:
    """Return the title in a programme's file; empty where it has none that can be read."""
    try:
        title = read_toml(path, ScriptError).entries.get("title")
    except ScriptError:
        return ""
    return str(title.value) if isinstance(title, Scalar) else ""


def read_programme(path: Path, library: Library) -> Programme:
    """Return the programme in ``path``.

    Args:
        path: Its file.
        library: Where its practices have to be found.

    Raises:
        ScriptError: With everything wrong in it.
    """
    table = read_toml(path, ScriptError)
    reader = Reader(str(path), ScriptError)
    programme = reader.fill(Programme, table, id=path.stem)
    if not programme.sessions:
        line = table.line_of("session")
        reader.report(line, "there is no session", "Begin each with [[session]]")
    practices = library.practice_files()
    for number, session in enumerate(programme.sessions):
        if session.practice and session.practice not in practices:
            line = table.line_of("session", number, "practice")
            message = f"session {number + 1}: there is no practice '{session.practice}'"
            reader.report(line, message, did_you_mean(session.practice, practices))
        elif session.practice:
            for key, message, remedy in _faults(session, library):
                line = table.line_of("session", number, key)
                reader.report(line, f"session {number + 1}: {message}", remedy)
    reader.check()
    return programme


def _faults(session: ProgrammeSession, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield what a session's practice cannot be told as: the entry, the fault, and what to do.

    A practice that cannot be read is told of where it is made.
    """
    try:
        practice = library.open(session.practice).practice()
    except ScriptError:
        return
    if session.length_s < practice.shortest_s:
        message = f"'{session.practice}' is offered from {clock(practice.shortest_s)}"
        yield "minutes", message, "Give it longer, or choose another practice"
    try:
        form = Form(session.core, first_words=session.first_words)
        core_of(practice, form, Draw(practice.id, session.seed))
    except RequestError as error:
        yield error.field, error.message, error.remedy
