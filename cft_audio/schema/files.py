"""Files that people write, or that are kept for them, read from the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import Problem
from cft_audio.files.formats import format_of
from cft_audio.schema.encoding import HOW_TO_SAVE, decode_text
from cft_audio.schema.nodes import Table, node_of
from cft_audio.schema.toml import parse_toml

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.errors import FileError

_UNREADABLE = "a letter or a sign in this line is saved in a way that cannot be read"

LARGEST = 200_000
"""Bytes of a file that a person writes: nine times the longest of our own practices."""

_LARGEST_JSON = 20_000_000
"""Bytes of a file that this program writes; a voice with a hundred thousand takes has as many."""


def read_text(path: Path, error: type[FileError], largest: int = LARGEST) -> str:
    """Return the text of a file, its line ends as they are.

    Args:
        path: The file.
        error: What is raised.
        largest: The most bytes that it may have; no more are read.

    Raises:
        FileError: As ``error``, if it cannot be opened, is too large, or is neither UTF-8 nor
            marked as UTF-16.
    """
    return text_of(read_bytes(path, error, largest), path, error, largest)


def read_bytes(path: Path, error: type[FileError], largest: int) -> bytes:
    """Return what is in a file, and no more of it than one byte above ``largest``.

    Raises:
        FileError: As ``error``, if it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except IsADirectoryError as fault:
        problem = Problem(str(path), 0, "this is a folder, not a file", "Name a file in it")
        raise error([problem]) from fault
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise error([Problem(str(path), 0, f"the file cannot be read: {reason}")]) from fault


def text_of(data: bytes, path: Path, error: type[FileError], largest: int = LARGEST) -> str:
    """Return what was read of a file as text, its line ends as they are.

    Raises:
        FileError: As ``error``, if it is too large, or is neither UTF-8 nor marked as UTF-16.
    """
    if len(data) > largest:
        message = f"the file has more than {largest // 1000} kB"
        raise error([Problem(str(path), 0, message, "Make it shorter, or several of it")])
    if kind := format_of(data):
        problem = Problem(str(path), 0, f"this is {kind.words}, not a plain text", kind.remedy)
        raise error([problem])
    try:
        text = decode_text(data)
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise error([Problem(str(path), line, _UNREADABLE, HOW_TO_SAVE)]) from fault
    if len(text) > text.count("\0") >= len(text) / 4 > 0:
        # Every second byte of most letters in UTF-16 is a NUL, and UTF-8 as well.
        raise error([Problem(str(path), 1, _UNREADABLE, HOW_TO_SAVE)])
    return text


def read_toml(path: Path, error: type[FileError]) -> Table:
    """Return a TOML file as a table.

    Raises:
        FileError: As ``error``, if it cannot be read or is not valid.
    """
    return parse_toml(read_text(path, error), str(path), error)


def read_json(path: Path, error: type[FileError], remedy: str = "") -> Table:
    """Return a JSON file that holds an object as a table, without lines.

    Args:
        path: The file.
        error: What is raised.
        remedy: What to do about a file that is no JSON.

    Raises:
        FileError: As ``error``, if it cannot be read or holds no object.
    """
    import json

    try:
        node = node_of(json.loads(read_text(path, error, _LARGEST_JSON)), {})
    except (ValueError, RecursionError) as fault:
        problem = Problem(str(path), 0, f"it is not valid JSON: {fault}", remedy)
        raise error([problem]) from fault
    if not isinstance(node, Table):
        raise error([Problem(str(path), 0, "it holds no object", remedy)])
    return node
