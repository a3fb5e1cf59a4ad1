"""What a workbook's own XML says of a sheet that openpyxl's quick way of reading leaves out.

That are merged and hidden cells, formulas without a value, and whether an address is so far out
that reading up to it would not end.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from lxml import etree

from cft_audio.errors import Problem, RosterError
from cft_audio.rosters.grid import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from zipfile import ZipFile

_ADDRESS = re.compile(r"([A-Z]{1,9})([1-9][0-9]{0,9})")
_MOST_MERGED = 200_000
_STRICT = "purl.oclc.org"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        name: Its name.
        part: The file inside the workbook that holds it.
        is_shown: Whether a person sees it.
    """

    name: str
    part: str
    is_shown: bool


@dataclass(frozen=True)
class Marks:
    """What is said of the cells of a sheet; columns are counted from 0, rows from 1.

    Attributes:
        rows: The last row in which something stands.
        columns: How many columns there are up to the last in which something stands.
        merged: The cells that are covered by one they are merged with, by row and column.
        unstored: The cells whose formula was saved without its value.
        hidden_rows: The rows that are not shown.
        hidden_columns: The columns that are not shown.
    """

    rows: int
    columns: int
    merged: frozenset[tuple[int, int]]
    unstored: frozenset[tuple[int, int]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def sheets_in(package: ZipFile, file: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold cells, in their order.

    Raises:
        RosterError: If it is of the standard's strict edition, which openpyxl does not read.
        KeyError: If it lacks a part.
        lxml.etree.XMLSyntaxError: If a part is damaged.
    """
    workbook, relations = _root(package, _WORKBOOK), _root(package, _RELATIONS)
    if _STRICT in workbook.tag:
        remedy = "In Excel: File, Save As, Excel Workbook (.xlsx), not Strict"
        raise RosterError([Problem(file, 0, "this is a workbook of the strict kind", remedy)])
    parts = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target")))[1:]
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    }
    found = (
        (sheet, parts.get(_attribute(sheet, "id")))
        for sheet in workbook.iterfind("{*}sheets/{*}sheet")
    )
    return tuple(
        Sheet(sheet.get("name"), part, sheet.get("state", "visible") == "visible")
        for sheet, part in found
        if part is not None
    )


def read_marks(content: IO[bytes], file: str) -> Marks:
    """Return what the XML of a sheet says of its cells.

    Args:
        content: The XML.
        file: The file, for messages.

    Raises:
        RosterError: If something stands beyond the rows and columns that a roster may have.
        lxml.etree.XMLSyntaxError: If it is damaged.
    """
    reader = _Reader(file)
    tags = ("{*}c", "{*}row", "{*}mergeCell", "{*}col")
    walk = etree.iterparse(
        content, ("end",), tag=tags, resolve_entities=False, no_network=True, recover=False
    )
    for _, element in walk:
        reader.take(etree.QName(element).localname, element)
    return reader.marks()


class _Reader:
    """Takes the elements of a sheet as they come."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells: list[Any] = []
        self._row = self._last_row = self._columns = 0
        self._ranges: list[tuple[int, int, int, int]] = []
        self._unstored: set[tuple[int, int]] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def take(self, tag: str, element: Any) -> None:
        if tag == "c":
            is_text = element.get("t") == "str"
            value, formula = element.find("{*}v"), element.find("{*}f")
            has_value = value is not None and bool(value.text or is_text)
            is_filled = has_value or formula is not None or element.find("{*}is") is not None
            self._cells.append((element.get("r"), is_filled, formula is not None and not has_value))
            element.clear()
        elif tag == "row":
            self._take_row(element)
            # What was read is let go, and its place among the others too.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif tag == "col" and _is_on(element.get("hidden")):
            first, last = int(element.get("min")), int(element.get("max"))
            self._hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
        elif tag == "mergeCell":
            corners = (element.get("ref").split(":") * 2)[:2]
            (top, left), (bottom, right) = map(_row_and_column, corners)
            self._ranges.append((top, left, bottom, right))

    def _take_row(self, element: Any) -> None:
        row = int(element.get("r", self._row + 1))
        if row <= self._row:
            raise ValueError("rows out of order")
        self._row = row
        if _is_on(element.get("hidden")):
            self._hidden_rows.add(row)
        column = -1
        for address, is_filled, is_unstored in self._cells:
            _, column = _row_and_column(address) if address else (row, column + 1)
            if not is_filled:
                continue
            if row > MOST_ROWS or column >= MOST_COLUMNS:
                raise RosterError([self._too_far(address or f"row {row}")])
            self._last_row, self._columns = row, max(self._columns, column + 1)
            if is_unstored:
                self._unstored.add((row, column))
        self._cells.clear()

    def _too_far(self, address: str) -> Problem:
        message = (
            f"something stands in {address}, beyond the {MOST_ROWS} rows and {MOST_COLUMNS} "
            "columns of a roster"
        )
        return Problem(self._file, 0, message, "Delete the rows and columns that hold no clients")

    def marks(self) -> Marks:
        merged: set[tuple[int, int]] = set()
        for top, left, bottom, right in self._ranges:
            rows = range(top, min(bottom, self._last_row) + 1)
            columns = range(left, min(right, self._columns - 1) + 1)
            if len(merged) + len(rows) * len(columns) > _MOST_MERGED:
                raise ValueError("more merged cells than a roster has")
            merged.update((row, column) for row in rows for column in columns)
            merged.discard((top, left))
        return Marks(
            self._last_row,
            self._columns,
            frozenset(merged),
            frozenset(self._unstored),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
        )


def _row_and_column(address: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(address.replace("$", ""))
    if not found:
        raise ValueError("no address of a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _root(package: ZipFile, part: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _attribute(element: Any, name: str) -> str:
    """Return the value of an attribute, of whatever namespace; empty for none."""
    found = (str(value) for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(found, "")
