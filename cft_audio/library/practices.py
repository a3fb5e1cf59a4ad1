"""The practices, figures and programmes in a person's folders, found by their names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from cft_audio.errors import RequestError, ScriptError
from cft_audio.files.folders import expanded
from cft_audio.schema.files import read_text
from cft_audio.schema.suggest import nearest
from cft_audio.script.front_matter import read_practice
from cft_audio.script.shipped import is_shipped

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

HANDOUT = "handout.md"
"""What is written beside a script for its handout: ``NAME.handout.md``, or this for all in a
folder."""

_REMEDIES = {
    "practice": "See them all: ‹list practices›. Find one to begin with: ‹choose practice›.",
    "programme": "See them all: ‹list programmes›.",
}
"""What to do about a name that nothing has, by the field that gave it."""


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
    def name(self) -> str:
        """What its library finds it by."""
        return str(self.path) if self.path.stem.endswith(ENDING) else self.path.stem

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the program, and everything that it is made from."""
        return is_shipped(self.path, self.library.folders)

    def read(self) -> tuple[Practice, list[Problem]]:
        """Return the practice and what is wrong with its front matter.

        Raises:
            ScriptError: If the file cannot be opened or is not UTF-8 text.
        """
        practice, problems = _practice_in(self.path, read_text(self.path, ScriptError))
        return practice, self.located(problems)

    def handout(self) -> str:
        """Return what its author wrote for its handout, as Markdown; empty for nothing.

        Raises:
            ScriptError: If that cannot be opened, or is not UTF-8 text.
        """
        beside = (self.path.with_name(f"{self.path.stem}.{HANDOUT}"), self.path.with_name(HANDOUT))
        found = next((file for file in beside if file.is_file()), None)
        return read_text(found, ScriptError) if found else ""

    def practice(self) -> Practice:
        """Return the practice.

        Raises:
            ScriptError: If the file cannot be opened, or its front matter is wrong.
        """
        practice, problems = self.read()
        if problems:
            raise ScriptError(problems)
        return practice

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return ``problems`` of the practice and its partials with the paths of their files."""
        folders = self.library.folders
        return [replace(problem, file=self._path_of(problem.file, folders)) for problem in problems]

    def _path_of(self, file: str, folders: Iterable[Path]) -> str:
        paths = [self.path] if file == self.path.name else [folder / file for folder in folders]
        return next((str(path) for path in paths if path.is_file()), file)


@lru_cache(maxsize=64)
def _practice_in(path: Path, text: str) -> tuple[Practice, tuple[Problem, ...]]:
    """Return the practice that a file holds and what is wrong with it, as ``read_practice``.

    A roster asks a thousand times for the same few, and reading one takes 15 ms.
    """
    practice, problems = read_practice(path, text)
    return practice, tuple(problems)


@lru_cache(maxsize=8)
def _templates_of(folders: tuple[Path, ...]) -> Templates:
    """Return the templates of these folders; a file that is changed is read anew."""
    from cft_audio.script.templates import Templates

    return Templates(folders)


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
        return _templates_of(self.folders)

    def open(self, name: str) -> PracticeFile:
        """Return the practice called ``name``, or the one in the file of that name.

        The partials and figures beside a file of the person's own come before all others.

        Raises:
            RequestError: If there is none.
        """
        files = self.practice_files()
        path = find_file(name, ENDING, files, "practice", _title_of_practice).absolute()
        is_own = expanded(name).name.endswith(ENDING)
        return PracticeFile(path, Library((path.parent, *self.folders)) if is_own else self)

    def known_as(self, name: str) -> str:
        """Return the id of the practice called ``name``; the path of a file stays as it is.

        Raises:
            RequestError: If there is none.
        """
        path = expanded(name)
        return str(path) if path.name.endswith(ENDING) else self.open(name).path.stem

    def practices(self) -> tuple[list[Practice], list[Problem]]:
        """Return every practice that can be read, sorted by id, and what is wrong with the rest."""
        files = self.practice_files().values()
        return read_each(files, lambda path: PracticeFile(path, self).practice())

    def is_own(self, practice: str) -> bool:
        """Return whether a practice, by its id, is the person's own: the last folder is shipped."""
        return self.practice_files()[practice].parent != self.folders[-1]

    def practice_files(self) -> dict[str, Path]:
        """Return every practice's file by its id, sorted; the first folder that has one wins."""
        files = self._files("", ENDING)
        return {name: path for name, path in files.items() if not _is_handout(path)}

    def figure_files(self) -> dict[str, Path]:
        """Return every figure's file by its id, sorted."""
        return self._files("figures", ".toml")

    def programme_files(self) -> dict[str, Path]:
        """Return every programme's file by its id, sorted."""
        return self._files("programmes", ".toml")

    def _files(self, under: str, ending: str) -> dict[str, Path]:
        patterns = [(folder / under).glob(f"*{ending}") for folder in reversed(self.folders)]
        return dict(sorted({path.stem: path for paths in patterns for path in paths}.items()))


