"""Tables read into frozen dataclasses, with everything that is wrong in a file told at once.

A dataclass says by its fields what a table may hold: a field of one of the types of
``kinds.KINDS`` takes what is written there. Without a default it is required. Its ``metadata`` may
say more:

    key: what the entry is called, where that is not the field's name
    range: the least and the most of a number, None for no bound
    choices: what a text, or each of a list of texts, may be
    parse: a function of the written text that gives the field's value, or raises ValueError
    check: a function of key and text that raises CftAudioError for a wrong one of a table of texts
    table: the dataclass of an inner table
    tables: the dataclass of each inner table; its field ``name`` is the key
    entries: the dataclass of each table of a list
    example: a value as it is written, for whoever has to add one
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError, Problem
from cft_audio.schema.kinds import KINDS, LISTS, TEXTS, is_required, kind_of, type_of, value_in
from cft_audio.schema.nodes import Listing, Scalar, Table
from cft_audio.schema.suggest import did_you_mean, range_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from dataclasses import Field
    from typing import TypeVar

    from cft_audio.errors import FileError
    from cft_audio.schema.nodes import Node

    Value = TypeVar("Value")

_NONE = object()
"""Stands for a value that could not be read."""


class Reader:
    """Reads the tables of one file and collects what is wrong with them.

    Args:
        file: The file, for messages.
        error: What is raised.
        remedy: What to do about anything that is wrong in a file that this program wrote: a later
            version of it may have written more than is read here.
    """

    def __init__(self, file: str, error: type[FileError], remedy: str = "") -> None:
        self._problems: list[Problem] = []
        self._file = file
        self._error = error
        self._remedy = remedy

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the file's lines."""
        return sorted(self._problems, key=lambda problem: problem.line)

    def report(self, line: int, message: str, remedy: str = "") -> None:
        """Note that something is wrong on ``line``."""
        self._problems.append(Problem(self._file, line, message, self._remedy or remedy))

    def check(self) -> None:
        """Raise the error of everything that is wrong, if anything is.

        Raises:
            FileError: As the reader's ``error``.
        """
        if self._problems:
            raise self.failure()

    def failure(self) -> FileError:
        """Return the error of everything that is wrong."""
        return self._error(self.problems)

    def check_format(self, table: Table, known: int) -> None:
        """Report a table whose ``format`` is not the ``known`` one."""
        node = table.entries.get("format")
        if not (isinstance(node, Scalar) and node.value == known):
            self.report(0, "it is damaged, or of a newer version of this program")

    def fill(
        self, kind: type[Value], table: Table, /, *, where: str = "", also: str = "", **given: Any
    ) -> Value:
        """Return a ``kind`` filled from ``table``; what is wrong is reported and read as empty.

        Args:
            kind: A dataclass.
            table: What its fields are read from.
            where: Where the table stands in the file, for messages.
            also: An entry that is none of the fields and is read elsewhere.
            **given: Values of the fields that the file does not hold.

        Raises:
            FileError: As the reader's ``error``, if ``kind`` itself refuses the values.
        """
        known = {
            str(entry.metadata.get("key", entry.name)): entry
            for entry in fields(kind)  # type: ignore[arg-type]  # a dataclass
            if entry.name not in given
        }
        self._report_unknown(table, (*known, also) if also else known, where)
        values = dict(given)
        for key, entry in known.items():
            value = self._entry(entry, table, key, where)
            if value is not _NONE:
                values[entry.name] = value
            elif is_required(entry):
                values[entry.name] = _empty(entry)
        try:
            return kind(**values)
        except Exception as fault:
            # It may be another's code; given what is empty, it may refuse for that alone.
            if isinstance(fault, CftAudioError):
                self.report(table.line, _prefix(where) + fault.message, fault.remedy)
            elif not self._problems:
                self.report(table.line, f"{_prefix(where)}it is refused: {fault}")
            raise self.failure() from fault

    def table(self, table: Table, key: str, where: str = "") -> Table:
        """Return the inner table ``key``, empty where it is missing or no table."""
        node = table.entries.get(key, Table({}, table.line, table.sign))
        if isinstance(node, Table):
            return node
        self.report(node.line, f"{_prefix(where)}'{key}' is not a table", "Write a table")
        return Table({}, node.line, table.sign)

    def tables(
        self, kind: type[Value], table: Table, name: str = "name", where: str = ""
    ) -> dict[str, Value]:
        """Return a ``kind`` for each inner table of ``table``, whose key is its field ``name``."""
        filled: dict[str, Value] = {}
        for key, node in table.entries.items():
            if isinstance(node, Table):
                filled[key] = self.fill(kind, node, where=_joined(where, key), **{name: key})
            else:
                self.report(node.line, f"{_prefix(where)}'{key}' is not a table", "Write a table")
        return filled

    def texts(
        self, table: Table, check: Callable[[str, str], object] | None = None, where: str = ""
    ) -> dict[str, str]:
        """Return a table of texts; a number is taken as it is written.

        Args:
            table: The table.
            check: Raises CftAudioError for a key and a text that are wrong.
            where: Where the table stands in the file, for messages.
        """
        texts: dict[str, str] = {}
        for key, node in table.entries.items():
            if not isinstance(node, Scalar) or type(node.value) not in (str, int, float):
                message = f"{_prefix(where)}'{key}' is not text"
                self.report(node.line, message, "Write text in quotes")
                continue
            texts[key] = str(node.value)
            try:
                if check is not None:
                    check(key, texts[key])
            except CftAudioError as fault:
                self.report(node.line, _prefix(where) + fault.message, fault.remedy)
        return texts

    def _report_unknown(self, table: Table, known: Iterable[str], where: str) -> None:
        if self._remedy:
            return
        for key, node in table.entries.items():
            if key not in known:
                message = f"{_prefix(where)}'{key}' is not known here"
                self.report(node.line, message, did_you_mean(key, known))

    def _entry(self, entry: Field[Any], table: Table, key: str, where: str) -> object:
        """Return the value of a field, or ``_NONE``."""
        node = table.entries.get(key)
        if node is not None:
            return self._value(entry, node, key, where)
        if is_required(entry):
            example = entry.metadata.get("example", kind_of(entry).example)
            message = f"{_prefix(where)}'{key}' is missing"
            self.report(table.line, message, f"Add {key}{table.sign}{example}")
        return _NONE

    def _value(self, entry: Field[Any], node: Node, key: str, where: str) -> object:
        more, inside, name = entry.metadata, _joined(where, key), f"{_prefix(where)}'{key}'"
        if "entries" in more:
            return self._list_of_tables(more["entries"], node, inside, name)
        if "table" in more or "tables" in more:
            return self._inner(more, node, inside, name)
        if type_of(entry) == TEXTS and isinstance(node, Table):
            return self.texts(node, more.get("check"), inside)
        return (self._list if type_of(entry) in LISTS else self._single)(entry, node, name)

    def _inner(self, more: Mapping[str, Any], node: Node, inside: str, name: str) -> object:
        if not isinstance(node, Table):
            self.report(node.line, f"{name} is not a table", "Write a table")
            return _NONE
        if "table" in more:
            return self.fill(more["table"], node, where=inside)
        return self.tables(more["tables"], node, where=inside)

    def _list_of_tables(self, kind: type[Any], node: Node, inside: str, name: str) -> object:
        items = node.items if isinstance(node, Listing) else (node,)
        tables = [item for item in items if isinstance(item, Table)]
        if not isinstance(node, Listing) or len(tables) < len(items):
            self.report(node.line, f"{name} is not a list of tables")
            return _NONE
        return tuple(
            self.fill(kind, table, where=f"{inside} {number}")
            for number, table in enumerate(tables, start=1)
        )

    def _list(self, entry: Field[Any], node: Node, name: str) -> object:
        scalars = node.items if isinstance(node, Listing) else (Scalar(None, node.line),)
        kind = KINDS[LISTS[type_of(entry)]]
        try:
            values = tuple(value_in(i, kind) for i in scalars if isinstance(i, Scalar))
        except ValueError:
            values = ()
        if len(values) < len(scalars):
            return self._wrong_kind(entry, node, name)
        choices = entry.metadata.get("choices", values)
        for value in values:
            if value not in choices:
                advice = did_you_mean(str(value), choices)
                self.report(node.line, f"{name} cannot have '{value}'", advice)
        return values

    def _single(self, entry: Field[Any], node: Node, name: str) -> object:
        more = entry.metadata
        if not isinstance(node, Scalar):
            return self._wrong_kind(entry, node, name)
        if "parse" in more:
            return self._parsed(more["parse"], node, name)
        try:
            value: Any = value_in(node, kind_of(entry))
        except ValueError:
            return self._wrong_kind(entry, node, name)
        if value not in more.get("choices", (value,)):
            advice = did_you_mean(value, more["choices"])
            self.report(node.line, f"{name} cannot be '{value}'", advice)
            return _NONE
        least, most = more.get("range", (None, None))
        if (least is None or value >= least) and (most is None or value <= most):
            return value
        self.report(node.line, f"{name} is {value:g}", f"Write a number {range_words(least, most)}")
        return _NONE

    def _parsed(self, parse: Callable[[str], object], node: Scalar, name: str) -> object:
        try:
            return parse(str(node.value))
        except CftAudioError as fault:
            self.report(node.line, f"{name}: {fault.message}", fault.remedy)
        except ValueError as fault:
            self.report(node.line, f"{name} cannot be '{node.value}'; {fault}")
        return _NONE

    def _wrong_kind(self, entry: Field[Any], node: Node, name: str) -> object:
        kind = kind_of(entry)
        example = entry.metadata.get("example")
        remedy = f"Write it as {example}" if example else f"Write {kind.written}"
        self.report(node.line, f"{name} is not {kind.words}", remedy)
        return _NONE


def _empty(entry: Field[Any]) -> object:
    """Return what stands for a required value that is missing, so that the rest can be read."""
    if type_of(entry).startswith("tuple"):
        return ()
    return {"str": "", "float": 0.0, "int": 0, "bool": False}.get(type_of(entry))


def _joined(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _prefix(where: str) -> str:
    return f"{where}: " if where else ""
