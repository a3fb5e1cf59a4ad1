"""What is wrong or doubtful in a script as it is written, in every branch of it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.errors import Problem
from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Span
from cft_audio.script.directions import find_directions
from cft_audio.script.foreign import find_foreign, find_unseen
from cft_audio.script.inert import INERT
from cft_audio.script.listening import UNFINISHED
from cft_audio.script.markup import title_faults
from cft_audio.script.notation import read_line
from cft_audio.script.placeholders import PLACEHOLDERS
from cft_audio.script.written import find_open_comments, written_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.languages.directions import Directions
    from cft_audio.script.notation import Piece
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates
    from cft_audio.script.written import WrittenLine

UNFINISHED_DOUBT = (
    f"{UNFINISHED} marks words that are still to be written",
    "Write your own there",
)

_PUT_TOGETHER = re.compile(
    rf"(?:\([^()\[\]]*\))?\[[^\[\]]*[{PLACEHOLDERS}][^\[\]]*\]"
    rf"|\([^()\[\]]*[{PLACEHOLDERS}][^()\[\]]*\)\[[^\[\]]*\]"
)
"""A cue, or how a word is said, that a template puts together of parts: only rendering shows it."""


def review_written(practice: Practice, templates: Templates) -> Iterator[Problem]:
    """Yield what is wrong or doubtful in the lines of a practice and of its partials.

    Raises:
        TemplateError: If a template cannot be read.
    """
    words = language_of(practice.language).checks.directions
    for file, source in templates.sources(practice):
        for number, line in enumerate(source.split("\n"), start=1):
            for fault in find_unseen(line, written=True):
                yield Problem(file, number, *fault)
        for number in find_open_comments(source, templates.environment):
            message = "a comment begins inside this comment, which was never ended"
            remedy = "End it with #} where it is over: what stands in it is not spoken"
            yield Problem(file, number, message, remedy, warning=True)
        for written in written_lines(source, templates.environment):
            for fault in _faults(written):
                yield Problem(file, written.number, *fault)
            for doubt in _doubts(written, words):
                yield Problem(file, written.number, *doubt, warning=True)


def written_places(practice: Practice, templates: Templates) -> set[tuple[str, int]]:
    """Return the file and line of each line of a practice that has words to say or to show."""
    lines = written_lines(practice.body, templates.environment)
    has_words = re.compile(r"[^\W_]")
    return {(practice.file, line.number) for line in lines if has_words.search(line.text)}


def written_sounds(practice: Practice, templates: Templates) -> Iterator[tuple[str, int, Span]]:
    """Yield the file and line of each word whose IPA is written there, and the word.

    Raises:
        TemplateError: If a template cannot be read.
    """
    for file, source in templates.sources(practice):
        for line in written_lines(source, templates.environment):
            for piece in pieces_of(line):
                if isinstance(piece, Span) and piece.ipa:
                    yield file, line.number, piece


def pieces_of(line: WrittenLine) -> Iterator[Piece]:
    """Yield the words, the cues and the marks of a line, without what cannot be read."""
    return read_line(_PUT_TOGETHER.sub(" ", line.words), _ignore)


def unused_slots(
    practice: Practice, templates: Templates, line_of: Callable[[str], int]
) -> Iterator[Problem]:
    """Yield the slots that are asked for and never used; ``line_of`` gives the line of each."""
    with suppress(TemplateError):
        text = "\n".join(source for _, source in templates.sources(practice))
        for name in practice.slots:
            if not re.search(rf"\b{re.escape(name)}\b", text):
                message = f"the slot '{name}' is asked for and never used"
                remedy = "Say it somewhere, or take it out of the front matter"
                yield Problem(practice.file, line_of(name), message, remedy, warning=True)


def _ignore(message: str, remedy: str) -> None:
    """Ignore what is told elsewhere."""


def _faults(line: WrittenLine) -> list[tuple[str, str]]:
    if line.title is not None:
        return title_faults(line.title)
    faults, left = find_foreign(line.words)
    alone = _PUT_TOGETHER.sub(" ", left)
    if not INERT.search(line.text) or alone.count("[") == alone.count("]"):
        for _ in read_line(alone, lambda message, remedy: faults.append((message, remedy))):
            pass
    return faults


def _doubts(line: WrittenLine, words: Directions) -> Iterator[tuple[str, str]]:
    if UNFINISHED in line.text:
        yield UNFINISHED_DOUBT
    if line.title is None:
        yield from find_directions(line.words, words, alone=line.alone)
