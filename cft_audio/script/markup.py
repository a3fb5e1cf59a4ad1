"""The markup of a rendered practice: headings, paragraphs, cues and how words are said.

The grammar is the one in ``docs/script-language.md``. The parser never stops at an error: it
collects them all and leaves out what it could not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.languages.kinds import asks
from cft_audio.script.cues import (
    Cue,
    Line,
    Quiet,
    Say,
    Section,
    Span,
    Speaker,
)
from cft_audio.script.foreign import find_foreign, find_unseen
from cft_audio.script.inert import INERT, revealed
from cft_audio.script.notation import Keep, NoAnswer, Refrain, read_line
from cft_audio.script.places import place, unmarked
from cft_audio.script.practice import LONGEST_LETTER
from cft_audio.script.script_size import Size
from cft_audio.script.spans import tidy
from cft_audio.script.time_marks import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HEADING = re.compile(r"(#+)[ \t]*(.*)")

LONGEST_PARAGRAPH = LONGEST_LETTER * 5 // 4
"""Characters of a paragraph: a letter may be one, with some words before and after it."""

LONGEST_TITLE = 500
"""Characters of a chapter's title, which players show in one line."""


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
    problems: dict[Problem, None] = field(default_factory=dict)
    places: dict[Line, tuple[str, int]] = field(default_factory=dict)
    size: Size = field(default_factory=Size)
    ended: bool = False
    keeps: bool = False

    def report(self, message: str, remedy: str) -> None:
        self.problems[Problem(self.at.file, self.at.number, message, remedy)] = None

    def check_size(self) -> None:
        if what := self.size.fault:
            remedy = "Look for a loop that goes on too long, or make several practices of it"
            problem = Problem(self.at.file, self.at.number, f"the script comes to {what}", remedy)
            raise ScriptError([*self.problems, problem])

    def report_all(self, at: _SourceLine, faults: Iterable[tuple[str, str]]) -> None:
        self.at = at
        for message, remedy in faults:
            self.report(message, remedy)

    def add(self, cue: Cue) -> None:
        self.size.add(cue)
        self.check_size()
        if self.ended:
            remedy = f"Let nothing follow [{QUIET}]: move it up, or leave one of them out"
            self.report(f"something follows [{QUIET}], and is never heard", remedy)
        self.ended = self.ended or isinstance(cue, Quiet)
        if self.title is None:
            self.title = ""
            remedy = "Begin with a heading, such as '## Arriving'"
            self.report("something is said before the first chapter", remedy)
        self.cues.append(cue)

    def say(
        self, spans: list[Span], speaker: Speaker, begins: _SourceLine, *, is_refrain: bool = False
    ) -> None:
        kept, self.keeps = self.keeps, False
        if heard := tidy(spans):
            line = Line(heard, speaker=speaker, is_refrain=is_refrain, is_kept=kept)
            self.places.setdefault(line, (begins.file, begins.number))
            self.add(Say(line))
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

    def close_section(self) -> None:
        self.size.cues += 1
        self.check_size()
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

    Raises:
        ScriptError: If there is more of it than any practice has.
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
    reader.at = top
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
    if len(line.text) > LONGEST_TITLE:
        message = f"the chapter's title has {len(line.text)} characters, and {LONGEST_TITLE} fit"
        reader.report(message, "Shorten it")
        line = replace(line, text=line.text[:LONGEST_TITLE])
    heading = _HEADING.fullmatch(line.text)
    written = _without_closing_marks(heading[2]) if heading else ""
    title = revealed(written).strip()
    if not heading or len(heading[1]) != 2:  # noqa: PLR2004 -- the two of '##'
        reader.report("chapters are headings of the second level", f"Write '## {title or '…'}'")
    if not title:
        reader.report("the chapter has no title", "Write it after the '##'")
    reader.report_all(line, title_faults(written))
    if INERT.search(line.text):
        remedy = "Titles are shown by players and in cars: write it without them"
        reader.report("a person's words stand in a chapter's title", remedy)
    reader.close_section()
    reader.title = title


def _without_closing_marks(title: str) -> str:
    """Return a title without the marks that some write behind it as well: ``## Arriving ##``."""
    bare = title.rstrip("#")
    return title if bare == title or bare[-1:] not in ("", " ", "\t") else bare.rstrip()


def title_faults(title: str) -> list[tuple[str, str]]:
    """Return what a chapter's title cannot hold, and what to do about it."""
    faults, left = find_foreign(title)
    if re.search(r"[\[\]]", left):
        faults.append(("a cue cannot stand in a title", "Put it on a line of its own below"))
    return faults


def _read_paragraph(lines: list[_SourceLine], reader: _Reader) -> None:
    reader.at = lines[0]
    if (length := sum(len(line.text) + 1 for line in lines)) > LONGEST_PARAGRAPH:
        message = f"the paragraph has {length} characters, and {LONGEST_PARAGRAPH} can be spoken"
        reader.report(message, "Break it with empty lines")
        return
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


def _read_pieces(lines: Iterable[_SourceLine], speaker: Speaker, reader: _Reader) -> None:
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
                reader.add(piece)
    reader.say(spans, speaker, begins)
