"""TOML read into nodes that keep their lines, which the standard library's reader forgets."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cft_audio.errors import Problem
from cft_audio.schema.nodes import Path, Table, check_controls, node_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.errors import FileError

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]"
    r"""|[^\[\]{}\n"'#]+""",
    re.DOTALL,
)
"""A text, a comment, a bracket, a line's end, or what is between them, of a valid file."""

_KEY = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^"'=])+""")
_BARE_KEYS = re.compile(r"[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*", re.ASCII)
"""A key, or several with dots between them, none of which is quoted: nearly all are."""

_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){50}""")
"""A dotted key of more than fifty parts: reading one takes time that grows with their square."""

_LINE_OF_FAULT = re.compile(r"\bline (\d+)")
_REMEDY = 'Write each entry as key = value, and text in quotes: key = "text"'


def parse_toml(text: str, file: str, error: type[FileError], remedy: str = _REMEDY) -> Table:
    """Return the TOML ``text`` as a table whose every entry has its line.

    An entry of a list or table that is written as the value of a key has the line of that key.

    Args:
        text: The text.
        file: The file it is read from, for messages.
        error: What is raised.
        remedy: What to do about a text that is no TOML.

    Raises:
        FileError: As ``error``, if it is not valid TOML.
    """
    import tomllib

    try:
        _check_depth(text)
        values = tomllib.loads(text)
        lines = _lines(text)
        table = Table({key: node_of(value, lines, (key,), 1) for key, value in values.items()})
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        named = _LINE_OF_FAULT.search(str(fault))
        line = int(named[1]) if named else text.count("\n") + 1
        problem = Problem(file, line, f"it is not valid TOML: {fault}", remedy)
        raise error([problem]) from fault
    check_controls(table, file, error)
    return table


def _check_depth(text: str) -> None:
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise RecursionError(f"its tables stand too deep inside each other (at line {line})")


def _lines(text: str) -> dict[Path, int]:
    """Return the line of every table and of every key that stands on a line of its own."""
    lines: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            *outer, last = keys = _keys(statement.strip("[] \t\r"))
            if statement.startswith("[["):
                counts[(*_placed((), outer, counts), last)] += 1
            table = path = _placed((), keys, counts)
        else:
            path = _placed(table, _keys(next(_KEY.finditer(statement))[0]), counts)
        for depth in range(1, len(path) + 1):
            lines.setdefault(path[:depth], line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield every heading, and every key with its value, and the line it begins on."""
    line, statement, depth = 1, "", 0
    for piece in _TOKEN.findall(f"{text}\n"):
        if piece == "\n" and not depth:
            if statement.strip():
                yield line - statement.count("\n"), statement.strip()
            statement = ""
        elif not piece.startswith("#"):
            statement += piece
            depth += (piece in "[{") - (piece in "]}")
        line += piece.count("\n")


def _keys(dotted: str) -> list[str]:
    """Return the keys of a dotted key, quoted ones as they are meant."""
    if _BARE_KEYS.fullmatch(dotted.strip()):
        return [key.strip() for key in dotted.split(".")]

    import tomllib

    keys: list[str] = []
    inner = tomllib.loads(f"{dotted} = 0")
    while isinstance(inner, dict):
        [(key, inner)] = inner.items()
        keys.append(key)
    return keys


def _placed(path: Path, keys: list[str], counts: Counter[Path]) -> Path:
    """Return where ``keys`` lead from ``path``: of an array of tables, into its last one."""
    for key in keys:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path] - 1)
    return path
