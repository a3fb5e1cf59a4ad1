"""The names of columns, as people write them: case, blanks, dashes and underscores don't matter."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cft_audio.schema.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_BETWEEN = re.compile(r"[\s_\-\u2010-\u2013]+")
"""What may stand between the words of a name: blanks, underscores, hyphens of any kind."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SLOT = re.compile(r"slot\s*\.\s*(\S.*)", re.IGNORECASE)
_ALIKE = 0.7
"""How alike a name and the one that was meant are, as ``difflib`` has it."""


class ColumnNames:
    """The names that the columns of a roster can have.

    Args:
        known: The names, with underscores. Besides them, ``slot.NAME`` is one for any NAME.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_key = {_key(name): name for name in known}

    def find(self, written: str) -> str | None:
        """Return the name that is meant by ``written``; None for none."""
        plain = _plain(written)
        if slot := _SLOT.fullmatch(plain):
            return f"slot.{_BETWEEN.sub('_', slot[1])}"
        return self._by_key.get(_key(plain))

    def suggest(self, written: str) -> str:
        """Return a remedy for a name that is none: the nearest, if one is near."""
        words = _BETWEEN.sub("_", _plain(written).casefold())
        meant = nearest(words, self._by_key.values(), _ALIKE)
        return meant or "Correct the name, or remove what stands under it"


def _plain(written: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", written)).strip()


def _key(written: str) -> str:
    return _BETWEEN.sub("", _plain(written)).casefold()
