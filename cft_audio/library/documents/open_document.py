"""OpenDocument texts (.odt, .ott, .fodt), as LibreOffice and many others write them."""

from __future__ import annotations

from cft_audio.files.formats import OPEN_DOCUMENT
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
    protected,
    text_of,
)

_STANDS_FOR = {"p": PARAGRAPH, "h": PARAGRAPH, "line-break": LINE, "tab": " ", "s": " "}
_LEFT_OUT = {
    "tracked-changes",
    "annotation",
    "annotation-end",
    "note",
    "ruby-text",
    "title",
    "desc",
    "number",
    "placeholder",
    "hidden-text",
    "forms",
    "script",
    "object",
    "binary-data",
    "variable-decls",
    "sequence-decls",
    "user-field-decls",
    "table-of-content-source",
}
"""What was deleted, what was noted beside the text, and what is not shown."""

_MANIFEST = "META-INF/manifest.xml"
_SPEAKING = "text"
"""The last part of the namespace whose elements hold text."""


def open_document_text(data: bytes) -> str:
    """Return the text of an OpenDocument text.

    Raises:
        UnreadableError: If it is damaged or protected by a password.
    """
    if data.startswith(b"PK"):
        package = Package(data, OPEN_DOCUMENT)
        if "encrypted-package" in package.names or (
            _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST)
        ):
            raise protected(OPEN_DOCUMENT)
        data = package.read("content.xml")
    root = parse_xml(data, OPEN_DOCUMENT)
    body = next((element for element in root.iter("{*}body")), None)
    if body is None:
        raise damaged(OPEN_DOCUMENT.words)
    hidden = {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if any(attribute(child, "display") == "none" for child in style)
    }

    def role(element: Element) -> str | None:
        name = name_of(element)
        if name in _LEFT_OUT or attribute(element, "style-name") in hidden - {""}:
            return None
        if attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true":
            return None
        return _STANDS_FOR.get(name, "")

    return text_of(body, Rules(role))
