"""A file's content as nodes: values, lists and tables that know the line they stand on.

YAML leaves every value as text: version 1.1 of it would make a sexagesimal number of ``4:0:6`` and
a truth value of a listener called ``No``. TOML and JSON say themselves what is text, what a number.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from cft_audio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.errors import FileError

Node: TypeAlias = "Scalar | Listing | Table"

Path: TypeAlias = "tuple[str | int, ...]"
"""The keys of tables, and the indices of lists, that lead to a node."""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters (C0, C1) but for a tab and line ends, and those that turn a text's direction
(UAX 9). They have no place in a title, and could act on the terminal that shows it."""

LARGEST_YAML = 30_000
"""Characters of front matter: ten times those of our own practices."""

MOST_NODES = 5000
"""Entries of front matter, however they are written."""


@dataclass(frozen=True)
class Scalar:
    """A single value.

    Attributes:
        value: The value: text, a number, a truth value, a date.
        line: The line it stands on, counted from 1; 0 where that is not known.
        typed: Whether the file's format says of what type it is; else it is text.
    """

    value: Any
    line: int
    typed: bool = True


@dataclass(frozen=True)
class Listing:
    """A list of values, and the line it starts on."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """A mapping in the order it was written.

    Attributes:
        entries: Its values by key.
        line: The line it starts on.
        sign: What stands between a key and its value.
        repeated: The keys that were there before, and the line of each such repetition.
    """

    entries: Mapping[str, Node] = field(default_factory=dict)
    line: int = 1
    sign: str = " = "
    repeated: tuple[tuple[str, int], ...] = ()

    def line_of(self, *path: str | int) -> int:
        """Return the line of the node at ``path``, or of what is nearest around it."""
        node: Any = self
        with contextlib.suppress(LookupError, AttributeError, TypeError):
            for step in path:
                inside: Any = node.entries if isinstance(node, Table) else node.items
                node = inside[step]
        return int(node.line)


def node_of(value: object, lines: Mapping[Path, int], path: Path = (), line: int = 0) -> Node:
    """Return ``value``, of the types that JSON and TOML have, as a node.

    Args:
        value: The value.
        lines: The lines of the nodes that have one of their own, by path.
        path: Where the value stands.
        line: The line of what is around it.
    """
    line = lines.get(path, line)
    if isinstance(value, dict):
        entries = {key: node_of(inner, lines, (*path, key), line) for key, inner in value.items()}
        return Table(entries, line)
    if isinstance(value, list):
        items = (node_of(inner, lines, (*path, n), line) for n, inner in enumerate(value))
        return Listing(tuple(items), line)
    return Scalar(value, line)


def plain(node: Node | None) -> object:
    """Return ``node`` as a plain value."""
    match node:
        case Table(entries):
            return {key: plain(inner) for key, inner in entries.items()}
        case Listing(items):
            return [plain(item) for item in items]
    return node.value if node else None


def find_control(text: str) -> re.Match[str] | None:
    """Return the first character of ``text`` that acts on a terminal and is no text; else None."""
    return _CONTROL.search(text)


def control_problem(file: str, line: int, control: str) -> Problem:
    """Return the problem of a file that holds the control character ``control`` on ``line``."""
    message = f"there is a control character, U+{ord(control):04X}"
    return Problem(file, line, message, "Remove it; an editor may show it as a box")


def check_controls(table: Table, file: str, error: type[FileError]) -> None:
    """Raise an error if a text of ``table``, or a key, holds a control character.

    The file itself may hold none: YAML and TOML can write them by their numbers.

    Raises:
        FileError: As ``error``.
    """
    problems = [control_problem(file, *found) for found in _controls(table)]
    if problems:
        raise error(problems)


def _controls(node: Node) -> Iterator[tuple[int, str]]:
    """Yield the line of every text that holds a control character, and the character."""
    match node:
        case Table(entries):
            for key, inner in entries.items():
                if control := find_control(key):
                    yield inner.line, control[0]
                yield from _controls(inner)
        case Listing(items):
            for item in items:
                yield from _controls(item)
        case Scalar(str(text)):
            if control := find_control(text):
                yield node.line, control[0]


def parse_yaml(text: str, file: str, error: type[FileError], first_line: int) -> Table:
    """Return the YAML mapping ``text``.

    Args:
        text: The mapping.
        file: The file it stands in, for messages.
        error: What is raised.
        first_line: The line of the file that it begins on.

    Raises:
        FileError: As ``error``, if it is no mapping in YAML.
    """
    if len(text) > LARGEST_YAML:
        message = f"the front matter has {len(text)} characters, and {LARGEST_YAML} fit"
        raise error([Problem(file, first_line, message, "Shorten it, or close it with '---'")])
    node = compose_yaml(text, file, error, YamlText(first_line=first_line)) or Table(
        {}, first_line, ": "
    )
    if not isinstance(node, Table):
        message = "the front matter is not a table of 'key: value' entries"
        raise error([Problem(file, first_line, message, "Start with 'title: …'")])
    check_controls(node, file, error)
    return node


@dataclass(frozen=True)
class YamlText:
    """What a text of YAML is.

    Attributes:
        what: What it is, for messages.
        first_line: The line of the file that it begins on.
        most: The most nodes it may come to, its aliases written out.
    """

    what: str = "the front matter"
    first_line: int = 1
    most: int = MOST_NODES


def compose_yaml(text: str, file: str, error: type[FileError], kind: YamlText) -> Node | None:
    """Return the YAML ``text`` as a node; None where there is nothing in it.

    Args:
        text: The text.
        file: The file it stands in, for messages.
        error: What is raised.
        kind: What it is.

    Raises:
        FileError: As ``error``, if it is no YAML.
    """
    import yaml

    if control := find_control(text):
        line = kind.first_line + text.count("\n", 0, control.start())
        raise error([control_problem(file, line, control[0])])
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        return None if node is None else _Nodes(kind.first_line, kind.most).convert(node)
    except (yaml.YAMLError, RecursionError) as fault:
        mark, reason = (getattr(fault, name, None) for name in ("problem_mark", "problem"))
        if isinstance(fault, RecursionError):
            reason = "its lists and tables stand too deep inside each other"
        message = f"{kind.what} is not valid YAML: {reason or fault}"
        remedy = "Write each entry as 'key: value', indent with spaces, and quote text with a ':'"
        problem = Problem(file, kind.first_line + (mark.line if mark else 0), message, remedy)
        raise error([problem]) from fault


class _Nodes:
    """Turns what PyYAML read into nodes; each alias is counted as often as it stands for something.

    Args:
        first_line: The line of the file that the text begins on.
        most: The most nodes that there may be.
    """

    def __init__(self, first_line: int, most: int) -> None:
        self._first_line = first_line
        self._most = most
        self._count = 0

    def convert(self, node: Any) -> Node:
        """Return ``node`` with all that it holds.

        Raises:
            yaml.YAMLError: If it holds more than it may, or a key that is no text.
        """
        from yaml.constructor import ConstructorError

        line = self._first_line + node.start_mark.line
        self._count += 1
        if self._count > self._most:
            reason = f"it comes to more than {self._most} entries, its aliases (*) written out"
            raise ConstructorError(None, None, reason, node.start_mark)
        match node.id:
            case "mapping":
                entries: dict[str, Node] = {}
                repeated: list[tuple[str, int]] = []
                for key, value in node.value:
                    if key.id != "scalar":
                        raise ConstructorError(None, None, "a key is no text", key.start_mark)
                    if str(key.value) in entries:
                        repeated.append((str(key.value), self._first_line + key.start_mark.line))
                    entries[str(key.value)] = self.convert(value)
                return Table(entries, line, ": ", tuple(repeated))
            case "sequence":
                return Listing(tuple(map(self.convert, node.value)), line)
        return Scalar(str(node.value), line, typed=False)
