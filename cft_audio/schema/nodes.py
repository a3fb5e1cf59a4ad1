"""A file's content as nodes: values, lists and tables that know the line they stand on.

YAML leaves every value as text: version 1.1 of it would make a sexagesimal number of ``4:0:6`` and
a truth value of a listener called ``No``. TOML and JSON say themselves what is text, what a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from cft_audio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """

    entries: Mapping[str, Node] = field(default_factory=dict)
    line: int = 1
    sign: str = " = "

    def line_of(self, *path: str | int) -> int:
        """Return the line of the node at ``path``, or of what is nearest around it."""
        node: Node = self
        for step in path:
            inner: Node | None = None
            if isinstance(node, Table):
                inner = node.entries.get(str(step))
            elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
                inner = node.items[step]
            if inner is None:
                break
            node = inner
        return node.line


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


def plain(node: Node) -> object:
    """Return ``node`` as a plain value."""
    if isinstance(node, Table):
        return {key: plain(inner) for key, inner in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.value


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

    def refuse(line: int, message: str, remedy: str = "") -> FileError:
        return error([Problem(file, line, f"the front matter is not {message}", remedy)])

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        table = Table({}, first_line, ": ") if node is None else _converted(node, first_line)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = first_line + (mark.line if mark else 0)
        remedy = "Write each entry as 'key: value', indent with spaces, and quote text with a ':'"
        raise refuse(line, f"valid YAML: {fault.problem or fault.context}", remedy) from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise refuse(first_line, f"valid YAML: {fault}") from fault
    if not isinstance(table, Table):
        message = "a table of 'key: value' entries"
        raise refuse(first_line, message, "Start with 'title: …'")
    return table


def _converted(node: Any, first_line: int) -> Node:
    import yaml

    line = first_line + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        entries = {str(key.value): _converted(value, first_line) for key, value in node.value}
        return Table(entries, line, ": ")
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_converted(item, first_line) for item in node.value), line)
    return Scalar(str(node.value), line, typed=False)
