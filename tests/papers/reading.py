"""A page as it is read: its text without its marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self, left_out: frozenset[str]) -> None:
        super().__init__()
        self.left_out, self.depth, self.read = left_out, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.depth += tag in self.left_out
        self.read += "" if tag in _WITHIN else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.left_out
        self.read += "" if tag in _WITHIN else "\n"

    def handle_data(self, data: str) -> None:
        self.read += "" if self.depth else data


_WITHIN = frozenset({"em", "strong", "span", "code"})


def text_of(page: str, *left_out: str) -> list[str]:
    """Return the paragraphs of a page, each on one line.

    Args:
        page: HTML.
        left_out: Elements whose text is left out, beside those that are not shown.
    """
    reader = _Reader(frozenset({"style", "title", *left_out}))
    reader.feed(page)
    return [line for line in map(_one_line, reader.read.split("\n")) if line]


def sentences_of(page: str) -> str:
    """Return what of a page is written in sentences; not its headings, nor whom to call."""
    return " ".join(line for line in text_of(page, "dl") if re.search(r"[.!?]$", line))


def _one_line(text: str) -> str:
    return " ".join(text.split())