def _is_handout(path: Path) -> bool:
    return path.name == HANDOUT or path.name.endswith(f".{HANDOUT}")


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


def find_file(
    name: str,
    ending: str,
    files: Mapping[str, Path],
    kind: str,
    title_of: Callable[[Path], str],
) -> Path:
    """Return the file called ``name`` among ``files``, or at the path ``name``.

    Args:
        name: An id or a title, in capitals or not, or a path with the ``ending``.
        ending: The ending of such files.
        files: The files by their ids.
        kind: What they hold: the field that names one.
        title_of: Gives the title of such a file; empty where it has none.

    Raises:
        RequestError: If there is none, or two have that title.
    """
    path = expanded(name)
    if path.name.endswith(ending):
        if not path.is_file():
            raise RequestError(f"there is no file '{name}'", remedy="Check the path", field=kind)
        return path
    if name in files:
        return files[name]
    return _file_by_title(name, ending, files, kind, title_of)


def _file_by_title(
    name: str,
    ending: str,
    files: Mapping[str, Path],
    kind: str,
    title_of: Callable[[Path], str],
) -> Path:
    """Return the file whose id or title is nearly ``name``, as ``find_file``."""
    by_id = {title_key(known): known for known in files}
    titles = {known: title_of(path) for known, path in files.items()}
    meant = [known for known, title in titles.items() if title_key(title) == title_key(name) != ""]
    if title_key(name) in by_id:
        meant = [by_id[title_key(name)]]
    if len(meant) > 1:
        message = f"there are {len(meant)} called '{name}': {', '.join(meant)}"
        raise RequestError(message, remedy="Give the name of the one you mean", field=kind)
    if meant:
        return files[meant[0]]
    if os.path.isfile(expanded(name)):  # noqa: PTH113 -- a name may be of any length
        message = f"'{name}' is a file, and a {kind} is a file whose name ends in {ending}"
        raise RequestError(message, remedy=f"Rename it to end in {ending}", field=kind)
    remedy = _REMEDIES[kind]
    words = {title_key(title): title for title in titles.values()} | {key: key for key in files}
    guess = nearest(title_key(name), words)
    for key in re.findall(r"'(.+)'", guess):
        guess = guess.replace(key, words[key])
    message = f"there is no {kind} called '{name}'"
    raise RequestError(message, remedy=f"{remedy} {guess}".strip(), field=kind)


def title_key(title: str) -> str:
    """Return what a title or an id is known by: its words, whatever their case and what parts them.

    So "Kind  company" is kind-company, and a title is found as an id is.
    """
    return "-".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", title.casefold()))


def _title_of_practice(path: Path) -> str:
    try:
        return _practice_in(path, read_text(path, ScriptError))[0].title
    except ScriptError:
        return ""
