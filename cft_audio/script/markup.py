"""The markup of a rendered practice: headings, paragraphs, cues and how words are said.

The grammar is the one in ``docs/script-language.md``. The parser never stops at an error: it
collects them all and leaves out what it could not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, ScriptError
from cft_audio.script.cues import Cue, Line, Quiet, Say, Section
from cft_audio.script.foreign import find_foreign
from cft_audio.script.inert import INERT, revealed
from cft_audio.script.paragraphs import Paragraph, read_paragraph
from cft_audio.script.script_size import Size
from cft_audio.script.source_lines import SourceLine, source_lines
from cft_audio.script.time_marks import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEADING = re.compile(r"(#+)[ \t]*(.*)")

LONGEST_TITLE = 500
"""Characters of a chapter's title, which players show in one line."""


@dataclass
class _Reader:
    """What was read so far, and what was wrong."""

    at: SourceLine
    sections: list[Section] = field(default_factory=list)
    title: str | None = None
    cues: list[Cue] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    places: dict[Line, tuple[str, int]] = field(default_factory=dict)
    size: Size = field(default_factory=Size)
    ended: bool = False

    def report(self, message: str, remedy: str) -> None:
        self.problems[Problem(self.at.file, self.at.number, message, remedy)] = None

    def check_size(self) -> None:
        if what := self.size.fault:
            remedy = "Look for a loop that goes on too long, or make several practices of it"
            problem = Problem(self.at.file, self.at.number, f"the script comes to {what}", remedy)
            raise ScriptError([*self.problems, problem])

    def report_all(self, at: SourceLine, faults: Iterable[tuple[str, str]]) -> None:
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

    def take(self, paragraph: Paragraph) -> None:
        """Add what a paragraph says and what is wrong with it, in the order of its text."""
        for part in paragraph:
            if isinstance(part, Problem):
                self.problems[part] = None
                continue
            self.at = part.at
            if isinstance(part.cue, Say):
                begins = part.begins
                self.places.setdefault(part.cue.line, (begins.file, begins.number))
            self.add(part.cue)

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
    top = SourceLine("", file, 1)
    reader = _Reader(top)
    paragraph: list[SourceLine] = []
    for line in (*source_lines(rendered, file), top):
        if line.unseen:
            reader.report_all(line, line.unseen)
        is_heading = line.text.startswith("#")
        if paragraph and (is_heading or not line.text):
            reader.take(read_paragraph(tuple(paragraph)))
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


def _read_heading(line: SourceLine, reader: _Reader) -> None:
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
