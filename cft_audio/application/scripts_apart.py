"""Who renders a script: this process what comes with the program, a limited one everything else.

A script, or a partial, is often somebody's file from the internet. Jinja's sandbox keeps it from
the machine, and nothing keeps a template from calculating without end.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.files.limited_process import LimitedProcess, OverBudgetError
from cft_audio.files.limited_worker import Budget
from cft_audio.library.practices import Library
from cft_audio.planning.writer import ScriptWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from cft_audio.library.practices import PracticeFile
    from cft_audio.planning.session import Session
    from cft_audio.script.cues import Script

    Result = TypeVar("Result")

_PLANNING = Budget(starts=7)
"""For a plan; measured on the longest of our own practices: two starts."""

_TRYING = Budget(starts=10)
"""For a script tried at every length; measured likewise: five starts."""


@contextmanager
def open_writer(session: Session, library: Library) -> Iterator[ScriptWriter]:
    """Give the writer of a session's script.

    Raises:
        RequestError: If there is no such practice.
        ScriptError: If the practice cannot be read.
    """
    if library.open(session.practice).is_shipped:
        yield ScriptWriter(session, library)
        return
    crossing = replace(session, answers=dict(session.answers)), Library(library.folders)
    with LimitedProcess(_PLANNING, ScriptWriter, *crossing) as process:
        yield _WriterApart(session, library, process)


def try_script(
    file: PracticeFile, function: Callable[..., Result], library: Library, *arguments: object
) -> Result:
    """Return ``function(library, *arguments)``, which tries a script, computed where it belongs.

    Args:
        file: The script.
        function: A function of a module.
        library: Where it is found.
        *arguments: What else the function takes.

    Raises:
        ScriptError: If it takes more time or memory than a script may.
        CftAudioError: Whatever the function raises.
    """
    if file.is_shipped:
        return function(library, *arguments)
    with LimitedProcess(_TRYING, Library, library.folders) as process, _told(file.path.name):
        return process.run(function, *arguments)


class _WriterApart(ScriptWriter):
    """Writes as its like in a limited process does; the practice's front matter is read in both."""

    def __init__(self, session: Session, library: Library, process: LimitedProcess) -> None:
        super().__init__(session, library)
        self._process = process

    @property
    def practice_sha256(self) -> str:
        with _told(self.practice.file):
            return self._process.run(_sha256_of)

    def write(self, content_s: float) -> Script:
        with _told(self.practice.file):
            return self._process.run(ScriptWriter.write, content_s)


def _sha256_of(writer: ScriptWriter) -> str:
    return writer.practice_sha256


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Turn the end of a budget into the error of a script.

    Raises:
        ScriptError: In its place.
    """
    try:
        yield
    except OverBudgetError as error:
        message = "the script takes more time or memory than any practice needs"
        remedy = "Look for loops without end, and for texts or numbers that grow without measure"
        raise ScriptError([Problem(file, 0, message, remedy)]) from error
