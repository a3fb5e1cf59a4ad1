"""The practices and figures in a person's folders: found, opened and read."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RequestError, ScriptError
from cft_audio.files.folders import expanded
from cft_audio.schema.reader import did_you_mean
from cft_audio.script.figure import PRONOUNS, Figure, pronouns_of
from cft_audio.script.practice import Practice, read_practice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENDING = ".md"
"""Practices are Markdown, so that any editor shows them readably."""

_SLIP = 0.75
"""How alike an answer and a figure's id are, as ``difflib`` has it, for a slip of the finger."""

_LARGEST_LETTER = 1_000_000
"""Bytes of a letter's file; what can be spoken of it is limited by its slot."""

_FIGURE_KEYS = ("name", "pronouns", "looks", "sounds", "feels", "moves")


@dataclass(frozen=True)
class Shelf:
    """The folders that practices, their partials and figures are taken from, in order."""

    folders: tuple[Path, ...]

    def practice_files(self) -> dict[str, Path]:
        """Return every practice's file by its id, sorted; the first folder that has one wins."""
        return dict(sorted(self._files("", ENDING)))

    def practice(self, name: str) -> Practice:
        """Return the practice called ``name``, or the one in the file of that name.

        Raises:
            RequestError: If there is none.
            ScriptError: If its front matter is wrong.
        """
        practice, problems = self.read(self.find(name))
        if problems:
            raise ScriptError(problems)
        return practice

    def find(self, name: str) -> Path:
        """Return the file of the practice called ``name``; ``name`` may be a file itself.

        Raises:
            RequestError: If there is none.
        """
        if name.endswith(ENDING):
            path = Path(name)
            if path.is_file():
                return path
            raise RequestError(f"there is no file '{name}'", remedy="Check the path")
        files = self.practice_files()
        if name not in files:
            raise RequestError(
                f"there is no practice called '{name}'",
                remedy=f"See them all: ‹list practices›. {did_you_mean(name, files)}",
            )
        return files[name]

    def read(self, path: Path) -> tuple[Practice, list[Problem]]:
        """Return the practice in ``path`` and what is wrong with its front matter.

        Raises:
            ScriptError: If the file cannot be opened or is not UTF-8 text.
        """
        return read_practice(path, _text(path))

    def practices(self) -> tuple[list[Practice], list[Problem]]:
        """Return every practice that can be read, sorted by id, and what is wrong with the rest."""
        found: list[Practice] = []
        wrong: list[Problem] = []
        for path in self.practice_files().values():
            try:
                practice, problems = self.read(path)
            except ScriptError as error:
                wrong += error.problems
                continue
            wrong += problems
            if not problems:
                found.append(practice)
        return found, wrong

    def figure_files(self) -> dict[str, Path]:
        """Return every figure's file by its id, sorted."""
        return dict(sorted(self._files("figures", ".toml")))

    def programme_files(self) -> dict[str, Path]:
        """Return every programme's file by its id, sorted."""
        return dict(sorted(self._files("programmes", ".toml")))

    def figure(self, answer: str, pronouns: str | None = None) -> Figure:
        """Return the figure that ``answer`` means.

        Args:
            answer: A figure's id, a TOML file, or any words: a figure of the person's own.
            pronouns: Its pronouns, in place of its own.

        Raises:
            RequestError: If the pronouns are not known.
            ScriptError: If its file is wrong.
        """
        files = self.figure_files()
        key = "-".join(answer.lower().split())
        if key in files:
            figure = _read_figure(files[key])
        elif answer.endswith(".toml"):
            figure = _read_figure(expanded(answer))
        else:
            _check_no_slip(key, answer, files)
            figure = Figure(answer, PRONOUNS["they/them"])
        if pronouns is None:
            return figure
        return Figure(
            figure.name,
            pronouns_of(pronouns),
            figure.looks,
            figure.sounds,
            figure.feels,
            figure.moves,
        )

    def _files(self, under: str, ending: str) -> Iterator[tuple[str, Path]]:
        seen: set[str] = set()
        for folder in self.folders:
            for path in sorted((folder / under).glob(f"*{ending}")):
                if path.stem not in seen:
                    seen.add(path.stem)
                    yield path.stem, path


def shelf_with(path: Path | None, folders: Sequence[Path]) -> Shelf:
    """Return the shelf of ``folders``, and before them the folder of a practice file ``path``."""
    own = (path.parent,) if path is not None else ()
    return Shelf((*own, *folders))


def read_letter(path: Path) -> str:
    """Return the text of a letter.

    Raises:
        RequestError: If there is nothing in it, or it is no file of a letter's size.
        ScriptError: If the file cannot be opened or is not UTF-8 text.
    """
    if path.exists() and not (path.is_file() and path.stat().st_size <= _LARGEST_LETTER):
        raise RequestError(
            "that is not a text file of a letter's size",
            remedy="Save the letter as plain text",
            field="letter",
            where=str(path),
        )
    text = _text(path)
    if not text.strip():
        raise RequestError(
            "there is nothing in it",
            remedy="Write the letter first",
            field="letter",
            where=str(path),
        )
    return text


def _check_no_slip(key: str, answer: str, files: Iterable[str]) -> None:
    """Return unless one word was meant to be a figure's id: it would be spoken as it stands."""
    close = difflib.get_close_matches(key, files, n=1, cutoff=_SLIP)
    if close and " " not in answer.strip():
        raise RequestError(
            f"there is no figure called '{answer}'",
            remedy=f"Did you mean '{close[0]}'? A figure of your own is given in words: "
            '"my aunt Rosa"',
            field="figure",
        )


def _read_figure(path: Path) -> Figure:
    import tomllib

    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ScriptError([Problem(path.name, 0, f"it is not valid TOML: {error}")]) from None
    problems = [
        Problem(path.name, 0, f"'{key}' is not known here", did_you_mean(key, _FIGURE_KEYS))
        for key in table
        if key not in _FIGURE_KEYS
    ]
    problems += [
        Problem(path.name, 0, f"'{key}' is not text", "Put it between quotes")
        for key, value in table.items()
        if not isinstance(value, str)
    ]
    if "name" not in table:
        problems.append(Problem(path.name, 0, "'name' is missing", 'Add name = "a wise elder"'))
    if table.get("pronouns", "they/them") not in PRONOUNS:
        remedy = f"Choose one of {', '.join(PRONOUNS)}"
        problems.append(Problem(path.name, 0, "the pronouns are not known", remedy))
    if problems:
        raise ScriptError(problems)
    return Figure(
        table["name"],
        PRONOUNS[table.get("pronouns", "they/them")],
        *(table.get(key, "") for key in ("looks", "sounds", "feels", "moves")),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = Problem(path.name, line, "the text is not UTF-8", "Save the file as UTF-8")
        raise ScriptError([problem]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ScriptError([Problem(str(path), 0, f"the file cannot be read: {reason}")]) from None
