"""Web pages and HTML: what a browser shows."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import defs

from cft_audio.library.documents.errors import damaged
from cft_audio.library.documents.marked_up import (
    HELD_LINE,
    LINE,
    PARAGRAPH,
    Element,
    Rules,
    attribute,
    name_of,
    text_of,
)

_SECTIONS = {"article", "aside", "body", "details", "dialog", "figcaption", "figure", "footer"}
_BLOCKS = {"header", "html", "main", "nav", "section", "summary"} | _SECTIONS | defs.block_tags
_BLOCKS -= {"ins", "del"}
_LEFT_OUT = {"audio", "button", "canvas", "datalist", "del", "head", "math", "noembed", "noframes"}
_LEFT_OUT |= {"noscript", "rp", "rt", "svg", "template", "video", "select", "textarea", "option"}
_LEFT_OUT |= {"applet", "embed", "iframe", "input", "map", "object"} | defs.head_tags
"""What no browser shows as text, what was deleted, and what is there to be pressed."""

_BLOCK = re.compile(rf"<(?:br|{'|'.join(sorted(_BLOCKS))})\b", re.IGNORECASE)
_HIDING = re.compile(r"display:none|visibility:hidden|mso-hide:all|mso-element:comment")
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.DOTALL)
_STYLE_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[\w-]*(?:[.#][\w-]+)?")


def web_page_text(page: bytes) -> str:
    """Return what a browser shows of ``page``, which is UTF-8.

    Without a single block or line break it is plain text that has some marks in it, whose lines
    stay lines.

    Raises:
        UnreadableError: If there is nothing in it that can be parsed.
    """
    text = page.decode()
    if not _BLOCK.search(text):
        text = f"<pre>{text}</pre>"
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.encode(), parser)
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise damaged("a web page") from error
    for verbatim in root.iter("pre"):
        for part in verbatim.iter():
            part.text, part.tail = _held(part.text), _held(part.tail)
    hidden = _hidden_by_style(root)

    def role(element: Element) -> str | None:
        name = name_of(element).lower()
        if name in _LEFT_OUT or element.get("hidden") is not None or _is_hidden(element, hidden):
            return None
        return PARAGRAPH if name in _BLOCKS else LINE if name == "br" else ""

    return text_of(root, Rules(role))


def _held(text: str | None) -> str | None:
    return text and text.replace("\r\n", "\n").replace("\n", HELD_LINE)


def _is_hidden(element: Element, hidden: frozenset[str]) -> bool:
    if _HIDING.search(re.sub(r"\s", "", attribute(element, "style")).lower()):
        return True
    classes = [f".{name}" for name in attribute(element, "class").split()]
    names = (*classes, f"#{attribute(element, 'id')}")
    tag = name_of(element).lower()
    return any(name in hidden or f"{tag}{name}" in hidden for name in names) or tag in hidden


def _hidden_by_style(root: Element) -> frozenset[str]:
    """Return the selectors of one element each that the page's style sheets hide."""
    hidden: set[str] = set()
    for sheet in root.iter("style"):
        rules = _STYLE_RULE.findall(_AT_RULE.sub("", sheet.text or ""))
        for selectors, declared in rules:
            if _HIDING.search(re.sub(r"\s", "", declared).lower()):
                wanted = (selector.strip() for selector in selectors.split(","))
                hidden.update(name for name in wanted if name and _SIMPLE.fullmatch(name))
    return frozenset(hidden)
