"""Jinja for practices: the sandbox they run in, and its errors with file and line."""

from __future__ import annotations

import re
import traceback
from contextlib import suppress
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jinja2 import (
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)

from cft_audio.errors import Problem, ScriptError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.inert import revealed
from cft_audio.script.sandbox import code_of, named_in, sandbox, source_of, tree_of, variables_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cft_audio.script.practice import Practice
    from cft_audio.script.telling import Telling


_LACKS = re.compile(r"'([\w.]+) object' has no attribute '(\w+)'")
_KINDS = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "yes or no",
    "FigureInScript": "the figure",
    "PaceInScript": "the pace",
    "tuple": "a list",
}
"""What an author calls a value, by its class."""


LARGEST_RENDERING = 1_000_000
"""Characters of a rendered practice with its line marks: what three hours of speech come to, with
each sentence on a line of its own, is half of it."""


class Templates:
    """The sandboxed templates of a list of folders.

    Args:
        folders: Where practices and partials are looked for, in order.

    Attributes:
        environment: The sandbox that they run in.
        tellings: What each practice is told differently for, once that was looked for.
        asked_for: The names that each asks for with what it extends, likewise.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.environment = sandbox(folders)
        # A practice is rendered for many lengths; reading it takes far longer than rendering it.
        self._compiled: dict[str, Template] = {}
        self.tellings: dict[str, Telling] = {}
        self.asked_for: dict[str, frozenset[str] | None] = {}
        self._used_where: dict[tuple[str, str], list[tuple[str, str, int]]] = {}

    def render(self, practice: Practice, context: Mapping[str, object]) -> str:
        """Return the body of ``practice`` rendered with ``context``, line marks included.

        Raises:
            ScriptError: With every unknown name at once, or the one error Jinja stopped at.
        """
        try:
            return _joined(self._template(practice).generate(context), practice)
        except ScriptError:
            raise
        except UndefinedError as error:
            problems = [problem for _, problem in self.unknown_names(practice, context)]
            raise ScriptError(problems or [_at_run_time(error, practice)]) from error
        except TemplateSyntaxError as error:
            file = error.name or practice.file
            fault = (error.message or "unknown error").rstrip(".")
            message = f"the template cannot be read: {fault}"
            ends = "each {% if %}, {% for %} and {% block %} needs its end, and each {{ its }}"
            remedy = f"Correct it there; {ends}"
            raise ScriptError([Problem(file, error.lineno, message, remedy)]) from error
        except TemplateNotFound as error:
            before, found, _ = practice.body.partition(str(error.name))
            line = before.count("\n") + 1 if found else 1
            message = f"there is no template '{error.name}'"
            remedy = "Put it in a scripts folder, or correct the name"
            raise ScriptError([Problem(practice.file, line, message, remedy)]) from error
        except (RecursionError, MemoryError) as error:
            message = "the template calls itself without end, or makes more text than there is room"
            raise ScriptError([Problem(practice.file, 0, message, "Look at its macros")]) from error
        except SyntaxError as error:  # of the Python that Jinja makes of it
            message = "its loops and conditions stand too deep inside each other"
            raise ScriptError([Problem(practice.file, 0, message, "Nest fewer of them")]) from error
        except Exception as error:  # whatever a template does is its author's to mend
            raise ScriptError([_at_run_time(error, practice)]) from error

    def parse(self, source: str, name: str) -> nodes.Template:
        """Return the tree of the template ``source`` called ``name``; nobody may change it.

        Raises:
            TemplateSyntaxError: If it cannot be read.
        """
        return tree_of(source, name)

    def source(self, name: str) -> str:
        """Return the text of the template called ``name``.

        Raises:
            TemplateNotFound: If there is none.
        """
        return source_of(name, self.environment)

    def sources(self, practice: Practice) -> Iterator[tuple[str, str]]:
        """Yield the name and text of the practice's body and of every template it refers to.

        A reference that cannot be followed (a computed name, a missing file) is passed over.
        """
        waiting = [(practice.file, practice.body)]
        seen = {practice.file}
        while waiting:
            name, source = waiting.pop()
            yield name, source
            for other in named_in(source, name):
                if other not in seen:
                    seen.add(other)
                    with suppress(TemplateNotFound):
                        waiting.append((other, self.source(other)))

    def _template(self, practice: Practice) -> Template:
        if practice.body not in self._compiled:
            code = code_of(practice.body, practice.file, self.environment)
            names = self.environment.make_globals(None)
            self._compiled[practice.body] = Template.from_code(self.environment, code, names)
        return self._compiled[practice.body]

    def unknown_names(
        self, practice: Practice, known: Collection[str]
    ) -> Iterator[tuple[str, Problem]]:
        """Yield where ``practice`` uses a name that nobody gives, in branches not taken too.

        Args:
            practice: The practice.
            known: The names its context has.

        Yields:
            A name and the problem, once for each file that uses it.

        Raises:
            TemplateSyntaxError: If a template cannot be read.
        """
        given = {*known, *self.environment.globals}
        key = practice.file, practice.body
        if key not in self._used_where:
            self._used_where[key] = list(self._names_asked_for(practice))
        for name, file, line in self._used_where[key]:
            if name not in given:
                message = f"'{name}' is not a slot of this practice"
                advice = did_you_mean(name, known)
                remedy = f"Declare it under 'slots:' in the front matter. {advice}"
                yield name, Problem(file, line, message, remedy)

    def _names_asked_for(self, practice: Practice) -> Iterator[tuple[str, str, int]]:
        """Yield each name that a file uses and no file sets, with the file and the line."""
        variables = {name: variables_of(source, name) for name, source in self.sources(practice)}
        # A partial may use what the practice that extends it sets, and the other way round.
        assigned = set(chain.from_iterable(found.assigned for found in variables.values()))
        for file, found in variables.items():
            yield from ((name, file, line) for name, line in found.used if name not in assigned)


def _joined(pieces: Iterator[str], practice: Practice) -> str:
    """Return a rendering as one text.

    Raises:
        ScriptError: As soon as it is longer than any practice.
    """
    text: list[str] = []
    length = 0
    for piece in pieces:
        text.append(piece)
        length += len(piece)
        if length > LARGEST_RENDERING:
            message = f"the script comes to more than {LARGEST_RENDERING} characters"
            remedy = "Look for a loop without end, or a text that is repeated without measure"
            raise ScriptError([Problem(practice.file, 0, message, remedy)])
    return "".join(text)


def _at_run_time(error: Exception, practice: Practice) -> Problem:
    file, line = practice.file, 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((practice.file, ".md")):
            file, line = PurePath(frame.filename).name, frame.lineno or 1
    message = revealed(str(error).rstrip("."))
    if lacks := _LACKS.search(message):
        kind = lacks[1].rpartition(".")[2]
        message = f"{_KINDS.get(kind, f'a {kind}')} has no part called '{lacks[2]}'"
    if isinstance(error, UndefinedError):
        return Problem(file, line, message, "Check the spelling, or declare it as a slot")
    remedy = "Look at what this line asks the template to do"
    return Problem(file, line, f"the template cannot be rendered: {message}", remedy)
