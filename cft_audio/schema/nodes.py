"""A file's content as nodes: values, lists and tables that know the line they stand on.

YAML leaves every value as text: version 1.1 of it would make a sexagesimal number of ``4:0:6`` and
a truth value of a listener called ``No``. TOML and JSON say themselves what is text, what a number.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from cft_audio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.errors import FileError

Node: TypeAlias = "Scalar | Listing | Table"

Path: TypeAlias = "tuple[str | int, ...]"
"""The keys of tables, and the indices of lists, that lead to a node."""


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
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        table = Table({}, first_line, ": ") if node is None else _converted(node, first_line)
    except (yaml.YAMLError, RecursionError) as fault:
        mark, reason = (getattr(fault, name, None) for name in ("problem_mark", "problem"))
        message = f"the front matter is not valid YAML: {reason or fault}"
        remedy = "Write each entry as 'key: value', indent with spaces, and quote text with a ':'"
        problem = Problem(file, first_line + (mark.line if mark else 0), message, remedy)
        raise error([problem]) from fault
    if not isinstance(table, Table):
        message = "the front matter is not a table of 'key: value' entries"
        raise error([Problem(file, first_line, message, "Start with 'title: …'")])
    return table


def _repeated(mapping: Any, first_line: int) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for key, _ in mapping.value:
        if str(key.value) in seen:
            yield str(key.value), first_line + key.start_mark.line
        seen.add(str(key.value))


def _converted(node: Any, first_line: int) -> Node:
    line = first_line + node.start_mark.line
    match node.id:
        case "mapping":
            entries = {str(key.value): _converted(value, first_line) for key, value in node.value}
            return Table(entries, line, ": ", tuple(_repeated(node, first_line)))
        case "sequence":
            return Listing(tuple(_converted(item, first_line) for item in node.value), line)
    return Scalar(str(node.value), line, typed=False)
