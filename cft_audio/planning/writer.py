"""One session's practice, written out with as much content as is asked for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.library.figures import find_figure
from cft_audio.planning.shortest import check_offered
from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.bells import ring_bells
from cft_audio.script.edits import NO_EDITS
from cft_audio.script.render import practice_hash, read_sections, script_of
from cft_audio.script.shipped import is_shipped
from cft_audio.script.structure import check_structure
from cft_audio.script.telling import check_form, telling_of
from cft_audio.speech.text.estimate import estimate_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.library.practices import Library
    from cft_audio.planning.session import Session
    from cft_audio.script.cues import Line, Script
    from cft_audio.script.edits import Edits
    from cft_audio.script.figure import Figure
    from cft_audio.script.telling import Telling


class ScriptWriter:
    """Writes the script of one session.

    Args:
        session: What is practised.
        library: Where the practice, its partials and the figures are found.

    Raises:
        RequestError: If there is no such practice, or it cannot be told in the form asked for.
        ScriptError: If the practice cannot be read, or some of it would never be said.
    """

    def __init__(self, session: Session, library: Library) -> None:
        self.session = session
        file = library.open(session.practice)
        self._file, self._library = file, file.library
        self.practice = file.practice()
        self.check_structure()
        self.language = language_of(self.practice.language)
        self.pace = session.adapted_pace
        self.limits = session.adapt_limits(self.practice.limits)
        self._estimates: dict[Line, int] = {}
        self._rendered: dict[tuple[float, float], str] = {}
        self._scripts: dict[tuple[str, Edits], Script] = {}

    def check_structure(self) -> None:
        """Check that everything written in the practice can be said, in the form asked for.

        Of what ships, ``check`` holds it.

        Raises:
            RequestError: If the practice has no place for what its form asks for.
            ScriptError: If some of what is written never would be said.
        """
        if not is_shipped(self._file.path, self._library.folders):
            with self._locating():
                check_structure(self.practice, self._library.templates)
        check_form(self.practice, self.session.form, self._library.templates)

    @property
    def practice_sha256(self) -> str:
        """SHA-256, in hex, of everything written that the practice is made from."""
        return practice_hash(self.practice, self._library.templates)

    @property
    def telling(self) -> Telling:
        """What the practice is told differently for."""
        return telling_of(self.practice, self._library.templates)

    def check_offered(self, length_s: float) -> None:
        """Check that the practice is offered so short.

        Raises:
            LengthError: If not, with another practice that is.
        """
        check_offered(self.practice, length_s, self._library)

    def write(self, content_s: float, lasts_s: float = 0.0) -> Script:
        """Return the script with content that is meant for ``content_s`` seconds.

        Args:
            content_s: Seconds.
            lasts_s: Seconds that it says it lasts; 0 for what the session asks for, or what the
                practice is meant for.

        Raises:
            RequestError: If an answer is missing or wrong, or its lines cannot be edited so.
            ScriptError: If the practice cannot be rendered.
        """
        return self._write(self._render(content_s, lasts_s), self.session.edits)

    def write_unedited(self, content_s: float, lasts_s: float = 0.0) -> Script:
        """Return likewise the script as it would be if none of its lines were edited."""
        return self._write(self._render(content_s, lasts_s), NO_EDITS)

    def _write(self, rendered: str, edits: Edits) -> Script:
        # Much the same is said in a little more time: a third of all drafts are equal.
        if (rendered, edits) not in self._scripts:
            self._scripts[rendered, edits] = self._script_of(rendered, edits)
        return self._scripts[rendered, edits]

    def _script_of(self, rendered: str, edits: Edits) -> Script:
        with self._locating():
            sections = read_sections(rendered, self.practice)
        script = script_of(self.practice, sections, self.pace.quickest_phases, edits)
        if self.session.form.self_led:
            script = replace(script, breath_cues=script.breath_cues.first(0))
        return ring_bells(script, self.session.bells)

    def _render(self, content_s: float, lasts_s: float) -> str:
        """Return the practice rendered; of each content it is rendered once."""
        lasts_s = lasts_s or self.session.length_s or self.practice.natural_s
        if (content_s, lasts_s) in self._rendered:
            return self._rendered[content_s, lasts_s]
        session, rate = self.session, self.pace.breaths_per_minute
        setting = Setting(
            pace=PaceInScript(rate, *map(round, self.pace.phases(rate))),
            minutes=content_s / 60,
            lasts=lasts_s / 60,
            adaptations=session.adaptations,
            seed=session.seed,
            form=session.form,
        )
        values = context(self.practice, session.answers, self.figure, setting)
        templates = self._library.templates
        with self._locating():
            rendered = templates.render(self.practice, values)
        self._rendered[content_s, lasts_s] = rendered
        return rendered

    @contextmanager
    def _locating(self) -> Iterator[None]:
        """Give the problems of a script the paths of the files that they stand in."""
        try:
            yield
        except ScriptError as error:
            raise ScriptError(self._file.located(error.problems)) from error

    def estimate_length(self, line: Line) -> int:
        """Return about how many samples the clip of ``line`` has, in the practice's language."""
        if line not in self._estimates:  # the drafts of a session share most of their lines
            length = estimate_length(line, self.pace.unhurried, self.language)
            self._estimates[line] = length
        return self._estimates[line]

    def figure(self, answer: str) -> Figure:
        """Return the figure that an answer means.

        Raises:
            RequestError: If it means none.
            ScriptError: If its file is wrong.
        """
        return find_figure(answer, self._library, self.session.figure_pronouns)
