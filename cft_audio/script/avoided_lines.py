"""Where a script says what is to be avoided: in any wording and branch, asked for or not."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.errors import CftAudioError, Problem
from cft_audio.languages.registry import language_of
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.cues import Breathe, ElasticBreathe, Span
from cft_audio.script.markup import parse
from cft_audio.script.sample import sample_context
from cft_audio.script.trials import adapted_trials, plain_trials
from cft_audio.script.written import TAG, quoted_texts, written_lines
from cft_audio.script.written_review import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from cft_audio.languages.avoided_words import FoundWord
    from cft_audio.script.cues import Section
    from cft_audio.script.figure import Figure
    from cft_audio.script.markup import Parsed
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates

    _Find: TypeAlias = Callable[[str], Iterator[FoundWord]]

_REMEDY = "Say it in other words, or leave it out"


@dataclass
class AvoidedReview:
    """Looks through a script for what is to be avoided.

    Attributes:
        practice: The practice.
        templates: The folders its partials are found in.
        figure_named: Gives the figure for an answer.
        find: Yields what is to be avoided in a text.
        line_of: Gives the line of an entry of its front matter, 0 for none.
    """

    practice: Practice
    templates: Templates
    figure_named: Callable[[str], Figure]
    find: _Find
    line_of: Callable[..., int]
    _known: set[tuple[str, ...]] = field(default_factory=set)

    def review(self) -> Iterator[Problem]:
        """Yield each line that says something of it, with its file.

        What is written is looked through as it stands; what only a template puts together, or says
        of a word by itself, is found where the script is tried.
        """
        with suppress(TemplateError):  # of what cannot be read, the review of the script tells
            for file, source in self.templates.sources(self.practice):
                yield from self._written(file, source)
        guides_breath = False
        for parsed in self._tried():
            yield from self._rendered(parsed)
            guides_breath = guides_breath or _guides_breath(parsed.sections)
        yield from self._front_matter(guides_breath=guides_breath)

    def _written(self, file: str, source: str) -> Iterator[Problem]:
        """Yield what is found in a template as its author wrote it."""
        for passage in _passages(source, self.templates):
            text = " ".join(words for _, words in passage)
            for found in self.find(text):
                self._known |= _with_neighbours(text, found)
                yield Problem(file, _line_at(found.start, passage), *_doubt(text, found))
        for line, text in quoted_texts(source, self.templates.environment):
            for found in self.find(text):
                self._known |= _with_neighbours(text, found)
                number = line + text.count("\n", 0, found.start)
                yield Problem(file, number, *_doubt(text, found))

    def _tried(self) -> Iterator[Parsed]:
        """Yield the script as it is told at all lengths, in all cores and for each difficulty."""
        trials = [
            *plain_trials(self.practice),
            *(trial for name in ADAPTATIONS for trial in adapted_trials(self.practice, name)),
        ]
        seen: set[int] = set()  # hashes, as the texts would fill the memory
        for trial in trials:
            with suppress(CftAudioError):
                values = sample_context(self.practice, self.figure_named, trial)
                rendered = self.templates.render(self.practice, values)
                if hash(rendered) not in seen:
                    seen.add(hash(rendered))
                    yield parse(rendered, self.practice.file)

    def _rendered(self, parsed: Parsed) -> Iterator[Problem]:
        """Yield what is found in a script as it is told, and was not found as it is written."""
        for line, place in parsed.places.items():
            for found in self.find(line.text):
                own = any(found.said in span.text for span in line.spans if not span.personal)
                if own and self._known.isdisjoint(_with_neighbours(line.text, found)):
                    yield Problem(*place, *_doubt(line.text, found))

    def _front_matter(self, *, guides_breath: bool) -> Iterator[Problem]:
        practice, language = self.practice, language_of(self.practice.language)
        texts = [(text, self.line_of("steps")) for text in practice.steps]
        for name, slot in practice.slots.items():
            texts.append((slot.default or "", self.line_of("slots", name)))
        if guides_breath:
            cues = practice.breath_words
            said = (*(cues.inhale or language.breath_in), *(cues.exhale or language.breath_out))
            texts += [(text, self.line_of("breath_words")) for text in said]
        for text, line in texts:
            for found in self.find(text):
                yield Problem(practice.file, line, *_doubt(text, found))


def _passages(source: str, templates: Templates) -> Iterator[list[tuple[int, str]]]:
    """Yield what is said in one go, line by line: neither a cue nor an empty line is in it."""
    passage: list[tuple[int, str]] = []
    for line in written_lines(source, templates.environment):
        if passage and (line.title is not None or line.number > passage[-1][0] + 1):
            yield passage
            passage = []
        if line.title is not None:
            continue
        for piece in pieces_of(line):
            if isinstance(piece, Span):
                passage.append((line.number, piece.sub or piece.text))
            elif passage:
                yield passage
                passage = []
    if passage:
        yield passage


def _line_at(position: int, passage: list[tuple[int, str]]) -> int:
    """Return the line of a character of a passage whose parts are joined by blanks."""
    end = 0
    for number, words in passage:
        end += len(words) + 1
        if position < end:
            return number
    return passage[-1][0]


def _doubt(text: str, found: FoundWord) -> tuple[str, str]:
    begin = max(text.rfind(mark, 0, found.start) for mark in ".!?") + 1
    ends = [end for mark in ".!?" if (end := text.find(mark, found.stop)) >= 0]
    said = " ".join(text[begin : min(ends, default=len(text))].replace(TAG, " ").split())
    return f'{found.told} is to be avoided: "{said}"', _REMEDY


def _with_neighbours(text: str, found: FoundWord) -> set[tuple[str, ...]]:
    """Return what is said together with the two words before it, and with the two behind it.

    It may be the first of what is said, and what ends with it may stand before anything.
    """
    words = re.compile(r"[^\W_]+")
    before = ["", "", *words.findall(text[: found.start].casefold())][-2:]
    after = words.findall(text[found.stop :].casefold())[:2]
    said = found.said.casefold()
    behind = {(said, "", *after)} if len(after) == 2 else set()  # noqa: PLR2004 -- two words
    return {(*before, said)} | behind


def _guides_breath(sections: tuple[Section, ...]) -> bool:
    cues = (cue for section in sections for cue in section.cues)
    return any(isinstance(cue, Breathe | ElasticBreathe) for cue in cues)
