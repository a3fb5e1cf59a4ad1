"""The markup of a rendered practice: headings, paragraphs, cues and how words are said.

The grammar is the one in ``docs/script-language.md``. The parser never stops at an error: it
collects them all and leaves out what it could not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import Problem
from cft_audio.schema.durations import parse_seconds
from cft_audio.script.cues import (
    Breathe,
    Chime,
    Cue,
    ElasticBreathe,
    ElasticPause,
    Line,
    Pause,
    Say,
    Section,
    Span,
    Speaker,
)
from cft_audio.script.inert import INERT, revealed
from cft_audio.script.places import place, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_PAUSE = 600.0
"""Seconds a fixed pause may last: longer silence belongs to an elastic one, or is a slip."""

MOST_BREATHS = 200
"""Breaths a fixed breathe cue may ask for: over half an hour at six a minute."""

_HEADING = re.compile(r"(#+)[ \t]*(.*)")
_TOKEN = re.compile(
    r"""\((?P<word>[^()\[\]]+)\)\[(?P<how>\w+):\s*["“”](?P<sound>[^"“”]*)["“”]\]
      | \[(?P<cue>[^\[\]]*)\]""",
    re.VERBOSE,
)
_WEIGHTED_PAUSE = re.compile(r"pause(?:\s+x\s*(\d+(?:\.\d+)?))?")
_COUNTED_BREATHE = re.compile(r"breathe(?:\s+(\d+))?")
_CUES = "[4s], [pause], [pause x3], [breathe 6], [breathe], [chime]"

_FOREIGN = (
    (re.compile(r"[-*+]\s"), "a list", "Write each item as a sentence of its own"),
    (re.compile(r"\d+\.\s"), "a numbered list", "Write each item as a sentence of its own"),
    (re.compile(r"(?:```|~~~)"), "a code block", "Remove it"),
    (re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*$"), "a rule", "Write '## …' to begin a chapter"),
    (re.compile(r"\|"), "a table", "Write it as sentences"),
)
_INLINE = (
    (re.compile(r"</?[A-Za-z][^>]*>"), "an HTML tag", "Remove it"),
    (re.compile(r"(\*\*?|__?|`)(?=\S)[^*_`]+(?<=\S)\1"), "emphasis", "Let the words carry it"),
)


@dataclass
class _Parse:
    """The state of one parse: what was read so far, and what was wrong."""

    file: str
    line: int = 1
    sections: list[Section] = field(default_factory=list)
    title: str | None = None
    cues: list[Cue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[Line, tuple[str, int]] = field(default_factory=dict)

    def problem(self, message: str, remedy: str = "") -> None:
        found = Problem(self.file, self.line, message, remedy)
        if found not in self.problems:
            self.problems.append(found)

    def add(self, cue: Cue) -> None:
        if self.title is None:
            self.title = ""
            self.problem(
                "something is said before the first chapter",
                "Begin with a heading, such as '## Arriving'",
            )
        self.cues.append(cue)

    def close_section(self) -> None:
        if self.title is not None:
            self.sections.append(Section(self.title, tuple(self.cues)))
        self.cues = []


@dataclass(frozen=True)
class _SourceLine:
    text: str
    file: str
    number: int


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
    state = _Parse(file)
    paragraph: list[_SourceLine] = []
    for line in [*_source_lines(rendered, file), _SourceLine("", file, 0)]:
        foreign_start = not line.text or line.text.startswith("#")
        if foreign_start and paragraph:
            _paragraph(paragraph, state)
            paragraph = []
        if line.text.startswith("#"):
            _heading(line, state)
        elif line.text:
            paragraph.append(line)
    state.close_section()
    if not any(isinstance(cue, Say) for section in state.sections for cue in section.cues):
        state.file, state.line = file, 1
        state.problem("nothing is said in this practice", "Write at least one sentence")
    return Parsed(tuple(state.sections), tuple(state.problems), state.places)


def _source_lines(rendered: str, file: str) -> Iterator[_SourceLine]:
    where = (file, 1)
    for raw in rendered.split("\n"):
        where = place(raw) or where
        yield _SourceLine(unmarked(raw).strip(), *where)


def _heading(line: _SourceLine, state: _Parse) -> None:
    state.file, state.line = line.file, line.number
    found = _HEADING.fullmatch(line.text)
    title = revealed(found[2]).strip() if found else ""
    if not found or len(found[1]) != 2:  # noqa: PLR2004 -- the two of '##'
        state.problem("chapters are headings of the second level", f"Write '## {title or '…'}'")
    if not title:
        state.problem("the chapter has no title", "Write it after the '##'")
    if INERT.search(line.text):
        state.problem(
            "a person's words stand in a chapter's title",
            "Titles are shown by players and in cars: write it without them",
        )
    state.close_section()
    state.title = title


def _paragraph(lines: list[_SourceLine], state: _Parse) -> None:
    quoted = [line.text.startswith(">") for line in lines]
    speaker: Speaker = "figure" if quoted[0] else "guide"
    if any(quoted):
        lines = [replace(line, text=line.text.removeprefix(">").strip()) for line in lines]
    if any(quoted) and not all(quoted):
        odd = lines[quoted.index(not quoted[0])]
        state.file, state.line = odd.file, odd.number
        state.problem(
            "a quote and other words share a paragraph",
            "Begin each line of a quote with '>', and part it from the rest by an empty line",
        )
    for line in lines:
        _reject_foreign_markdown(line, state)
    # Cues are read line by line, so that an error names its line; speech runs across them.
    spans: list[Span] = []
    begins = (lines[0].file, lines[0].number)
    for line in lines:
        state.file, state.line = line.file, line.number
        if spans:
            spans.append(Span(" "))
        else:
            begins = (line.file, line.number)
        for piece in _pieces(line.text, state):
            if isinstance(piece, Span):
                spans.append(piece)
            else:
                _say(spans, speaker, begins, state)
                spans, begins = [], (line.file, line.number)
                state.add(piece)
    _say(spans, speaker, begins, state)


def _say(spans: list[Span], speaker: Speaker, place: tuple[str, int], state: _Parse) -> None:
    tidy = _tidied(spans)
    if tidy:
        line = Line(tidy, speaker=speaker)
        state.places.setdefault(line, place)
        state.add(Say(line))


def _pieces(text: str, state: _Parse) -> Iterator[Span | Cue]:
    end = 0
    for token in _TOKEN.finditer(text):
        yield from _spoken(text[end : token.start()], state)
        end = token.end()
        if token["cue"] is None:
            yield from _said_as(token["word"], token["how"], token["sound"], state)
        else:
            cue = _cue(token["cue"], state)
            if cue is not None:
                yield cue
    yield from _spoken(text[end:], state)


def _spoken(text: str, state: _Parse) -> Iterator[Span]:
    for stray in set(re.findall(r"[\[\]]", text)):
        state.problem(f"a '{stray}' has no partner", f"A cue is one of {_CUES}")
    end = 0
    for run in INERT.finditer(text):
        yield Span(text[end : run.start()])
        yield Span(revealed(run.group()), personal=True)
        end = run.end()
    yield Span(text[end:])


def _said_as(word: str, how: str, sound: str, state: _Parse) -> Iterator[Span]:
    personal = INERT.search(word) is not None
    word, sound = revealed(word), revealed(sound).strip()
    if how not in ("ipa", "sub"):
        state.problem(
            f"'{how}' is not a way to say a word",
            'Write (word)[ipa:"…"] for its sound or (word)[sub:"…"] for other words',
        )
    elif not sound:
        state.problem(f"the {how} of '{word}' is empty", "Write it between the quotes")
    elif how == "ipa":
        yield Span(word, ipa=sound, personal=personal)
        return
    else:
        yield Span(word, sub=sound, personal=personal)
        return
    yield Span(word, personal=personal)


def _cue(written: str, state: _Parse) -> Cue | None:
    text = " ".join(written.lower().split())
    if text == "chime":
        return Chime()
    pause = _WEIGHTED_PAUSE.fullmatch(text)
    if pause:
        weight = float(pause[1] or 1)
        if 0 < weight <= 20:  # noqa: PLR2004 -- stated in the message
            return ElasticPause(weight)
        state.problem(f"[{written}] weighs too little or too much", "Give a weight from 0.1 to 20")
        return None
    breathe = _COUNTED_BREATHE.fullmatch(text)
    if breathe:
        return _breathe(breathe[1], state)
    if re.fullmatch(r"[\d.]+\s*[a-z]+", text):
        return _fixed_pause(text, written, state)
    shown = revealed(written)
    state.problem(f"[{shown}] is not a cue", f"A cue is one of {_CUES}")
    return None


def _breathe(count: str | None, state: _Parse) -> Cue | None:
    if count is None:
        return ElasticBreathe()
    if 1 <= int(count) <= MOST_BREATHS:
        return Breathe(int(count))
    state.problem(f"[breathe {count}] cannot be guided", f"Ask for 1 to {MOST_BREATHS} breaths")
    return None


def _fixed_pause(text: str, written: str, state: _Parse) -> Cue | None:
    try:
        length = parse_seconds(text)
    except ValueError as error:
        state.problem(f"[{written}] is not a pause", str(error).capitalize())
        return None
    if 0 < length <= LONGEST_PAUSE:
        return Pause(length)
    state.problem(
        f"[{written}] is too short or too long for a fixed pause",
        "Ask for up to 600 s, or write [pause] for one that fits the length",
    )
    return None


def _reject_foreign_markdown(line: _SourceLine, state: _Parse) -> None:
    state.file, state.line = line.file, line.number
    for pattern, what, remedy in _FOREIGN:
        if pattern.match(line.text):
            state.problem(f"{what} cannot be spoken", remedy)
    for pattern, what, remedy in _INLINE:
        if pattern.search(line.text):
            state.problem(f"{what} cannot be spoken", remedy)


def _tidied(spans: list[Span]) -> tuple[Span, ...]:
    """Return ``spans`` with blanks folded, neighbours of a kind joined and the ends stripped."""
    joined: list[Span] = []
    for span in spans:
        plain = not span.ipa and not span.sub
        last = joined[-1] if joined else None
        if last and plain and not (last.ipa or last.sub) and last.personal == span.personal:
            joined[-1] = Span(last.text + span.text, personal=last.personal)
        elif span.text:
            joined.append(span)
    folded = [
        span if span.ipa or span.sub else Span(_folded(span.text), personal=span.personal)
        for span in joined
    ]
    while folded and not folded[0].text.strip():
        folded.pop(0)
    while folded and not folded[-1].text.strip():
        folded.pop()
    if folded and not (folded[0].ipa or folded[0].sub):
        folded[0] = Span(folded[0].text.lstrip(), personal=folded[0].personal)
    if folded and not (folded[-1].ipa or folded[-1].sub):
        folded[-1] = Span(folded[-1].text.rstrip(), personal=folded[-1].personal)
    return tuple(folded)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
