"""YAML read with every value as text and every line number kept.

All scalars stay text: YAML 1.1 would make a sexagesimal number of ``4:0:6`` and a truth value
of a listener called ``No``. What a value means is for the caller to say.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    Value = TypeVar("Value")

Node: TypeAlias = "Scalar | Table | Listing"


@dataclass(frozen=True)
class Scalar:
    """A single value, as it was written, and its line."""

    text: str
    line: int


@dataclass(frozen=True)
class Listing:
    """A list of values and the line it starts on."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """A mapping, in the order it was written, and the line it starts on."""

    entries: Mapping[str, Node]
    line: int


def read_yaml(text: str, file: str, first_line: int) -> tuple[Table, list[Problem]]:
    """Read the YAML mapping ``text``, the first line of which is ``first_line`` of ``file``.

    Returns:
        The mapping, empty where it could not be read, and the problems found.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        what = f"the front matter is not valid YAML: {error.problem or error.context}"
        remedy = "Write each entry as 'key: value', indent with spaces, and quote text with a ':'"
        return Table({}, first_line), [Problem(file, line, what, remedy)]
    except yaml.YAMLError as error:
        what = f"the front matter is not valid YAML: {error}"
        return Table({}, first_line), [Problem(file, first_line, what)]
    if node is None:
        return Table({}, first_line), []
    converted = _converted(node, first_line)
    if not isinstance(converted, Table):
        what = "the front matter is not a table of 'key: value' entries"
        return Table({}, first_line), [Problem(file, first_line, what, "Start with 'title: …'")]
    return converted, []


def _converted(node: object, first_line: int) -> Node:
    import yaml

    assert isinstance(node, yaml.Node)  # noqa: S101 -- compose yields nothing else
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        entries = {str(key.value): _converted(value, first_line) for key, value in node.value}
        return Table(entries, line)
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_converted(item, first_line) for item in node.value), line)
    return Scalar(str(node.value), line)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known are: {', '.join(names)}" if names else ""


@dataclass
class TableReader:
    """Takes typed entries out of a table and collects what is wrong with them.

    Attributes:
        table: The entries to read.
        file: The file they are in, for messages.
        problems: Where problems are added.
    """

    table: Table
    file: str
    problems: list[Problem]

    def allow(self, *known: str) -> None:
        """Report each entry that is not one of ``known``."""
        for key, node in self.table.entries.items():
            if key not in known:
                self._problem(node, f"'{key}' is not known here", did_you_mean(key, known))

    def text(self, key: str, default: str | None = None) -> str:
        """Return an entry as text; report it missing where there is no ``default``."""
        return self.value(key, lambda text: text, "text", default)

    def value(
        self, key: str, convert: Callable[[str], Value], kind: str, default: Value | None = None
    ) -> Value:
        """Return an entry converted by ``convert``, which raises ValueError for what is wrong.

        ``kind`` says in a word or two what was expected. A faulty or missing entry is reported
        and read as ``default``, or as what ``convert`` makes of the empty text.
        """
        node = self.table.entries.get(key)
        if node is None:
            if default is None:
                message = f"'{key}' is missing"
                self.problems.append(
                    Problem(self.file, self.table.line, message, f"Add '{key}: …'")
                )
                return convert("")
            return default
        if isinstance(node, Scalar):
            try:
                return convert(node.text)
            except ValueError as error:
                reason = f" ({error})" if str(error) else ""
                self._problem(node, f"'{key}: {node.text}' is not {kind}{reason}")
        else:
            self._problem(node, f"'{key}' is not {kind}", f"Write '{key}: …' on one line")
        return default if default is not None else convert("")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return an entry that is a list of texts, empty where it is missing."""
        node = self.table.entries.get(key)
        if node is None:
            return ()
        if isinstance(node, Listing) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
        self._problem(node, f"'{key}' is not a list of texts", f"Write '{key}: [one, two]'")
        return ()

    def tables(self, key: str) -> dict[str, TableReader]:
        """Return a reader for each table inside the entry ``key``, by name."""
        found = self.inner(key)
        readers: dict[str, TableReader] = {}
        for name, node in found.table.entries.items():
            if isinstance(node, Table):
                readers[name] = TableReader(node, self.file, self.problems)
            else:
                self._problem(node, f"'{name}' is not a table of entries")
        return readers

    def inner(self, key: str) -> TableReader:
        """Return a reader for the table ``key``, empty where it is missing."""
        node = self.table.entries.get(key)
        if node is not None and not isinstance(node, Table):
            self._problem(node, f"'{key}' is not a table of entries")
        table = node if isinstance(node, Table) else Table({}, self.table.line)
        return TableReader(table, self.file, self.problems)

    def _problem(self, node: Node, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, node.line, message, remedy))
