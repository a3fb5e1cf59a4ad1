"""A template's lines as their author wrote them, every branch and wording of them, not rendered.

A branch that no listener asked for so far is spoken to the one who does. So what is looked for in a
line is looked for in all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.script.inert import INERT, inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

TAG = "‹"
"""What stands for a tag of the template."""

_TAG, _VALUE = inert(TAG), inert("…")
"""The same as inert text, and what stands for a value that the template says."""


@dataclass(frozen=True)
class WrittenLine:
    """One line of a template.

    Attributes:
        number: Its line in the file.
        text: What it says: no tags, and ``…`` as inert text for each value.
        alone: Whether it is a paragraph of its own.
    """

    number: int
    text: str
    alone: bool

    @property
    def title(self) -> str | None:
        """The title that it gives a chapter; None if it begins none."""
        return self.text.lstrip("#").strip() if self.text.startswith("#") else None

    @property
    def words(self) -> str:
        """What is spoken of it, the figure's words too."""
        return self.text.removeprefix(">").strip()


def written_lines(source: str, environment: Environment) -> list[WrittenLine]:
    """Return the lines of the template ``source`` that say something.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    texts: dict[int, str] = defaultdict(str)
    for line, kind, value in environment.lex(source):
        if kind == "data":
            for offset, text in enumerate(value.split("\n")):
                texts[line + offset] += text
        elif kind in {"variable_begin", "block_begin"}:
            texts[line] += _VALUE if kind == "variable_begin" else _TAG
    tidy = {number: text.strip(f" \t{_TAG}") for number, text in texts.items()}
    return [
        WrittenLine(number, text, not (tidy.get(number - 1) or tidy.get(number + 1)))
        for number, text in sorted(tidy.items())
        if INERT.sub("", text).strip()
    ]


def quoted_texts(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield each text of several words that stands in a tag, in quotation marks, with its line.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    for line, kind, value in environment.lex(source):
        if kind == "string" and len(value.split()) > 1:
            yield line, re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)


def find_open_comments(source: str, environment: Environment) -> Iterator[int]:
    """Yield the line of each comment in which another one begins: the first was never ended.

    Raises:
        TemplateSyntaxError: If the template cannot be read.
    """
    for line, kind, value in environment.lex(source):
        if kind == "comment" and "{#" in value:
            yield line
