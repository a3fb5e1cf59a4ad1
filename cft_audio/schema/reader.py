"""Tables read into frozen dataclasses, with everything that is wrong in a file told at once.

A dataclass says by its fields what a table may hold: a field of a type that
``kinds`` knows takes what is written there. Without a default it is required. Its ``metadata`` may
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

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError, Problem
from cft_audio.schema.kinds import TABLE, WrongKindError, is_required, kind_of, value_in
from cft_audio.schema.nodes import Listing, Scalar, Table, plain
from cft_audio.schema.suggest import did_you_mean, range_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from dataclasses import Field
    from typing import TypeVar

    from cft_audio.errors import FileError
    from cft_audio.schema.nodes import Node

    Value = TypeVar("Value")


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

    def report(self, line: int, message: str, remedy: str = "", where: str = "") -> None:
        """Note that something is wrong on ``line``, in the table ``where``."""
        message = f"{where}: {message}" if where else message
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
        """Report that a table's ``format`` is not the ``known`` one."""
        if plain(table.entries.get("format")) != known:
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
            if entry.init and entry.name not in given
        }
        self._report_repeated(table, where)
        for key in table.entries:
            if key not in known and key != also and not self._remedy:
                advice = did_you_mean(key, (*known, also) if also else known)
                self.report(table.line_of(key), f"'{key}' is not known here", advice, where)
        empty = {e.name: kind_of(e).empty for e in known.values() if is_required(e)}
        read = {e.name: self._entry(e, table, key, where) for key, e in known.items()}
        values = {name: value for name, value in read.items() if value is not MISSING}
        try:
            return kind(**given | empty | values)
        except Exception as fault:
            # It may be another's code; given what is empty, it may refuse for that alone.
            if isinstance(fault, CftAudioError):
                self.report(table.line, fault.message, fault.remedy, where)
            elif not self._problems:
                self.report(table.line, f"it is refused: {fault}", where=where)
            raise self.failure() from fault

    def table(self, table: Table, key: str) -> Table:
        """Return the inner table ``key``, empty where it is missing or no table."""
        node = table.entries.get(key, Table({}, table.line, table.sign))
        if isinstance(node, Table):
            return node
        self.report(node.line, f"'{key}' is not a table", "Write a table")
        return Table({}, node.line, table.sign)

    def tables(
        self, kind: type[Value], table: Table, name: str = "name", where: str = ""
    ) -> dict[str, Value]:
        """Return a ``kind`` for each inner table of ``table``, whose key is its field ``name``."""
        self._report_repeated(table, where)
        filled: dict[str, Value] = {}
        for key, node in table.entries.items():
            if isinstance(node, Table):
                filled[key] = self.fill(kind, node, where=_joined(where, key), **{name: key})
            else:
                self.report(node.line, f"'{key}' is not a table", "Write a table", where)
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
        self._report_repeated(table, where)
        texts: dict[str, str] = {}
        for key, node in table.entries.items():
            if not isinstance(node, Scalar) or type(node.value) not in (str, int, float):
                self.report(node.line, f"'{key}' is not text", "Write text in quotes", where)
                continue
            texts[key] = str(node.value)
            try:
                if check is not None:
                    check(key, texts[key])
            except CftAudioError as fault:
                self.report(node.line, fault.message, fault.remedy, where)
        return texts

    def _report_repeated(self, table: Table, where: str) -> None:
        for key, line in table.repeated:
            self.report(line, f"'{key}' stands here twice", "Keep one of them", where)

    def _entry(self, entry: Field[Any], table: Table, key: str, where: str) -> object:
        """Return the value of a field, ``MISSING`` where it has none that can be read."""
        node, more, inside = table.entries.get(key), entry.metadata, _joined(where, key)
        if node is None:
            if is_required(entry):
                example = more.get("example", kind_of(entry).example)
                advice = f"Add {key}{table.sign}{example}"
                self.report(table.line, f"'{key}' is missing", advice, where)
            return MISSING
        match node, more:
            case Table() as inner, {"table": kind}:
                return self.fill(kind, inner, where=inside)
            case Table() as inner, {"tables": kind}:
                return self.tables(kind, inner, where=inside)
            case Table() as inner, _ if kind_of(entry) is TABLE:
                return self.texts(inner, more.get("check"), inside)
            case Listing(items), {"entries": kind}:
                inners = [item for item in items if isinstance(item, Table)]
                if len(inners) == len(items):
                    numbered = enumerate(inners, start=1)
                    return tuple(self.fill(kind, t, where=f"{inside} {n}") for n, t in numbered)
        return self._value(entry, node, key, where)

    def _value(self, entry: Field[Any], node: Node, key: str, where: str) -> object:
        """Return the value of a field that is no table, likewise."""
        more, kind = entry.metadata, kind_of(entry)
        try:
            if isinstance(node, Scalar) and "parse" in more:
                return more["parse"](str(node.value))
            value = value_in(node, kind)
            wrong = list(_faults(value, more))
            if not wrong:
                return value
        except WrongKindError:
            wrong = [(f" is not {kind.words}", f"Write {more.get('example', kind.written)}")]
        except CftAudioError as fault:
            wrong = [(f": {fault.message}", fault.remedy)]
        except ValueError as fault:
            wrong = [(f" cannot be '{plain(node)}'; {fault}", "")]
        for message, remedy in wrong:
            self.report(node.line, f"'{key}'{message}", remedy, where)
        return MISSING


def _faults(value: Any, more: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield why ``value`` is outside its choices or its range, and what to do about it."""
    items, verb = (value, "have") if isinstance(value, tuple) else ((value,), "be")
    choices = more.get("choices", items)
    for item in items:
        if item not in choices:
            yield f" cannot {verb} '{item}'", did_you_mean(str(item), choices)
    least, most = more.get("range", (None, None))
    if not ((least is None or value >= least) and (most is None or value <= most)):
        yield f" is {value:g}", f"Write a number {range_words(least, most)}"


def _joined(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
