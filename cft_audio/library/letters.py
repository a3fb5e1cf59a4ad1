"""Letters that a practice reads back: a person's own files, whatever they wrote them with."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.library.documents.errors import UnreadableError
from cft_audio.library.documents.reading import LARGEST, read_document
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_SHOWN = 8
"""Words of a letter by which its writer knows it again."""

_PACKAGES = {
    ".pages": ("this is a Pages document", "In Pages: File, Export To, Word"),
    ".rtfd": ("this is a TextEdit document with pictures", "Give the file TXT.rtf that is in it"),
}
"""Folders that a Mac shows as documents, and what to do about one."""


@dataclass(frozen=True)
class Letter:
    """A letter, and how it was understood.

    Attributes:
        text: Its paragraphs, an empty line between them.
        file: The file it was in, without its folder.
        kind: What that is, in words: "a Word document".
    """

    text: str = field(repr=False)
    file: str = field(repr=False)
    kind: str

    @property
    def paragraphs(self) -> int:
        """How many paragraphs it has."""
        return len(self.text.split("\n\n"))

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def beginning(self) -> str:
        """Its first words."""
        words = self.text.split()
        return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def read_letter(path: Path) -> Letter:
    """Return the letter in a file.

    Raises:
        RequestError: If it is not there, cannot be opened, has no text that can be read, or there
            is nothing in it.
    """
    if os.path.isdir(path):  # noqa: PTH112 -- unlike a Path's, these take any name
        told = _PACKAGES.get(path.suffix.lower(), ("this is a folder", "Name a file in it"))
        raise _refusal(*told, str(path))
    if not os.path.exists(path):  # noqa: PTH110
        remedy = "Check the path, or drag the file into the window"
        raise RequestError(f"there is no file '{path}'", remedy=remedy, field="letter")
    if not path.is_file():
        raise _refusal("this is a device, not a file", "Name the file of a letter", str(path))
    try:
        with path.open("rb") as file:
            return letter_from(file, path.name, str(path))
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Copy it to a folder of your own"
        raise _refusal(f"the file cannot be opened: {reason}", remedy, str(path)) from error


def letter_from(stream: BinaryIO, file: str, where: str = "") -> Letter:
    """Return the letter that a file, called ``file``, holds: see ``letter_of``.

    Raises:
        RequestError: As ``letter_of``.
        OSError: If it cannot be read.
    """
    return letter_of(stream.read(LARGEST + 1), file, where)


def letter_of(data: bytes, file: str, where: str = "") -> Letter:
    """Return the letter whose file holds ``data``.

    Args:
        data: What the file holds.
        file: What it is called.
        where: Its path, for an error.

    Raises:
        RequestError: If it has no text that can be read, or there is nothing in it.
    """
    if len(data) > LARGEST:
        remedy = "Copy the words of the letter into a text file of their own"
        raise _refusal("this file is far larger than a letter", remedy, where or file)
    try:
        read, kind = read_document(data)
    except UnreadableError as error:
        raise _refusal(error.message, error.remedy, where or file) from error
    # Nothing of a file, its name least of all, may reach a terminal as anything but text.
    paragraphs = list(filter(None, map(clean, read)))
    if not any(character.isalnum() for paragraph in paragraphs for character in paragraph):
        raise _refusal(
            "there is nothing in it", "Write the letter first, and save it", where or file
        )
    return Letter("\n\n".join(paragraphs), clean(file), kind)


def _refusal(message: str, remedy: str, where: str) -> RequestError:
    return RequestError(message, remedy=remedy, field="letter", where=where)
