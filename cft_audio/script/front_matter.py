"""A practice file read: its front matter, strictly, and the body below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.schema.nodes import Table, parse_yaml
from cft_audio.schema.reader import Reader
from cft_audio.script.practice import RESERVED, Practice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.script.practice import Slot

_FENCE = re.compile(r"---[ \t]*")
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIRST_LINE = 2


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the front matter of a practice file, None where it has none, and its body.

    The body keeps the file's line numbers: the front matter's lines are blank in it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return None, "\n".join(lines)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            blank = [""] * (number + 1)
            return "\n".join(lines[1:number]), "\n".join([*blank, *lines[number + 1 :]])
    return "\n".join(lines[1:]), ""


def read_practice(path: Path, text: str) -> tuple[Practice, list[Problem]]:
    """Read the practice ``text`` of the file ``path``; pure, the file is not opened.

    Returns:
        The practice, with what could not be read at its default, and every problem found.
    """
    front, body = split_front_matter(text)
    table, unreadable = _table_of(front, path.name)
    reader = Reader(path.name, ScriptError)
    practice = reader.fill(Practice, table, id=path.stem, file=path.name, body=body)
    for name, slot in practice.slots.items():
        for message, remedy in _faults(slot):
            reader.report(table.line_of("slots", name), f"slots.{name}: {message}", remedy)
    for phase in ("inhale", "exhale"):
        if getattr(practice.breath_words, phase) == ():
            line = table.line_of("breath_words", phase)
            reader.report(line, f"breath_words: '{phase}' is empty", "Write at least one text")
    return practice, unreadable or reader.problems


def _table_of(front: str | None, file: str) -> tuple[Table, list[Problem]]:
    """Return the front matter as a table, empty where it cannot be read, and why it cannot."""
    if front is None:
        remedy = "Begin the file with a line '---', then 'title: …', 'technique: …' and '---'"
        return Table(), [Problem(file, 1, "the practice has no front matter", remedy)]
    try:
        return parse_yaml(front, file, ScriptError, _FIRST_LINE), []
    except ScriptError as error:
        return Table(), list(error.problems)


def _faults(slot: Slot) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a slot as a whole, and what to do about it."""
    if not _SLOT_NAME.fullmatch(slot.name):
        remedy = "Use small letters, digits and '_', and begin with a letter"
        yield f"'{slot.name}' cannot be a slot's name", remedy
    if slot.name in RESERVED:
        yield f"'{slot.name}' is given to every script and cannot be a slot", "Choose another name"
    if (slot.type == "choice") != bool(slot.choices):
        has = "choices" if slot.choices else "no choices"
        remedy = "Give 'type: choice' and 'choices: [one, two]' together"
        yield f"its type is '{slot.type}' and it has {has}", remedy
