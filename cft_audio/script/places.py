"""Where a line of rendered text came from: marks that survive rendering, and their reading.

A rendered practice is put together from several files, branches and macros. Each line of
template text starts with a mark that names its file and line, so that an error found in the
rendered text can point at what its author wrote.
"""

from __future__ import annotations

import re

_MARK = re.compile("\ue000([^\ue000-\ue002]*)\ue002([0-9]{1,9})\ue001")

_MARK_OF_WORDS = re.compile(rf"{_MARK.pattern}(?=[^\n\ue000]*[^\s\ue000])")
_NEXT_MARK = re.compile(rf"\s*{_MARK.pattern}")


def marked(text: str, file: str, line: int) -> str:
    """Return ``text``, the first line of which is ``line`` of ``file``, with a mark a line."""
    return "\n".join(
        f"\ue000{file}\ue002{line + offset}\ue001{content}"
        for offset, content in enumerate(text.split("\n"))
    )


def unmarked(text: str) -> str:
    """Return ``text`` without its marks."""
    return _MARK.sub("", text)


def place(text: str) -> tuple[str, int] | None:
    """Return the file and line of the first words in ``text``, or None where it has no mark.

    Where an included file begins, its own mark follows that of the line that includes it.
    """
    found = _MARK.search(text)
    following = found
    while following:
        found = following
        following = _NEXT_MARK.match(text, found.end())
    return (found[1], int(found[2])) if found else None


def places(text: str) -> set[tuple[str, int]]:
    """Return the file and line of every mark in ``text`` that words follow."""
    return {(found[1], int(found[2])) for found in _MARK_OF_WORDS.finditer(text)}
