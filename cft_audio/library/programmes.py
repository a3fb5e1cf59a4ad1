"""Programmes read from TOML files, with everything that is wrong in one told at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.errors import Problem, RequestError, ScriptError
from cft_audio.library.programme import Programme, Session
from cft_audio.schema.durations import parse_minutes
from cft_audio.schema.reader import did_you_mean
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cft_audio.library.practices import Shelf

_KEYS = ("title", "summary", "session")
_SESSION_KEYS = ("title", "practice", "minutes", "for", "pace", "seed", "with", "plan")


def find_programme(name: str, shelf: Shelf) -> Programme:
    """Return the programme called ``name``, or the one in the TOML file of that name.

    Raises:
        RequestError: If there is none.
        ScriptError: With everything wrong in its file.
    """
    if name.endswith(".toml"):
        if not Path(name).is_file():
            raise RequestError(f"there is no file '{name}'", remedy="Check the path")
        return read_programme(Path(name), shelf)
    files = shelf.programme_files()
    if name not in files:
        raise RequestError(
            f"there is no programme called '{name}'",
            remedy=f"See them all: ‹list programmes›. {did_you_mean(name, files)}",
        )
    return read_programme(files[name], shelf)


def read_programme(path: Path, shelf: Shelf) -> Programme:
    """Return the programme in ``path``.

    Args:
        path: Its file.
        shelf: Where its practices have to be found.

    Raises:
        ScriptError: With everything wrong in it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScriptError([Problem(str(path), 0, f"it cannot be read: {error.strerror}")]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScriptError([Problem(path.name, 0, f"it is not valid TOML: {error}")]) from None
    reader = _Reader(path.name, shelf)
    programme = reader.programme(path.stem, table)
    if reader.problems:
        raise ScriptError(reader.problems)
    return programme


class _Reader:
    """Reads a programme's table and notes what is wrong with it."""

    def __init__(self, file: str, shelf: Shelf) -> None:
        self._file = file
        self._practices = shelf.practice_files()
        self.problems: list[Problem] = []

    def programme(self, name: str, table: Mapping[str, Any]) -> Programme:
        self._known(table, _KEYS, "")
        entries = table.get("session", [])
        if not isinstance(entries, list) or not entries:
            self._wrong("there is no session", "Begin each with [[session]]")
            entries = []
        sessions = [self._session(entry, f"session {n}") for n, entry in enumerate(entries, 1)]
        title = self._text(table, "title", "", needed=True)
        return Programme(name, title, self._text(table, "summary", ""), tuple(sessions))

    def _session(self, entry: object, where: str) -> Session:
        if not isinstance(entry, dict):
            self._wrong(f"{where} is not a table", "Write [[session]]")
            return Session("", "", 0.0)
        self._known(entry, _SESSION_KEYS, where)
        return Session(
            title=self._text(entry, "title", where, needed=True),
            practice=self._one_of(entry, "practice", self._practices, where, needed=True),
            length_s=self._length(entry, where),
            adaptations=self._adaptations(entry, where),
            pace=self._one_of(entry, "pace", PRESETS, where),
            seed=self._seed(entry, where),
            answers=self._answers(entry, where),
            plan=self._text(entry, "plan", where),
        )

    def _length(self, entry: Mapping[str, Any], where: str) -> float:
        if "minutes" not in entry:
            self._wrong(f"{where} has no 'minutes'", "Add minutes = 10")
            return 0.0
        try:
            return parse_minutes(str(entry["minutes"]))
        except ValueError as error:
            self._wrong(f"{where}: {error}")
            return 0.0

    def _adaptations(self, entry: Mapping[str, Any], where: str) -> tuple[str, ...]:
        names = entry.get("for", [])
        if not isinstance(names, list):
            self._wrong(f"{where}: 'for' is not a list", 'Write for = ["sleep"]')
            return ()
        for name in names:
            if name not in ADAPTATIONS:
                advice = f"Choose from {', '.join(ADAPTATIONS)}"
                self._wrong(f"{where}: there is no adaptation '{name}'", advice)
        return tuple(map(str, names))

    def _seed(self, entry: Mapping[str, Any], where: str) -> int:
        seed = entry.get("seed", 0)
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            self._wrong(f"{where}: 'seed' is not a whole number from 0 up", "Write seed = 1")
            return 0
        return seed

    def _answers(self, entry: Mapping[str, Any], where: str) -> dict[str, str]:
        answers = entry.get("with", {})
        if not isinstance(answers, dict):
            self._wrong(f"{where}: 'with' is not a table", 'Write with = { slot = "answer" }')
            return {}
        return {str(slot): str(answer) for slot, answer in answers.items()}

    def _one_of(
        self,
        entry: Mapping[str, Any],
        key: str,
        choices: Iterable[str],
        where: str,
        *,
        needed: bool = False,
    ) -> str:
        name = self._text(entry, key, where, needed=needed)
        if name and name not in choices:
            self._wrong(f"{where}: there is no {key} '{name}'", did_you_mean(name, choices))
        return name

    def _text(self, table: Mapping[str, Any], key: str, where: str, *, needed: bool = False) -> str:
        text = table.get(key)
        if text is None and needed:
            self._wrong(f"{where or 'the programme'} has no '{key}'", f'Add {key} = "…"')
        elif text is not None and not isinstance(text, str):
            self._wrong(f"{where}: '{key}' is not text".lstrip(": "), "Put it between quotes")
        return text if isinstance(text, str) else ""

    def _known(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                place = f"{where}: " if where else ""
                self._wrong(f"{place}'{key}' is not known here", did_you_mean(key, known))

    def _wrong(self, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(self._file, 0, message, remedy))
