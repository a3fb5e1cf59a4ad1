"""The text of a document, whatever it was written in, read so that none can do any harm.

What is made of markup is read in a process of its own, with a limit to its time and its memory: a
document from somebody else may be made to unpack without end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from cft_audio.files.formats import WEB_PAGE, format_of, format_of_text
from cft_audio.files.processes import run_program
from cft_audio.library.documents.errors import UnreadableError
from cft_audio.library.documents.paragraphs import paragraphs_of
from cft_audio.library.documents.plain_text import Decoded, declared_encoding, plain_text

if TYPE_CHECKING:
    from cft_audio.files.formats import Format

LARGEST = 30_000_000
"""Bytes of a document; photographs in one make it large, and are left out."""

_LARGEST_TEXT = 400_000
"""Bytes of a plain text; what can be spoken of it is limited by its slot."""

_LARGEST_MARKED_UP = 4_000_000
"""Bytes of a document that is one long text, pictures among it: HTML and RTF."""

_PATIENCE_S = 20.0
"""Seconds for the other process where its own limit, in processor time, is not to be had."""

_START = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from cft_audio.library.documents.apart import main; main(sys.argv[1])"
)
"""What it runs: it finds this package where this process did."""


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
    return paragraphs_of(decoded.text), _with_guess("plain text", decoded)


def _with_guess(words: str, decoded: Decoded) -> str:
    return f"{words} (taken for {decoded.guessed})" if decoded.guessed else words


def _read_apart(kind: Format, data: bytes, limit: int) -> str:
    """Return the text of a document as another process reads it."""
    if not kind.key:
        raise UnreadableError(f"this is {kind.words}, and cannot be read", kind.remedy)
    if len(data) > limit:
        raise _too_large(kind.words.removeprefix("a ").removeprefix("an "))
    try:
        command = [sys.executable, "-I", "-c", _START, kind.key, *sys.path]
        done = run_program(command, given=data, patience=_PATIENCE_S)
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        message = f"this is {kind.words} that is damaged, or far larger than a letter"
        raise UnreadableError(message, kind.remedy) from error
    if "text" not in answer:
        raise UnreadableError(answer["message"], answer["remedy"])
    return str(answer["text"])


def _too_large(what: str) -> UnreadableError:
    message = f"this {what} is far larger than a letter"
    return UnreadableError(message, "Copy the words of the letter into a text file of their own")
