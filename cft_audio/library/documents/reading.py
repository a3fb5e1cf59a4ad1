"""The text of a document, whatever it was written in, read so that none can do any harm.

What is made of markup is read in a process of its own, with a limit to its time and its memory: a
document from somebody else may be made to unpack without end.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.files.formats import WEB_PAGE, format_of, format_of_text
from cft_audio.files.limited_process import LimitedProcess
from cft_audio.files.limited_worker import Budget
from cft_audio.library.documents.errors import UnreadableError
from cft_audio.library.documents.markdown import without_markdown
from cft_audio.library.documents.paragraphs import paragraphs_of
from cft_audio.library.documents.plain_text import Decoded, declared_encoding, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.files.formats import Format

LARGEST = 30_000_000
"""Bytes of a document; photographs in one make it large, and are left out."""

_LARGEST_TEXT = 400_000
"""Bytes of a plain text; what can be spoken of it is limited by its slot."""

_LARGEST_MARKED_UP = 4_000_000
"""Bytes of a document that is one long text, pictures among it: HTML and RTF."""

_READERS = {
    "word": "word:word_text",
    "open document": "open_document:open_document_text",
    "rtf": "rich_text:rich_text",
    "html": "web_page:web_page_text",
    "pdf": "pdf:pdf_text",
}
"""The module and the function that read each kind of document, by the ``key`` of its format."""

_BUDGET = Budget(starts=7, first=7)
"""For a document; a letter's takes a tenth of it."""


def read_document(data: bytes) -> tuple[list[str], str]:
    """Return the paragraphs of a document and what it is, in words.

    Raises:
        UnreadableError: If its text cannot be read.
    """
    kind = format_of(data)
    if kind:
        limit = _LARGEST_MARKED_UP if kind.key == "rtf" else LARGEST
        return paragraphs_of(_read_apart(kind, data, limit)), kind.words
    if len(data) > _LARGEST_MARKED_UP:
        raise _too_large("file")
    decoded = plain_text(data, declared_encoding(data))
    kind = format_of_text(decoded.text)
    if kind:
        # Of XML its own parser reads the encoding.
        given = decoded.text.encode() if kind is WEB_PAGE else data
        text = _read_apart(kind, given, _LARGEST_MARKED_UP)
        return paragraphs_of(text), _with_guess(kind.words, decoded)
    if len(data) > _LARGEST_TEXT:
        raise _too_large("text")
    return paragraphs_of(without_markdown(decoded.text)), _with_guess("plain text", decoded)


def _with_guess(words: str, decoded: Decoded) -> str:
    return f"{words} (taken for {decoded.guessed})" if decoded.guessed else words


def _read_apart(kind: Format, data: bytes, limit: int) -> str:
    """Return the text of a document as another process reads it."""
    if not kind.key:
        raise UnreadableError(f"this is {kind.words}, and cannot be read", kind.remedy)
    if len(data) > limit:
        raise _too_large(kind.words.removeprefix("a ").removeprefix("an "))
    try:
        with LimitedProcess(_BUDGET, bytes, data) as process:
            return process.run(_ReaderApart(f"{__package__}.{_READERS[kind.key]}"))
    except UnreadableError:
        raise
    except Exception as error:  # a damaged document may be refused by any error of its reader
        message = f"this is {kind.words} that is damaged, or far larger than a letter"
        raise UnreadableError(message, kind.remedy) from error


@dataclass(frozen=True)
class _ReaderApart:
    """Reads a document; it is pickled as the function that does, and imported where it arrives.

    So a package that was never imported before, and has to be compiled, is compiled in the other
    process before the budget begins: that takes longer than to read any letter.

    Attributes:
        name: The function, as ``module:function``.
    """

    name: str

    def __call__(self, data: bytes) -> str:
        text: str = pkgutil.resolve_name(self.name)(data)
        return text

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return pkgutil.resolve_name, (self.name,)


def _too_large(what: str) -> UnreadableError:
    message = f"this {what} is far larger than a letter"
    return UnreadableError(message, "Copy the words of the letter into a text file of their own")
