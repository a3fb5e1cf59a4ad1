"""Letters that a practice reads back: text files of a person's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, ScriptError
from cft_audio.schema.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1_000_000
"""Bytes of a letter's file; what can be spoken of it is limited by its slot."""


def read_letter(path: Path) -> str:
    """Return the text of a letter.

    Raises:
        RequestError: If it is not there, there is nothing in it, or it is no file of a letter's
            size.
        ScriptError: If the file cannot be opened or is not UTF-8 text.
    """
    if not path.exists():
        raise RequestError(f"there is no file '{path}'", field="letter")
    refuse = partial(RequestError, field="letter", where=str(path))
    if not (path.is_file() and path.stat().st_size <= _LARGEST):
        message = "that is not a text file of a letter's size"
        raise refuse(message, remedy="Save the letter as plain text")
    text = read_text(path, ScriptError, _LARGEST)
    if not text.strip():
        raise refuse("there is nothing in it", remedy="Write the letter first")
    return text
