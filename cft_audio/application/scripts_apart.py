"""Who renders a script: this process what comes with the program, a limited one everything else.

A script, or a partial, is often somebody's file from the internet. Jinja's sandbox keeps it from
the machine, and nothing keeps a template from calculating without end.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import CftAudioError, Problem, ScriptError
from cft_audio.files.limited_process import LimitedProcess, OverBudgetError
from cft_audio.files.limited_worker import Budget
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.sample import sample_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from cft_audio.library.practices import PracticeFile
    from cft_audio.planning.session import Session
    from cft_audio.script.cues import Script
    from cft_audio.script.telling import Telling

    Result = TypeVar("Result")

_PLANNING = Budget(starts=20, first=12, patience_s=60.0)
"""For a plan; copies of our own practices take less than half (``test_scripts_apart.py``)."""

_TRYING = Budget(starts=120, first=12, patience_s=60.0)
"""For a script tried in every way, once it was rendered in one; likewise. Where that one fails, its
budget is all there is."""


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
    with LimitedProcess(_PLANNING, ScriptWriter, *_crossing(session, library)) as process:
        yield _WriterApart(session, library, process)


WriterOf: TypeAlias = "Callable[[Session, Library], AbstractContextManager[ScriptWriter]]"
"""Gives the writer of a session's script, as ``open_writer`` does."""


class KeptWriters(AbstractContextManager["KeptWriters"]):
    """Gives writers as ``open_writer`` does, and keeps the process of the last script for the next.

    For whoever estimates or plans the same script again and again: each writer reads it anew, with
    a budget of its own, but starting the process takes longer than all the rest. It ends where
    another script is asked for or something goes wrong, with the block, and with the process that
    keeps it.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, LimitedProcess, ExitStack] | None = None

    def __exit__(self, *_: object) -> None:
        if self._kept:
            self._kept[2].close()

    @contextmanager
    def open(self, session: Session, library: Library) -> Iterator[ScriptWriter]:
        """Give the writer of a session's script; see ``open_writer``."""
        file = library.open(session.practice)
        if file.is_shipped:
            yield ScriptWriter(session, library)
            return
        script, crossing = (file.path, library.folders), _crossing(session, library)
        kept, self._kept = self._kept, None
        with ExitStack() as stack:
            if kept and kept[0] == script:
                process = kept[1]
                stack.push(kept[2])
                process.make_another(*crossing)
            else:
                if kept:
                    kept[2].close()
                process = stack.enter_context(LimitedProcess(_PLANNING, ScriptWriter, *crossing))
            yield _WriterApart(session, library, process)
            self._kept = script, process, stack.pop_all()


def _crossing(session: Session, library: Library) -> tuple[Session, Library]:
    """Return what of a session and a library can be pickled, and is read anew."""
    return replace(session, answers=dict(session.answers)), Library(library.folders)


def try_script(
    file: PracticeFile, function: Callable[..., Result], library: Library, name: str, *more: object
) -> Result:
    """Return ``function(library, name, *more)``, which tries a script, computed where it belongs.

    Args:
        file: The script.
        function: A function of a module.
        library: Where it is found.
        name: Its name or path.
        *more: What else the function takes.

    Raises:
        ScriptError: If it takes more time or memory than a script may.
        CftAudioError: Whatever the function raises.
    """
    if file.is_shipped:
        return function(library, name, *more)
    with LimitedProcess(_TRYING, Library, library.folders) as process, _told(str(file.path)):
        with suppress(CftAudioError):  # why it fails is told by who looks closer
            process.run(_render_once, name)
        return process.run(function, name, *more)


def _render_once(library: Library, name: str) -> None:
    """Render a script with sample answers."""
    file = library.open(name)
    figures = partial(find_figure, library=file.library)
    sample_titles(file.practice(), file.library.templates, figures)


class _WriterApart(ScriptWriter):
    """Writes as its like in a limited process does; the practice's front matter is read in both."""

    def __init__(self, session: Session, library: Library, process: LimitedProcess) -> None:
        super().__init__(session, library)
        self._process = process
        self._script = str(library.open(session.practice).path)

    def check_structure(self) -> None:
        """Leave it to its like in the process, which is made before it is asked anything."""

    @property
    def telling(self) -> Telling:
        with _told(self._script):
            return self._process.run(_telling_of)

    @property
    def practice_sha256(self) -> str:
        with _told(self._script):
            return self._process.run(_sha256_of)

    def write(self, content_s: float, lasts_s: float = 0.0) -> Script:
        with _told(self._script):
            return self._process.run(ScriptWriter.write, content_s, lasts_s)

    def write_unedited(self, content_s: float, lasts_s: float = 0.0) -> Script:
        with _told(self._script):
            return self._process.run(ScriptWriter.write_unedited, content_s, lasts_s)


def _telling_of(writer: ScriptWriter) -> Telling:
    return writer.telling


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
