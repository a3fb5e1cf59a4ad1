"""A document read in a process of its own: its bytes come in, its text or an error goes out.

This process alone imports what reads a format, and only that of the document.
"""

from __future__ import annotations

import importlib
import json
import sys

from cft_audio.library.documents.errors import UnreadableError

_READERS = {
    "word": "word.word_text",
    "open document": "open_document.open_document_text",
    "rtf": "rich_text.rich_text",
    "html": "web_page.web_page_text",
    "pdf": "pdf.pdf_text",
}
"""The module and the function that read each kind of document, by the ``key`` of its format."""

_MEMORY = 280 * 2**20
"""Bytes of address space for it all; a letter's document takes a quarter of them."""

_PROCESSOR_S = 1.2
"""Seconds of processor time once all is imported; a letter's document takes a tenth of them."""


def main(key: str) -> None:
    """Read a document of the kind ``key`` from standard input; write JSON to standard output."""
    module, _, function = _READERS[key].partition(".")
    read = getattr(importlib.import_module(f"cft_audio.library.documents.{module}"), function)
    _limit_what_it_takes()
    try:
        answer = {"text": read(sys.stdin.buffer.read())}
    except UnreadableError as error:
        answer = {"message": error.message, "remedy": error.remedy}
    sys.stdout.write(json.dumps(answer))


def _limit_what_it_takes() -> None:
    if sys.platform == "win32":
        return
    import resource
    import signal

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, most))
    signal.setitimer(signal.ITIMER_PROF, _PROCESSOR_S)
