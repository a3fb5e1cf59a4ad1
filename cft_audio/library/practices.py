"""The practices, figures and programmes in a person's folders, found by their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cft_audio.errors import RequestError, ScriptError
from cft_audio.files.folders import expanded
from cft_audio.library.shipped import is_shipped
from cft_audio.schema.files import read_text
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.front_matter import read_practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from cft_audio.errors import Problem
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates

File = TypeVar("File")
Thing = TypeVar("Thing")

ENDING = ".md"
"""Practices are Markdown, so that any editor shows them readably."""


@dataclass(frozen=True)
class PracticeFile:
    """A practice's file.

    Attributes:
        path: The file.
        library: Where its partials and figures are found.
    """

    path: Path
    library: Library

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the program, and everything that it is made from."""
        return is_shipped(self.path, self.library.folders)

    def read(self) -> tuple[Practice, list[Problem]]:
        """Return the practice and what is wrong with its front matter.

        Raises:
            ScriptError: If the file cannot be opened or is not UTF-8 text.
        """
        return read_practice(self.path, read_text(self.path, ScriptError))

    def practice(self) -> Practice:
        """Return the practice.

        Raises:
            ScriptError: If the file cannot be opened, or its front matter is wrong.
        """
        practice, problems = self.read()
        if problems:
            raise ScriptError(problems)
        return practice


@dataclass(frozen=True)
class Library:
    """The folders that practices, their partials, figures and programmes are taken from, in order.

    Attributes:
        folders: The folders; relative ones are taken from the current folder once and for all.
    """

    folders: tuple[Path, ...]

    def __post_init__(self) -> None:
        absolute = tuple(folder.absolute() for folder in self.folders)
        object.__setattr__(self, "folders", absolute)

    @cached_property
    def templates(self) -> Templates:
        """The templates of its folders, each compiled once however many sessions are planned."""
        from cft_audio.script.templates import Templates

        return Templates(self.folders)

    def open(self, name: str) -> PracticeFile:
        """Return the practice called ``name``, or the one in the file of that name.

        The partials and figures beside a file of the person's own come before all others.

        Raises:
            RequestError: If there is none.
        """
        files = self.practice_files()
        path = find_file(name, ENDING, files, "practice", "‹list practices›").absolute()
        is_own = name.endswith(ENDING)
        return PracticeFile(path, Library((path.parent, *self.folders)) if is_own else self)

    def practices(self) -> tuple[list[Practice], list[Problem]]:
        """Return every practice that can be read, sorted by id, and what is wrong with the rest."""
        files = self.practice_files().values()
        return read_each(files, lambda path: PracticeFile(path, self).practice())

    def practice_files(self) -> dict[str, Path]:
        """Return every practice's file by its id, sorted; the first folder that has one wins."""
        return self._files("", ENDING)

    def figure_files(self) -> dict[str, Path]:
        """Return every figure's file by its id, sorted."""
        return self._files("figures", ".toml")

    def programme_files(self) -> dict[str, Path]:
        """Return every programme's file by its id, sorted."""
        return self._files("programmes", ".toml")

    def _files(self, under: str, ending: str) -> dict[str, Path]:
        patterns = [(folder / under).glob(f"*{ending}") for folder in reversed(self.folders)]
        return dict(sorted({path.stem: path for paths in patterns for path in paths}.items()))


def read_each(
    files: Iterable[File], read: Callable[[File], Thing]
) -> tuple[list[Thing], list[Problem]]:
    """Return what ``files`` hold that can be read, and what is wrong with the others."""
    things: list[Thing] = []
    problems: list[Problem] = []
    for file in files:
        try:
            things.append(read(file))
        except ScriptError as error:
            problems += error.problems
    return things, problems


def find_file(name: str, ending: str, files: Mapping[str, Path], kind: str, every: str) -> Path:
    """Return the file called ``name`` among ``files``, or at the path ``name``.

    Args:
        name: An id, or a path with the ``ending``.
        ending: The ending of such files.
        files: The files by their ids.
        kind: What they hold: the field that names one.
        every: The step that shows them all.

    Raises:
        RequestError: If there is none.
    """
    if name.endswith(ending):
        path = expanded(name)
        if not path.is_file():
            raise RequestError(f"there is no file '{name}'", remedy="Check the path", field=kind)
        return path
    if name not in files:
        remedy = f"See them all: {every}. {did_you_mean(name, files)}"
        raise RequestError(f"there is no {kind} called '{name}'", remedy=remedy, field=kind)
    return files[name]
