"""Word documents (.docx): what a reader sees, tracked insertions and tables included.

``python-docx`` leaves out the text of insertions, content controls and text boxes, and fails where
a picture is missing; so the paragraphs are read from the document's own XML, of either edition of
the standard (ISO/IEC 29500, transitional and strict).
"""

from __future__ import annotations

import re

from cft_audio.files.formats import WORD
from cft_audio.library.documents.errors import damaged
from cft_audio.library.documents.marked_up import (
    LINE,
    PARAGRAPH,
    Element,
    Package,
    Rules,
    attribute,
    name_of,
    parse_xml,
    text_of,
)

_STANDS_FOR = {
    "p": PARAGRAPH,
    "br": LINE,
    "cr": LINE,
    "tab": " ",
    "ptab": " ",
    "noBreakHyphen": "-",
}
_LEFT_OUT = {
    "del",
    "moveFrom",
    "Fallback",
    "rt",
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sectPr",
    "sdtPr",
    "delText",
    "instrText",
    "docPr",
    "comment",
}
"""What was deleted, what another program shows in its place, how a word is said in East Asian
writing, and properties."""

_OFF = ("0", "false", "off")


def word_text(data: bytes) -> str:
    """Return the text of a Word document.

    Raises:
        UnreadableError: If it is damaged, or has no text of its own.
    """
    if data.startswith(b"PK"):
        package = Package(data, WORD)
        names = filter(re.compile(r"word/document\d*\.xml").fullmatch, package.names)
        data = package.read(next(names, "word/document.xml"))
    root = parse_xml(data, WORD)
    body = next((element for element in root.iter("{*}body")), None)
    if body is None:
        raise damaged(WORD.words)
    _join_paragraphs(body)
    return text_of(body, Rules(_role, lambda element: name_of(element) == "t"))


def _join_paragraphs(body: Element) -> None:
    """Let a paragraph whose end was deleted run on into the next one."""
    for paragraph in list(body.iter("{*}p")):
        after = paragraph.getnext()
        is_joined = paragraph.find("{*}pPr/{*}rPr/{*}del") is not None
        if is_joined and after is not None and name_of(after) == "p":
            for child in reversed(paragraph):
                if name_of(child) != "pPr":
                    after.insert(0, child)


def _role(element: Element) -> str | None:
    name = name_of(element)
    if name in _LEFT_OUT or (name == "r" and _is_hidden(element)):
        return None
    if name == "sdt" and element.find("{*}sdtPr/{*}showingPlcHdr") is not None:
        return None  # "Click here to enter text."
    if name == "br" and attribute(element, "type") in ("page", "column"):
        return PARAGRAPH
    return _STANDS_FOR.get(name, "")


def _is_hidden(run: Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and attribute(mark, "val") not in _OFF
