"""PDFs with text: its lines joined to paragraphs again, without page numbers and running heads."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import DependencyError

from cft_audio.files.formats import PDF
from cft_audio.library.documents.errors import UnreadableError, damaged
from cft_audio.library.documents.marked_up import LINE, PARAGRAPH, protected

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PAGES = 60
"""Pages that are read. Eight thousand characters, which a letter has at most, fill four."""

_ENOUGH = 200_000
"""Characters after which no further page is read; they are refused for their number."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página)?\s*\d+(?:\s*(?:/|of|von|de)\s*\d+)?\W*", re.IGNORECASE
)
_INDENT = 2
"""Columns by which a line is set in where it begins a paragraph."""

_FREQUENT = 4
"""A gap is frequent that stands before one line in so many."""

_BREAKS_OFF = re.compile(r"[^\W\d_]$")
_OFTEN = 3
"""Pages on which a line stands first or last that is a running head or foot."""


@dataclass(frozen=True)
class _Line:
    """A line of a page: its text, the columns before it, the empty lines before it."""

    text: str
    indent: int
    gap: int


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF.

    Raises:
        UnreadableError: If it is damaged, protected, or holds no text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        # Without a password of its own it may only not be printed, and opens with an empty one.
        opens = not reader.is_encrypted or reader.decrypt("")
        pages = _without_running_lines(list(_pages(reader)) if opens else [])
    except DependencyError as error:  # it wants a cipher that is not installed
        raise protected(PDF) from error
    except Exception as error:  # a damaged file raises anything
        raise damaged(PDF.words) from error
    if not opens:
        raise protected(PDF)
    lines = [line for page in pages for line in page]
    if not any(line.text for line in lines):
        raise UnreadableError(
            "this is a PDF of pictures of pages (a scan), without text",
            "Type the letter into a text file, or let a program for text recognition (OCR) read it",
        )
    return _as_paragraphs(pages)


def _pages(reader: PdfReader) -> Iterator[list[_Line]]:
    read = 0
    for number, page in enumerate(reader.pages):
        text = page.extract_text(
            extraction_mode="layout", layout_mode_strip_rotated=True, layout_mode_scale_weight=1.0
        )
        yield list(_lines(text))
        read += len(text)
        if read > _ENOUGH or number + 1 >= _MOST_PAGES:
            return


def _lines(text: str) -> Iterator[_Line]:
    gap = 0
    for line in text.splitlines():
        if not line.strip():
            gap += 1
            continue
        yield _Line(" ".join(line.split()), len(line) - len(line.lstrip()), gap)
        gap = 0


def _without_running_lines(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Leave out page numbers, and what stands first or last on several pages but for its digits."""
    unnumbered = [_without_page_number(page) for page in pages]
    ends = (
        {_but_digits(line) for line in (page[0], page[-1])} for page in unnumbered if len(page) > 1
    )
    often = Counter(text for page in ends for text in page)
    running = {text for text, count in often.items() if count >= _OFTEN}
    kept = []
    for page in unnumbered:
        first = len(page) > 1 and _but_digits(page[0]) in running
        last = len(page) > 1 and _but_digits(page[-1]) in running
        kept.append(_without_page_number(page[first : len(page) - last]))
    return kept if any(kept) else pages


def _without_page_number(page: list[_Line]) -> list[_Line]:
    first = bool(page) and bool(_PAGE_NUMBER.fullmatch(page[0].text))
    last = len(page) > 1 and bool(_PAGE_NUMBER.fullmatch(page[-1].text))
    return page[first : len(page) - last]


def _but_digits(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _as_paragraphs(pages: list[list[_Line]]) -> str:
    """Return the lines with an end of a paragraph where the page shows one.

    It shows one by a gap wider than that between most lines, or by a line that is set in.
    """
    usual_gap = _usual_gap([line for page in pages for line in page[1:]])
    margin = Counter(line.indent for page in pages for line in page).most_common(1)[0][0]
    pieces: list[str] = []
    for page in pages:
        for number, line in enumerate(page):
            is_apart = number > 0 and line.gap > usual_gap
            is_set_in = margin + _INDENT <= line.indent <= margin + 5 * _INDENT
            pieces.append(PARAGRAPH if is_apart or is_set_in else LINE)
            pieces.append(line.text)
    return "".join(pieces)


def _usual_gap(lines: list[_Line]) -> int:
    """Return the empty lines between the lines of a paragraph: the fewest that are frequent.

    Where no line follows another closely, the letter is either written with double spacing, and
    then lines break off within a sentence, or every line is a paragraph.
    """
    gaps = Counter(line.gap for line in lines)
    usual = min((gap for gap, count in gaps.items() if _FREQUENT * count >= len(lines)), default=0)
    breaks_off = any(_BREAKS_OFF.search(line.text) for line in lines[:-1])
    return usual if breaks_off else 0
