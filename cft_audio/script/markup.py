"""The markup of a rendered practice: headings, paragraphs, cues and how words are said.

The grammar is the one in ``docs/script-language.md``. The parser never stops at an error: it
collects them all and leaves out what it could not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import Problem
from cft_audio.script.cues import Cue, Line, Say, Section, Span, Speaker
from cft_audio.script.foreign import find_foreign, find_unseen
from cft_audio.script.inert import INERT, revealed
from cft_audio.script.notation import read_line
from cft_audio.script.places import place, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HEADING = re.compile(r"(#+)[ \t]*(.*?)(?:[ \t]+#+)?")


@dataclass(frozen=True)
class _SourceLine:
    text: str
    file: str
    number: int


@dataclass
class _Reader:
    """What was read so far, and what was wrong."""

    at: _SourceLine
    sections: list[Section] = field(default_factory=list)
    title: str | None = None
    cues: list[Cue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[Line, tuple[str, int]] = field(default_factory=dict)

    def report(self, message: str, remedy: str) -> None:
        problem = Problem(self.at.file, self.at.number, message, remedy)
        if problem not in self.problems:
            self.problems.append(problem)

    def report_all(self, at: _SourceLine, faults: Iterable[tuple[str, str]]) -> None:
        self.at = at
        for message, remedy in faults:
            self.report(message, remedy)

    def add(self, cue: Cue) -> None:
        if self.title is None:
            self.title = ""
            remedy = "Begin with a heading, such as '## Arriving'"
            self.report("something is said before the first chapter", remedy)
        self.cues.append(cue)

    def say(self, spans: list[Span], speaker: Speaker, begins: _SourceLine) -> None:
        if tidy := _tidy(spans):
            line = Line(tidy, speaker=speaker)
            self.places.setdefault(line, (begins.file, begins.number))
            self.add(Say(line))

    def close_section(self) -> None:
        if self.title is not None:
            self.sections.append(Section(self.title, tuple(self.cues)))
        self.cues = []


@dataclass(frozen=True)
class Parsed:
    """What was read of a rendered practice.

    Attributes:
        sections: Its chapters, without what could not be read.
        problems: Every problem, in the order of the text.
        places: The file and line that each spoken line first stands at.
    """

    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    places: Mapping[Line, tuple[str, int]]


def parse(rendered: str, file: str) -> Parsed:
    """Read a rendered practice, line marks and inert text included.

    Args:
        rendered: The text that the templates gave.
        file: The practice's file, for what carries no mark.
    """
    top = _SourceLine("", file, 1)
    reader = _Reader(top)
    paragraph: list[_SourceLine] = []
    for line in (*_source_lines(rendered, file), top):
        reader.report_all(line, find_unseen(line.text, written=False))
        is_heading = line.text.startswith("#")
        if paragraph and (is_heading or not line.text):
            _read_paragraph(paragraph, reader)
            paragraph = []
        if is_heading:
            _read_heading(line, reader)
        elif line.text:
            paragraph.append(line)
    reader.close_section()
    if not reader.places:
        reader.at = top
        reader.report("nothing is said in this practice", "Write at least one sentence")
    return Parsed(tuple(reader.sections), tuple(reader.problems), reader.places)


def _source_lines(rendered: str, file: str) -> Iterator[_SourceLine]:
    where = (file, 1)
    for raw in rendered.split("\n"):
        where = place(raw) or where
        yield _SourceLine(unmarked(raw).strip(), *where)


def _read_heading(line: _SourceLine, reader: _Reader) -> None:
    reader.at = line
    heading = _HEADING.fullmatch(line.text)
    title = revealed(heading[2]).strip() if heading else ""
    if not heading or len(heading[1]) != 2:  # noqa: PLR2004 -- the two of '##'
        reader.report("chapters are headings of the second level", f"Write '## {title or '…'}'")
    if not title:
        reader.report("the chapter has no title", "Write it after the '##'")
    reader.report_all(line, title_faults(heading[2] if heading else ""))
    if INERT.search(line.text):
        remedy = "Titles are shown by players and in cars: write it without them"
        reader.report("a person's words stand in a chapter's title", remedy)
    reader.close_section()
    reader.title = title


def title_faults(title: str) -> list[tuple[str, str]]:
    """Return what a chapter's title cannot hold, and what to do about it."""
    faults, left = find_foreign(title)
    if re.search(r"[\[\]]", left):
        faults.append(("a cue cannot stand in a title", "Put it on a line of its own below"))
    return faults


def _read_paragraph(lines: list[_SourceLine], reader: _Reader) -> None:
    quoted = [line.text.startswith(">") for line in lines]
    speaker: Speaker = "figure" if quoted[0] else "guide"
    lines = [replace(line, text=line.text.removeprefix(">").strip()) for line in lines]
    if any(quoted) and not all(quoted):
        reader.at = lines[quoted.index(not quoted[0])]
        remedy = "Begin each line of a quote with '>', and part it from the rest by an empty line"
        reader.report("a quote and other words share a paragraph", remedy)
    for number, line in enumerate(lines):
        faults, left = find_foreign(line.text)
        reader.report_all(line, faults)
        lines[number] = replace(line, text=left)
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
            else:
                reader.say(spans, speaker, begins)
                spans, begins = [], line
                reader.add(piece)
    reader.say(spans, speaker, begins)


def _tidy(spans: list[Span]) -> tuple[Span, ...]:
    """Return ``spans`` with blanks folded, neighbours of a kind joined and the ends stripped."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.is_plain and span.is_plain and last.personal == span.personal:
            joined[-1] = replace(last, text=last.text + span.text)
        elif span.text:
            joined.append(span)
    folded = [replace(s, text=re.sub(r"\s+", " ", s.text)) if s.is_plain else s for s in joined]
    heard = [number for number, span in enumerate(folded) if span.text.strip()]
    folded = folded[heard[0] : heard[-1] + 1] if heard else []
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if folded and folded[end].is_plain:
            folded[end] = replace(folded[end], text=strip(folded[end].text))
    return tuple(folded)
