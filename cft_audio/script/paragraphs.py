"""A paragraph of a rendered practice: what it says and does, and what is wrong with it.

A paragraph means the same wherever it stands. The drafts of a session, and the sessions of a batch,
share most of theirs, so what was read of one is kept, unless a person's own words are in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import Problem
from cft_audio.languages.kinds import asks
from cft_audio.script.cues import Cue, Line, Say, Span, Speaker
from cft_audio.script.foreign import find_foreign
from cft_audio.script.notation import Keep, NoAnswer, Refrain, read_line
from cft_audio.script.practice import LONGEST_LETTER
from cft_audio.script.spans import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.script.source_lines import SourceLine

LONGEST_PARAGRAPH = LONGEST_LETTER * 5 // 4
"""Characters of a paragraph: a letter may be one, with some words before and after it."""

_KEPT = 2048
"""Paragraphs that are kept as they were read: those of some ten practices, at all lengths."""


@dataclass(frozen=True)
class Placed:
    """A cue, and where it stands.

    Attributes:
        cue: The cue.
        begins: The line that it begins in.
        at: The line that it ends in.
    """

    cue: Cue
    begins: SourceLine
    at: SourceLine


Paragraph: TypeAlias = tuple[Placed | Problem, ...]
"""The cues of a paragraph and its problems, in the order of its text."""


def read_paragraph(lines: tuple[SourceLine, ...]) -> Paragraph:
    """Return what the lines of a paragraph say and do, and what is wrong with them."""
    return (_read if any(line.personal for line in lines) else _read_once)(lines)


@dataclass
class _Reader:
    """What was read of a paragraph so far."""

    at: SourceLine
    parts: list[Placed | Problem] = field(default_factory=list)
    keeps: bool = False

    def report(self, message: str, remedy: str) -> None:
        self.parts.append(Problem(self.at.file, self.at.number, message, remedy))

    def report_all(self, at: SourceLine, faults: Iterable[tuple[str, str]]) -> None:
        self.at = at
        for message, remedy in faults:
            self.report(message, remedy)

    def say(
        self, spans: list[Span], speaker: Speaker, begins: SourceLine, *, is_refrain: bool = False
    ) -> None:
        kept, self.keeps = self.keeps, False
        if heard := tidy(spans):
            line = Line(heard, speaker=speaker, is_refrain=is_refrain, is_kept=kept)
            self.parts.append(Placed(Say(line), begins, self.at))
        elif kept:
            self.report("[keep] stands by no words", "Put it right behind its line")

    def mark_rhetorical(self, spans: list[Span]) -> None:
        """Take note that the last question of ``spans`` needs no answer."""
        while spans and not spans[-1].text.strip():
            spans.pop()
        if spans and asks(spans[-1].text):
            spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip(), rhetorical=True)
        else:
            remedy = "Put it right behind the question that nobody has to answer"
            self.report("[no answer] follows no question", remedy)


def _read(paragraph: tuple[SourceLine, ...]) -> Paragraph:
    lines = list(paragraph)
    reader = _Reader(lines[0])
    if (length := sum(len(line.text) + 1 for line in lines)) > LONGEST_PARAGRAPH:
        message = f"the paragraph has {length} characters, and {LONGEST_PARAGRAPH} can be spoken"
        reader.report(message, "Break it with empty lines")
        return tuple(reader.parts)
    quoted = [line.text.startswith(">") for line in lines]
    speaker: Speaker = "figure" if quoted[0] else "guide"
    if any(quoted):
        lines = [replace(line, text=line.text.removeprefix(">").strip()) for line in lines]
    if any(quoted) and not all(quoted):
        reader.at = lines[quoted.index(not quoted[0])]
        remedy = "Begin each line of a quote with '>', and part it from the rest by an empty line"
        reader.report("a quote and other words share a paragraph", remedy)
    for number, line in enumerate(lines):
        faults, left = find_foreign(line.text)
        reader.report_all(line, faults)
        if faults:
            lines[number] = replace(line, text=left)
    _read_pieces(lines, speaker, reader)
    return tuple(reader.parts)


_read_once = lru_cache(maxsize=_KEPT)(_read)


def _read_pieces(lines: Iterable[SourceLine], speaker: Speaker, reader: _Reader) -> None:
    """Read the words and cues of a paragraph that holds nothing else."""
    # Cues are read line by line, so that an error names its line; speech runs across them.
    spans: list[Span] = []
    for line in lines:
        reader.at = line
        if spans:
            spans.append(Span(" "))
        else:
            begins = line
        for piece in read_line(line.text, reader.report):
            if isinstance(piece, Span):
                spans.append(piece)
            elif isinstance(piece, NoAnswer):
                reader.mark_rhetorical(spans)
            elif isinstance(piece, Keep):
                reader.keeps = True
            elif isinstance(piece, Refrain):
                if not any(span.text.strip() for span in spans):
                    reader.report("[refrain] follows no words", "Put it right behind its line")
                reader.say(spans, speaker, begins, is_refrain=True)
                spans, begins = [], line
            else:
                reader.say(spans, speaker, begins)
                spans, begins = [], line
                reader.parts.append(Placed(piece, line, line))
    reader.say(spans, speaker, begins)
