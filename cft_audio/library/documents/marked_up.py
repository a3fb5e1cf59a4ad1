"""A tree of marked-up text, of whatever format, as plain text."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from cft_audio.library.documents.errors import UnreadableError, damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.files.formats import Format

Element: TypeAlias = Any
"""An element of lxml."""

PARAGRAPH, LINE, HELD_LINE = "\n\n", "\n", "\u2028"
"""What stands for the end of a paragraph and of a line; the last one in text whose own line ends
count, as they do not in markup."""

_LARGEST_XML = 16_000_000
"""Bytes of a document's text with its markup; a book of 300 pages has some 10 million."""

_MOST_ENTRIES = 5000
"""Files inside a document. One with a picture on each of a hundred pages has some hundreds."""

_ENTRY = b"PK\1\2"


@dataclass(frozen=True)
class Rules:
    """What the elements of a format mean for its text.

    Attributes:
        role: What an element stands for: ``PARAGRAPH`` where it is one, other text as it is, empty
            where only its content counts; None where it is left out with all that is in it.
        speaks: Whether the text directly in an element belongs to the document.
    """

    role: Callable[[Element], str | None]
    speaks: Callable[[Element], bool] = lambda _: True


def text_of(root: Element, rules: Rules) -> str:
    """Return the text of a tree: ``PARAGRAPH`` between paragraphs, ``LINE`` between their lines."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        role = rules.role(element)
        if event == "start":
            if role is None:
                walk.skip_subtree()
                continue
            pieces.append(role)
            if rules.speaks(element):
                pieces.append(_blanks_joined(element.text))
            continue
        if role == PARAGRAPH:
            pieces.append(PARAGRAPH)
        parent = element.getparent()
        if element is not root and parent is not None and rules.speaks(parent):
            pieces.append(_blanks_joined(element.tail))
    return "".join(pieces).replace(HELD_LINE, LINE)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return the value of the attribute ``name``, of whatever namespace; empty for none."""
    found = (str(value) for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def parse_xml(data: bytes, what: Format) -> Element:
    """Return the root of ``data``; nothing outside it is looked up, and no entity is expanded.

    Raises:
        UnreadableError: If it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(what.words) from error


class Package:
    """The files inside a document that is a ZIP file, none of which is unpacked beyond a limit.

    Args:
        data: The document.
        what: What it is.

    Raises:
        UnreadableError: If it is damaged.
    """

    def __init__(self, data: bytes, what: Format) -> None:
        self._what = what
        try:
            if data.count(_ENTRY) > _MOST_ENTRIES:
                raise damaged(what.words)
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged(what.words) from error

    def read(self, name: str) -> bytes:
        """Return the content of the file ``name``.

        Raises:
            UnreadableError: If it is not there, damaged, or far larger than a letter's.
        """
        try:
            with self._zip.open(name) as file:
                data = file.read(_LARGEST_XML + 1)
        except RuntimeError as error:  # zipfile's way to say that it wants a password
            raise protected(self._what) from error
        except Exception as error:  # zlib, lzma and others have their own, which share no class
            raise damaged(self._what.words) from error
        if len(data) > _LARGEST_XML:
            message = f"this is {self._what.words} far longer than a letter"
            raise UnreadableError(message, "Copy the letter into a document of its own")
        return data


def protected(what: Format) -> UnreadableError:
    """Return the error for a document that only opens with a password."""
    return UnreadableError(
        f"this is {what.words} that is protected by a password",
        "Open it in the program it was written with, take the password off, and save it",
    )


def _blanks_joined(text: str | None) -> str:
    return re.sub("[ \t\r\n]+", " ", text or "")
