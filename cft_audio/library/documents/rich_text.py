"""Rich text (RTF), which TextEdit and WordPad write."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from cft_audio.files.formats import RICH_TEXT
from cft_audio.library.documents.errors import damaged
from cft_audio.library.documents.marked_up import PARAGRAPH

_PICTURE_DATA = re.compile(rb"(?:[0-9a-fA-F]{2}\s*){100,}")
"""Digits of a picture or of another program's object, of which a letter's words have no run."""

_SWITCHED_OFF = re.compile(r"(?<!\\)\\(?:v|deleted)(?![a-z0-9])([^{}]*?)\\(?:v|deleted)0 ?")
_LEFT_OUT = re.compile(r"(?<!\\)\\(listtext|pntext|v|deleted)(?![a-z0-9])")
"""The mark of a list's item, hidden and deleted text, to the end of its group."""

_CELL = re.compile(r"(?<!\\)\\(?:nest)?cell(?![a-z])")
_MAC = re.compile(r"\\ansicpg10000 ?|\\mac(?![a-z])")
_LINK = re.compile(r"\bHYPERLINK\b")


def rich_text(data: bytes) -> str:
    """Return the text of an RTF document.

    Raises:
        UnreadableError: If it is damaged.
    """
    source = _PICTURE_DATA.sub(b"", data.strip(b" \t\r\n\0"))
    if not source.endswith(b"}"):
        raise damaged(RICH_TEXT.words)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = source.decode("cp1252", "replace")
    text = _LEFT_OUT.sub(r"\\*\\\1", _SWITCHED_OFF.sub("", text))
    # Cells of a table are parted, and the address of a link is not said.
    text = _LINK.sub("", _CELL.sub(r"\\par", text))
    mac = _MAC.search(text)
    try:
        plain = str(rtf_to_text(_MAC.sub("", text), "mac_roman" if mac else "cp1252"))  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise damaged(RICH_TEXT.words) from error
    # Every end of a line is one that somebody typed.
    plain = plain.replace("\n", PARAGRAPH)
    # Signs beyond 16 bits, such as emoji, are written as the two halves of UTF-16.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\xad", "")
