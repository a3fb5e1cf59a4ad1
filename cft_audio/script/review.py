"""What a script's author should know before anyone listens: every error, and gentle warnings.

What is looked for in the words themselves comes from the pack of the practice's language.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from cft_audio.errors import CftAudioError, Problem, RequestError, ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.listening import doubtful_line, doubtful_whole, same_titles
from cft_audio.script.markup import Parsed, parse
from cft_audio.script.places import places
from cft_audio.script.practice import RESERVED
from cft_audio.script.sample import sample_context
from cft_audio.script.structure import find_lost, find_unused
from cft_audio.script.tics import OverBudget, counted_words, find_tics, furthest_over
from cft_audio.script.time_to_answer import without_time
from cft_audio.script.trials import adapted_trials, plain_trials, rare_trials
from cft_audio.script.written import written_lines
from cft_audio.script.written_review import review_written, unused_slots, written_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line
    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice
    from cft_audio.script.sample import Trial
    from cft_audio.script.templates import Templates

_TRUE_CAUSES = (TemplateSyntaxError, TemplateNotFound, RecursionError, MemoryError)
"""What a template is wrong in by itself, whatever its answers are."""


_ENOUGH = 4
"""Trials that fail before any succeeds, after which no more are made."""

_MOST_RENDERED = 3_000_000
"""Characters after which no more trials are made: twice what the longest of our own practices
comes to in all trials but the rare ones (measured)."""


class _StandIn(str):
    """What stands for a value that nobody can give yet: it has every part, and can be called."""

    __slots__ = ()

    def __getitem__(self, _: object) -> _StandIn:
        return self

    def __call__(self, *_: object, **__: object) -> _StandIn:
        return self


@dataclass
class _Reviewer:
    """Tries a script out and takes down what is wrong or doubtful, each once.

    Attributes:
        practice: The practice, its front matter already read.
        templates: The folders its partials are found in.
        figure_named: Gives the figure for an answer.
        speakable: Gives what of a text can be spoken, as the speech stage would say it.
        line_of: Gives the line of a slot in its file, 0 for none.
        believed: Whether its front matter is right; if not, what only follows from that is not
            told, and something stands for each of its slots.
    """

    practice: Practice
    templates: Templates
    figure_named: Callable[[str], Figure]
    speakable: Callable[[str], str]
    line_of: Callable[[str], int]
    believed: bool
    _stand_ins: dict[str, _StandIn] = field(default_factory=dict)
    _characters: int = 0
    _parsed: dict[str, Parsed] = field(default_factory=dict)
    _looked_at: set[tuple[Line, tuple[str, int]]] = field(default_factory=set)
    _seen: set[tuple[str, int]] = field(default_factory=set)
    _failures: int = 0
    _tics: list[OverBudget] = field(default_factory=list)

    def review(self) -> list[Problem]:
        """Return everything wrong or doubtful, each once, in the order of the files' lines."""
        practice = self.practice
        problems = dict.fromkeys(self._written())
        problems |= dict.fromkeys(self._rendered(plain_trials(self.practice)))
        known = {(problem.file, problem.line, problem.message) for problem in problems}
        for name in ADAPTATIONS:
            for problem in self._rendered(adapted_trials(self.practice, name)):
                key = (problem.file, problem.line, problem.message)
                if key not in known:
                    known.add(key)
                    told = replace(problem, message=f"told for {name}: {problem.message}")
                    problems[told] = None
        problems |= dict.fromkeys(self._tiring())
        problems |= dict.fromkeys(self._empty_chapters())
        problems |= dict.fromkeys(self._trials_left_out())
        if not self._is_hopeless:
            problems |= dict.fromkeys(unused_slots(practice, self.templates, self.line_of))
        is_wrong = self._stand_ins or any(not problem.warning for problem in problems)
        if not (is_wrong or self._is_long):
            problems |= dict.fromkeys(self._never_said([*problems]))
        return in_order(problems)

    def _written(self) -> Iterator[Problem]:
        practice, templates = self.practice, self.templates
        yield from find_lost(practice, templates)
        with suppress(TemplateError):  # of what cannot be read, rendering says why
            yield from review_written(practice, templates)
            yield from find_unused(practice, templates)
            unknown = list(templates.unknown_names(practice, {*practice.slots, *RESERVED}))
            is_unreadable = not (self.believed or practice.slots or practice.title)
            yield from (problem for _, problem in unknown if not is_unreadable)
            # Something stands for what nobody gives, so that the rest is looked at as well.
            self._stand_ins = {name: _StandIn("someone") for name, _ in unknown}
        if not self.believed:
            self._stand_ins |= {name: _StandIn("someone") for name in practice.slots}
            self.practice = replace(practice, slots={})

    def _rendered(self, trials: Iterable[Trial]) -> Iterator[Problem]:
        language = language_of(self.practice.language)
        for trial in trials:
            if self._is_hopeless or self._is_long:
                return
            try:
                rendered = self._render(trial)
                self._characters += len(rendered)
            except ScriptError as error:
                self._failures += 1
                if isinstance(error.__cause__, _TRUE_CAUSES):
                    self._failures += _ENOUGH
                if not self._stand_ins or isinstance(error.__cause__, _TRUE_CAUSES):
                    yield from error.problems
            except CftAudioError as error:
                line = self.line_of(error.field.removeprefix("with."))
                yield Problem(self.practice.file, line, error.message, error.remedy)
            else:
                yield from self._heard(rendered, language, trial)

    @property
    def _is_hopeless(self) -> bool:
        """Whether nothing else would come of further trials, each of which may take its time."""
        return self._failures >= _ENOUGH and not self._parsed

    @property
    def _is_long(self) -> bool:
        """Whether so much was rendered that further trials would take too long."""
        return self._characters > _MOST_RENDERED

    def _render(self, trial: Trial) -> str:
        """Return the script rendered for ``trial``.

        Raises:
            RequestError: If a default of its own is no answer that it takes.
            ScriptError: If it cannot be rendered.
        """
        values = sample_context(self.practice, self.figure_named, trial)
        return self.templates.render(self.practice, self._stand_ins | values)

    def _heard(self, rendered: str, language: Language, trial: Trial) -> Iterator[Problem]:
        """Yield what is wrong or doubtful in a rendering that was not looked at before."""
        if rendered in self._parsed:
            return
        parsed = self._parsed[rendered] = parse(rendered, self.practice.file)
        self._seen |= places(rendered)
        yield from parsed.problems
        for line, place in parsed.places.items():
            if (line, place) in self._looked_at:
                continue
            self._looked_at.add((line, place))
            for doubt in doubtful_line(line.text, language, self.speakable):
                yield Problem(*place, *doubt, warning=True)
        for near, message, remedy in without_time(parsed.sections, language):
            place = parsed.places[near] if near else (self.practice.file, 0)
            yield Problem(*place, message, remedy, warning=True)
        for doubt in doubtful_whole(parsed.sections, language.checks):
            yield Problem(self.practice.file, 0, *doubt, warning=True)
        said = counted_words(parsed.sections)
        self._tics += find_tics(said, trial.minutes, language.checks.tics, trial.adaptations)
        for title, message, remedy in same_titles(parsed.sections):
            number = self._line_of_title(title)
            yield Problem(self.practice.file, number, message, remedy, warning=True)

    def _tiring(self) -> Iterator[Problem]:
        """Yield which turns of phrase are said too often, and where most."""
        for tic in furthest_over(self._tics):
            told = f", told for {' and '.join(tic.told_for)}" if tic.told_for else ""
            message = (
                f"{tic.tic.name}, as in '{tic.example}', is said {tic.times} times in "
                f"{tic.minutes:g} minutes{told}"
            )
            remedy = f"Say some of them otherwise: {tic.most} would do"
            yield Problem(self.practice.file, 0, message, remedy, warning=True)

    def _empty_chapters(self) -> Iterator[Problem]:
        """Yield the chapters in which nothing is said or done, whatever was tried."""
        sections = [section for parsed in self._parsed.values() for section in parsed.sections]
        filled = {section.title for section in sections if section.cues}
        for title in dict.fromkeys(section.title for section in sections):
            if title and title not in filled:
                message = f"the chapter '{title}' is left out: nothing is said or done in it"
                line = self._line_of_title(title)
                remedy = "Write something below its heading, or remove the heading"
                yield Problem(self.practice.file, line, message, remedy, warning=True)

    def _trials_left_out(self) -> Iterator[Problem]:
        """Yield a warning if some trials were not made."""
        if self._is_long:
            message = "the script is so long that not all of its lengths and adaptations were tried"
            remedy = "Make several practices of it"
            yield Problem(self.practice.file, 0, message, remedy, warning=True)

    def _line_of_title(self, title: str) -> int:
        """Return the last line of the practice that gives a chapter this title; 0 if none does."""
        lines = written_lines(self.practice.body, self.templates.environment)
        wanted = title.casefold()
        return max(
            (line.number for line in lines if (line.title or "").casefold() == wanted), default=0
        )

    def _never_said(self, known: Iterable[Problem]) -> Iterator[Problem]:
        """Yield where lines begin that were not said, whatever was tried; known ones not again."""
        left = written_places(self.practice, self.templates) - self._seen
        left -= {(problem.file, problem.line) for problem in known}
        tried = set(map(hash, self._parsed))  # hashes, as the texts would fill the memory
        for trial in rare_trials(self.practice):
            if not left:
                return
            with suppress(ScriptError, RequestError):
                rendered = self._render(trial)
                if hash(rendered) not in tried:
                    tried.add(hash(rendered))
                    left -= places(rendered)
        for file, line in sorted(left):
            if (file, line - 1) not in left:
                message = "this was never said, at any length, answer or adaptation that was tried"
                remedy = "Look at the conditions it stands under"
                yield Problem(file, line, message, remedy, warning=True)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems``, each once, by file and line, errors first."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.warning, p.message))


def review_practice(  # noqa: PLR0913 -- what the script stage does not know by itself
    practice: Practice,
    templates: Templates,
    figure_named: Callable[[str], Figure],
    speakable: Callable[[str], str],
    *,
    line_of: Callable[[str], int] = lambda _: 0,
    believed: bool = True,
) -> list[Problem]:
    """Return everything wrong or doubtful in ``practice``, each once, in the order of its file.

    It is tried at every length of ``trials.LENGTHS``, with its optional slots answered and not,
    and in every adaptation.

    Args:
        practice: The practice, its front matter already read.
        templates: The folders its partials are found in.
        figure_named: Gives the figure for an answer.
        speakable: Gives what of a text can be spoken, as the speech stage would say it.
        line_of: Gives the line of a slot in its file, 0 for none.
        believed: Whether its front matter is right.
    """
    return _Reviewer(practice, templates, figure_named, speakable, line_of, believed).review()
