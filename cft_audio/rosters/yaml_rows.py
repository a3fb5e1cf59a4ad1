"""A roster in YAML: a list of tables, or a table of ``defaults`` and ``clients``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RosterError
from cft_audio.rosters.grid import MOST_ROWS, shortened, text_cell
from cft_audio.rosters.roster import Cell, Roster, RosterRow
from cft_audio.schema.encoding import HOW_TO_SAVE, decode_text
from cft_audio.schema.nodes import Listing, Scalar, Table, YamlText, compose_yaml
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.rosters.columns import ColumnNames
    from cft_audio.schema.nodes import Node

_DEFAULTS, _CLIENTS, _SLOTS = "defaults", "clients", "slot"
_ROSTER = YamlText("the roster", most=200_000)
_FORM = "Begin each client with '- code: K01', and indent the other entries under it"


def read_yaml(data: bytes, file: str, names: ColumnNames) -> Roster:
    """Return the roster in a YAML file.

    Args:
        data: What the file holds.
        file: The file, for messages.
        names: The names that entries can have.

    Raises:
        RosterError: If it is no YAML, or holds no list of clients.
    """
    try:
        text = decode_text(data)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        message = "a letter or a sign in this line is saved in a way that cannot be read"
        raise RosterError([Problem(file, line, message, HOW_TO_SAVE)]) from fault
    node = compose_yaml(text, file, RosterError, _ROSTER)
    reader = _Reader(file, names)
    defaults, clients = reader.parts(node)
    if len(clients.items) > MOST_ROWS:
        message = f"there are more than {MOST_ROWS} rows"
        raise RosterError([Problem(file, clients.line, message, "Make several rosters of it")])
    shared = reader.cells(defaults, "defaults")
    rows = tuple(reader.rows(clients, shared))
    columns = dict.fromkeys(name for row in rows for name in (*row.cells, *row.unreadable))
    return Roster(file, tuple(columns), rows, tuple(reader.problems))


class _Reader:
    """Reads the tables of one file, and collects what is wrong with them."""

    def __init__(self, file: str, names: ColumnNames) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._names = names

    def parts(self, node: Node | None) -> tuple[Table, Listing]:
        """Return the defaults and the list of clients."""
        match node:
            case None | Scalar(""):
                raise RosterError([Problem(self._file, 0, "there is nothing in it", _FORM)])
            case Listing():
                return Table(), node
            case Table(entries) if isinstance(entries.get(_CLIENTS), Listing):
                for key, inner in entries.items():
                    if key not in (_DEFAULTS, _CLIENTS):
                        remedy = did_you_mean(key, (_DEFAULTS, _CLIENTS))
                        self._report(inner.line, f"'{shortened(key)}' is not known here", remedy)
                defaults = entries.get(_DEFAULTS, Table())
                if not isinstance(defaults, Table):
                    self._report(defaults.line, "'defaults' is no table", "Write 'bed: rain'")
                    defaults = Table()
                clients = entries[_CLIENTS]
                return defaults, clients if isinstance(clients, Listing) else Listing((), 0)
        message = "it holds no list of clients"
        raise RosterError([Problem(self._file, node.line, message, _FORM)])

    def rows(self, clients: Listing, shared: dict[str, Cell | None]) -> Iterator[RosterRow]:
        """Yield a row for each client that has any entry; ``shared`` holds what all have."""
        for number, node in enumerate(clients.items, start=1):
            if not isinstance(node, Table):
                if not (isinstance(node, Scalar) and node.value == ""):
                    self._report(node.line, f"row {number} is no table", _FORM)
                continue
            found = shared | self.cells(node, f"row {number}")
            cells = {name: cell for name, cell in found.items() if cell is not None}
            unreadable = frozenset(found.keys() - cells.keys())
            yield RosterRow(number, cells, self._file, node.line, unreadable=unreadable)

    def cells(self, table: Table, row: str) -> dict[str, Cell | None]:
        """Return the cells of a table; None for each that cannot be read."""
        cells: dict[str, Cell | None] = {}
        for key, line in table.repeated:
            self._report(line, f"{row}: '{shortened(key)}' stands here twice", "Keep one of them")
        for key, node in _entries(table):
            name = self._names.find(key)
            if name is None:
                message = f"{row}: '{shortened(key)}' is no column of a roster"
                self._report(node.line, message, self._names.suggest(key))
            elif name in cells:
                message = f"{row}: '{shortened(key)}' stands here already, as {name}"
                self._report(node.line, message, "Keep one of them")
            else:
                place = f"{row}, {name} (line {node.line})"
                cells |= self._cell(name, node, place)
        return cells

    def _cell(self, name: str, node: Node, place: str) -> dict[str, Cell | None]:
        written = _written(node)
        if written is None:
            self._report(node.line, f"{place}: it holds a table inside a table", "Write text")
            return {name: None}
        cell = text_cell(written)
        if cell is None:
            return {}
        if cell.fault:
            self._report(node.line, f"{place}: {cell.fault[0]}", cell.fault[1])
            return {name: None}
        return {name: Cell(cell.text, place, self._file, node.line)}

    def _report(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self._file, line, message, remedy))


def _entries(table: Table) -> Iterator[tuple[str, Node]]:
    """Yield the entries of a table; those of an inner table ``slot`` by ``slot.NAME``."""
    for key, node in table.entries.items():
        if key.strip().lower() == _SLOTS and isinstance(node, Table):
            yield from ((f"{_SLOTS}.{slot}", inner) for slot, inner in node.entries.items())
        else:
            yield key, node


def _written(node: Node) -> str | None:
    """Return a value as one writes it in a cell of a table; None for one that has no such form."""
    match node:
        case Scalar(value):
            return str(value)
        case Listing(items) if all(isinstance(item, Scalar) for item in items):
            return ", ".join(str(item.value) for item in items if isinstance(item, Scalar))
        case Table(entries) if all(isinstance(inner, Scalar) for inner in entries.values()):
            pairs = ((k, v.value) for k, v in entries.items() if isinstance(v, Scalar))
            return "; ".join(f"{key}={value}" for key, value in pairs)
    return None
