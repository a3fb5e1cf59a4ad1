"""Where a line of a template ends: nothing is left of a tag that stands alone, a line of text.

Jinja's ``trim_blocks`` takes the line end after every tag. An author who ends a sentence with
``{% endif %}`` would then see it run into the next paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension

if TYPE_CHECKING:
    from re import Match

_ENDS_WITH_A_TAG = re.compile(r"^(.*%\})[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")

_NOTHING = '{{ "" }}'
"""An expression that renders to nothing: Jinja keeps the line end after it."""


class KeepLineEnds(Extension):
    """Jinja extension: keeps the end of a line that has text as well as tags."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 -- Jinja's interface
        """Return ``source`` with as many lines as before."""
        return _ENDS_WITH_A_TAG.sub(_kept, source)


def _kept(found: Match[str]) -> str:
    line = found[1]
    return line + _NOTHING if _TAG.sub("", line).strip() else line
