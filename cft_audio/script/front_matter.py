"""A practice file read: its front matter, strictly, and the body below it."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.schema.durations import clock
from cft_audio.schema.nodes import Listing, Scalar, Table, parse_yaml
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.foreign import find_foreign, find_unseen
from cft_audio.script.practice import RESERVED, Practice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cft_audio.schema.nodes import Node
    from cft_audio.script.practice import Slot

_FENCE = re.compile(r"---[ \t]*")
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CORE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

FIRST_LINE = 2
"""The line of a file that its front matter begins on, after the '---'."""


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the front matter of a practice file, None where it has none, and its body.

    The body keeps the file's line numbers: the front matter's lines are blank in it.
    """
    lines = re.sub("\r\n?", "\n", text.removeprefix("\ufeff")).split("\n")
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
    for key, message, remedy in _core_faults(practice.cores):
        reader.report(table.line_of("cores", *key), message, remedy)
    for phase in ("inhale", "exhale"):
        for fault, remedy in _phase_faults(getattr(practice.breath_words, phase)):
            line = table.line_of("breath_words", phase)
            reader.report(line, f"breath_words: '{phase}' {fault}", remedy)
    if practice.shortest_s > practice.natural_s:
        remedy = f"Write a 'natural' length of {clock(practice.shortest_s)} or more"
        message = "'shortest' is longer than the length that its content is meant for"
        reader.report(table.line_of("shortest"), message, remedy)
    if "title" in table.entries and not practice.title.strip():
        reader.report(table.line_of("title"), "'title' is empty", "Write what a listener calls it")
    for line, message in _unseen_values(table):
        remedy = "Remove it: in double quotation marks, a backslash begins a character of this kind"
        reader.report(line, message, remedy)
    return practice, unreadable or reader.problems


def _core_faults(cores: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield what is wrong with the cores: the key of the entry, the fault, and what to do."""
    if len(cores) == 1:
        yield (), "cores: there is only one", "Name two or more, or none"
    for core in cores:
        if not _CORE_NAME.fullmatch(core):
            remedy = "Use small letters and digits, and hyphens between words"
            yield (core,), f"cores: '{core}' cannot be a core's name", remedy


def _phase_faults(texts: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the spoken cues of a phase of the breath, and what to do."""
    if texts == ():
        yield "is empty", "Write at least one text"
    for text in texts or ():
        faults, left = find_foreign(text)
        if re.search(r"[\[\]]", left):
            faults.append(("a cue cannot be spoken", "Write the words alone"))
        yield from ((f"has '{text}': {fault}", remedy) for fault, remedy in faults)


def _unseen_values(node: Node) -> Iterator[tuple[int, str]]:
    """Yield the line of each value that holds a control character, and which one."""
    match node:
        case Scalar(value, line):
            for message, _ in find_unseen(str(value), written=True):
                yield line, message.replace("this line", "this value")
        case Listing(items):
            yield from chain.from_iterable(map(_unseen_values, items))
        case Table(entries):
            yield from chain.from_iterable(map(_unseen_values, entries.values()))


def _table_of(front: str | None, file: str) -> tuple[Table, list[Problem]]:
    """Return the front matter as a table, empty where it cannot be read, and why it cannot."""
    if front is None:
        remedy = "Begin the file with a line '---', then 'title: …', 'technique: …' and '---'"
        return Table(), [Problem(file, 1, "the practice has no front matter", remedy)]
    if unseen := [
        Problem(file, number, *fault)
        for number, line in enumerate(front.split("\n"), start=FIRST_LINE)
        for fault in find_unseen(line, written=True)
    ]:
        return Table(), unseen
    try:
        return parse_yaml(front, file, ScriptError, FIRST_LINE), []
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
    for answer in (slot.default or "", *slot.choices):
        if len(answer) > slot.longest:
            remedy = f"Shorten it, or give 'max: {len(answer)}'"
            yield f"'{answer}' has {len(answer)} characters, and {slot.longest} fit", remedy
    if repeated := [answer for answer, count in Counter(slot.choices).items() if count > 1]:
        yield f"the choice '{repeated[0]}' stands there twice", "Keep one of them"
    if slot.default is None:
        return
    if slot.choices and slot.default and slot.default not in slot.choices:
        remedy = did_you_mean(slot.default, slot.choices)
        yield f"the default '{slot.default}' is not one of the choices", remedy
    if slot.type == "number" and not _is_number(slot.default):
        remedy = "Write it in digits, or leave it out, so that it is asked for"
        yield f"the default '{slot.default}' is not a number", remedy


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
