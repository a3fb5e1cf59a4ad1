"""The bytes of a file, and which kind of table it is by them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, RosterError
from cft_audio.files.formats import format_of

if TYPE_CHECKING:
    from pathlib import Path

CSV, WORKBOOK, YAML = "csv", "workbook", "yaml"
"""The kinds of files that a roster may be."""

ENDINGS = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": WORKBOOK, ".yaml": YAML, ".yml": YAML}
"""What the name of a file of each kind ends with."""

LARGEST = 5_000_000
"""Bytes of a roster; one of a thousand rows has some 200,000."""

LARGEST_YAML = 2_000_000
"""Bytes of one in YAML, which takes fourteen times as long to read as CSV: some seven seconds."""

_SAVE = "Save it as a workbook (.xlsx) or as CSV"
_OPEN_AND_SAVE = "Open it in a spreadsheet, and save it as a workbook (.xlsx)"
_IN_EXCEL = "In Excel: File, Save As, Excel Workbook (.xlsx)"
_IN_LIBREOFFICE = "In LibreOffice: File, Save As, Excel 2007-365 (.xlsx)"

_ZIPPED = {
    b"xl/workbook.bin": ("a workbook of Excel's binary kind (.xlsb)", _IN_EXCEL),
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": (
        "an OpenDocument spreadsheet (.ods)",
        _IN_LIBREOFFICE,
    ),
    b"Index/Tables": ("a Numbers spreadsheet", "In Numbers: File, Export To, Excel"),
}
"""What stands in ZIP files that are spreadsheets of another kind."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE = {
    "EncryptedPackage": (
        "a workbook that is protected by a password",
        "Open it in Excel, take the password off (File, Info, Protect Workbook), and save it",
    ),
    "Workbook": ("a workbook of the old kind (.xls)", _IN_EXCEL),
}
"""Streams of Microsoft's compound files, and what a file with one is."""

_AS_TEXT = {
    b"{": ("no table, perhaps a link to one in Google Sheets", "There: File, Download, .xlsx"),
    b"<": ("a web page or XML, whatever its name says", _OPEN_AND_SAVE),
}
"""How text begins that is none of ours."""


def kind_of(data: bytes, path: Path) -> str:
    """Return the kind of a table.

    Args:
        data: What its file holds, or one byte more than is read of it.
        path: What the file is called.

    Raises:
        RosterError: If it is too large, or of no kind that is read.
    """
    file = str(path)
    by_ending = ENDINGS.get(path.suffix.lower())
    largest = LARGEST_YAML if by_ending == YAML else LARGEST
    if len(data) > largest:
        message = f"the file has more than {largest // 1_000_000} MB"
        raise _refusal(file, message, "Make several rosters of it, or remove pictures from it")
    begins = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    as_text = None if by_ending == YAML else _AS_TEXT.get(begins)
    if known := _other_table(data) or as_text:
        raise _refusal(file, f"this is {known[0]}", known[1])
    if data.startswith(b"PK") and b"xl/workbook" in data:
        return WORKBOOK
    if found := format_of(data):
        raise _refusal(file, f"this is {found.words}, and no table", _SAVE)
    if by_ending == WORKBOOK:
        message = "this is no workbook, though its name says so, or it is damaged"
        raise _refusal(file, message, _OPEN_AND_SAVE)
    return by_ending or CSV


def bytes_of(path: Path) -> bytes:
    """Return what a file holds, and no more than tells that it is too large.

    Raises:
        RosterError: If it cannot be opened.
    """
    file = str(path)
    if os.path.isdir(path):  # noqa: PTH112 -- unlike a Path's, these take any name
        raise _refusal(file, "this is a folder, not a file", "Name a file in it")
    if not os.path.lexists(path):
        raise _refusal(file, "there is no such file", "Check its path")
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
        raise _refusal(file, "this is a device, not a file", "Name the file of a roster")
    try:
        with path.open("rb") as content:
            return content.read(LARGEST + 1)
    except OSError as fault:
        message = f"the file cannot be read: {fault.strerror or fault}"
        raise _refusal(file, message, "Close it elsewhere, or see to its rights") from fault


def _other_table(data: bytes) -> tuple[str, str] | None:
    if data.startswith(_OLE):
        streams = ((name.encode("utf-16-le"), told) for name, told in _IN_OLE.items())
        return next((told for name, told in streams if name in data), None)
    if data.startswith(b"PK"):
        return next((told for name, told in _ZIPPED.items() if name in data), None)
    return None


def _refusal(file: str, message: str, remedy: str) -> RosterError:
    return RosterError([Problem(file, 0, message, remedy)])
