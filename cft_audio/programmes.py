"""Programmes: ordered courses of practices, read from TOML files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.durations import parse_minutes
from cft_audio.errors import Problem, RequestError, ScriptError
from cft_audio.script.reader import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = ("title", "summary", "session")
_SESSION_KEYS = ("title", "practice", "minutes", "for", "pace", "seed", "with", "plan")


@dataclass(frozen=True)
class Session:
    """One recording of a programme.

    Attributes:
        title: What it is called in the plan.
        practice: The practice's id.
        length_s: Its length in seconds.
        adaptations: What it is told for.
        pace: A pace's name; empty for the person's own.
        seed: Which wording it has.
        answers: Answers to slots that the programme itself gives.
        plan: What to do with it, and when.
    """

    title: str
    practice: str
    length_s: float
    adaptations: tuple[str, ...] = ()
    pace: str = ""
    seed: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""


@dataclass(frozen=True)
class Programme:
    """An ordered course of practices.

    Attributes:
        id: Its file's name without the ending.
        title: What it is called; the album of its recordings.
        summary: What it is for.
        sessions: Its recordings in order.
    """

    id: str
    title: str
    summary: str
    sessions: tuple[Session, ...]


def find_programme(name: str, files: Mapping[str, Path]) -> Programme:
    """Return the programme called ``name``, or the one in the TOML file of that name.

    Raises:
        RequestError: If there is none.
        ScriptError: With everything wrong in its file.
    """
    from pathlib import Path

    if name.endswith(".toml"):
        return read_programme(Path(name))
    if name not in files:
        raise RequestError(
            f"there is no programme called '{name}'", remedy=did_you_mean(name, files)
        )
    return read_programme(files[name])


def read_programme(path: Path) -> Programme:
    """Return the programme in ``path``.

    Raises:
        ScriptError: With everything wrong in it.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScriptError([Problem(str(path), 0, f"it cannot be read: {error}")]) from None
    problems: list[Problem] = []
    _known(table, _KEYS, path, problems)
    entries = table.get("session", [])
    if not isinstance(entries, list) or not entries:
        problems.append(Problem(path.name, 0, "there is no session", "Begin each with [[session]]"))
        entries = []
    sessions = [_session(entry, n, path, problems) for n, entry in enumerate(entries, start=1)]
    title = table.get("title")
    if not isinstance(title, str):
        problems.append(Problem(path.name, 0, "'title' is missing", 'Add title = "…"'))
    if problems:
        raise ScriptError(problems)
    return Programme(path.stem, str(title), str(table.get("summary", "")), tuple(sessions))


def _session(entry: Any, number: int, path: Path, problems: list[Problem]) -> Session:
    where = f"session {number}"
    if not isinstance(entry, dict):
        problems.append(Problem(path.name, 0, f"{where} is not a table", "Write [[session]]"))
        return Session("", "", 0.0)
    _known(entry, _SESSION_KEYS, path, problems)
    problems += [
        Problem(path.name, 0, f"{where} has no '{key}'", f"Add {key} = …")
        for key in ("title", "practice", "minutes")
        if key not in entry
    ]
    try:
        length_s = parse_minutes(str(entry.get("minutes", 10)))
    except ValueError as error:
        problems.append(Problem(path.name, 0, f"{where}: {error}"))
        length_s = 600.0
    return Session(
        title=str(entry.get("title", "")),
        practice=str(entry.get("practice", "")),
        length_s=length_s,
        adaptations=tuple(map(str, entry.get("for", []))),
        pace=str(entry.get("pace", "")),
        seed=int(entry.get("seed", 0)),
        answers={str(key): str(value) for key, value in entry.get("with", {}).items()},
        plan=str(entry.get("plan", "")),
    )


def _known(
    table: Mapping[str, Any], known: tuple[str, ...], path: Path, problems: list[Problem]
) -> None:
    for key in table:
        if key not in known:
            advice = did_you_mean(key, known)
            problems.append(Problem(path.name, 0, f"'{key}' is not known here", advice))
