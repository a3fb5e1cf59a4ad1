"""The lines of a rendered practice, each with the place that its author wrote it at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.script.foreign import find_unseen
from cft_audio.script.inert import INERT
from cft_audio.script.places import place, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = 4096
"""Lines that are kept as they were read: those of some ten practices, at all lengths."""

Faults: TypeAlias = "tuple[tuple[str, str], ...]"
"""What is wrong, each with what to do about it."""


@dataclass(frozen=True)
class SourceLine:
    """A line of a rendered practice.

    Attributes:
        text: The line, without its mark and the blanks around it.
        file: The file that it was written in.
        number: Its number there.
        unseen: The characters in it that nobody sees.
        personal: Whether something in it came from a person.
    """

    text: str
    file: str
    number: int
    unseen: Faults = ()
    personal: bool = False


def source_lines(rendered: str, file: str) -> Iterator[SourceLine]:
    """Yield the lines of a rendered practice.

    Args:
        rendered: The text that the templates gave, line marks and inert text included.
        file: The practice's file, for what comes before the first mark.
    """
    where = (file, 1)
    for raw in rendered.split("\n"):
        # The drafts of a session share most lines. A person's own words are not kept.
        personal = INERT.search(raw) is not None
        text, marked, unseen = (_read if personal else _read_once)(raw)
        where = marked or where
        yield SourceLine(text, *where, unseen, personal)


def _read(raw: str) -> tuple[str, tuple[str, int] | None, Faults]:
    """Return the text of a line, its place where it has a mark, and what nobody sees in it."""
    text = unmarked(raw).strip()
    return text, place(raw), tuple(find_unseen(text, written=False))


_read_once = lru_cache(maxsize=_KEPT)(_read)
