"""A script checked as a whole: read, tried out, planned, and its sounds known to a voice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.application.avoiding import Avoidance
from cft_audio.application.scripts_apart import try_script
from cft_audio.errors import (
    CftAudioError,
    EngineError,
    LengthError,
    Problem,
    RequestError,
    ScriptError,
    VoiceError,
)
from cft_audio.languages.registry import is_same_language, language_of
from cft_audio.library.figures import find_figure
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.schema.durations import clock
from cft_audio.schema.files import read_text
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.avoided_lines import AvoidedReview
from cft_audio.script.front_doubts import find_front_doubts, line_of_entry
from cft_audio.script.review import in_order, review_practice
from cft_audio.script.sample import sample_answers
from cft_audio.script.written_review import written_sounds
from cft_audio.speech.engines.engine import Fragment, KnowsSounds
from cft_audio.speech.text.rules import speakable
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import DEFAULT_VOICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from cft_audio.files.folders import Folders
    from cft_audio.library.practices import Library, PracticeFile
    from cft_audio.script.cues import Span
    from cft_audio.script.practice import Practice

    _Sound: TypeAlias = tuple[str, int, Span]
    """The file and line of a sound, and the words that it is of."""


def check_script(
    name: str,
    library: Library,
    folders: Folders,
    voice: str | None,
    avoid: tuple[str, ...] = (),
) -> list[Problem]:
    """Return everything wrong or doubtful in a script, by file and line.

    Args:
        name: Its name, or its file.
        library: Where it is looked for.
        folders: Where voices are found.
        voice: Who shall say it; None for the default voice.
        avoid: Words and phrases that its listener must not hear.
    """
    try:
        file = library.open(name)
    except RequestError as error:
        return [Problem(name, 0, error.message, error.remedy)]
    try:
        problems, sounds = try_script(file, _check_and_list_sounds, library, name)
        language = file.read()[0].language
    except ScriptError as error:
        return file.located(error.problems)
    unknown = _unknown_sounds(sounds, language, folders, voice)
    try:
        problems += try_script(file, _find_avoided, library, name, avoid) if avoid else []
    except ScriptError as error:
        problems += file.located(error.problems)
    return in_order([*problems, *file.located(unknown)])


def _check_and_list_sounds(library: Library, name: str) -> tuple[list[Problem], list[_Sound]]:
    """Return what is found in a script without a voice, and the sounds that its voice has to know.

    Raises:
        ScriptError: If it cannot be read at all.
    """
    file = library.open(name)
    practice, problems = file.read()
    text = read_text(file.path, ScriptError)
    check = _Check(file, practice, text)
    # The body is checked too where the front matter is wrong, except for what follows from it.
    found = [*find_front_doubts(text, practice.file), *check.reviewed(believed=not problems)]
    problems += file.located(found)
    if all(problem.warning for problem in problems):
        problems += check.planned()
    with suppress(TemplateError):  # rendering says why
        return problems, list(written_sounds(practice, file.library.templates))
    return problems, []


def _find_avoided(library: Library, name: str, words: tuple[str, ...]) -> list[Problem]:
    """Return each line of a script, in whichever wording, that holds one of ``words``."""
    file = library.open(name)
    practice, _ = file.read()
    review = AvoidedReview(
        practice,
        file.library.templates,
        cache(partial(find_figure, library=file.library)),
        Avoidance(words, practice.language).in_text,
        partial(line_of_entry, read_text(file.path, ScriptError)),
    )
    return file.located(review.review())


@dataclass(frozen=True)
class _Check:
    """One script under check.

    Attributes:
        file: Its file.
        practice: What was read of it.
        text: Its text.
    """

    file: PracticeFile
    practice: Practice
    text: str

    def reviewed(self, *, believed: bool) -> list[Problem]:
        """Return what is found in the script itself."""
        library = self.file.library
        said = partial(speakable, language=language_of(self.practice.language))
        figures = cache(partial(find_figure, library=library))
        return review_practice(
            *(self.practice, library.templates, figures, said),
            line_of=partial(line_of_entry, self.text, "slots"),
            believed=believed,
        )

    def planned(self) -> Iterator[Problem]:
        """Yield what stands in the way of a recording, as it is and in every adaptation."""
        told: list[tuple[str, ...]] = [(), *((name,) for name in ADAPTATIONS)]
        natural_fits = True
        for adaptations in told:
            told_for = f"told for {adaptations[0]}: " if adaptations else ""
            try:
                fits = self._has_natural_length(adaptations)
            except ScriptError as error:
                yield from (replace(p, message=told_for + p.message) for p in error.problems)
            except CftAudioError as error:
                line = line_of_entry(self.text, "slots", error.field.removeprefix("with."))
                yield self._problem(line, told_for + error.message, error.remedy)
            else:
                if natural_fits and not fits:
                    yield self._wrong_length(adaptations, told_for)
                    natural_fits = bool(adaptations)

    def _has_natural_length(self, adaptations: tuple[str, ...]) -> bool:
        """Return whether it can be as long as it says.

        Raises:
            CftAudioError: If it cannot be recorded at any length.
        """
        try:
            self._outline(adaptations, self.practice.natural_s).estimate()
        except LengthError:
            self._outline(adaptations).estimate()
            return False
        return True

    def _wrong_length(self, adaptations: tuple[str, ...], told_for: str) -> Problem:
        """Return that it cannot be as long as it says, and which lengths it can have."""
        freely = self._outline(adaptations)
        line = line_of_entry(self.text, "natural")
        stated = "as its 'natural' length says"
        if not line:
            stated = "which is meant where a practice gives no 'natural' length"
        message = f"{told_for}it cannot be {clock(self.practice.natural_s)} long, {stated}"
        possible = ", or from ".join(map(str, freely.offered))
        only = f"from {possible}" if possible else f"about {clock(freely.natural_s)} and no other"
        remedy = (
            f"Its length can be {only}: give it more to say and some [pause], or write "
            f"'natural: {clock(freely.natural_s)}'"
        )
        return self._problem(line, message, remedy, warning=True)

    def _outline(self, adaptations: tuple[str, ...], length_s: float | None = None) -> Outline:
        answers = sample_answers(self.practice, full=True)
        session = Session(self.file.name, answers, length_s=length_s, adaptations=adaptations)
        return Outline(_ReviewedWriter(session, self.file.library))

    def _problem(self, line: int, message: str, remedy: str, *, warning: bool = False) -> Problem:
        return Problem(str(self.file.path), line, message, remedy, warning)


class _ReviewedWriter(ScriptWriter):
    """Writes a script whose structure was reviewed, and need not be checked for each session."""

    def check_structure(self) -> None:
        """Leave it at the review, which found everything that would be lost."""


def _unknown_sounds(
    sounds: Sequence[_Sound], language: str, folders: Folders, voice: str | None
) -> Iterator[Problem]:
    """Yield the sounds of a script that its voice lacks; nothing where no voice can tell."""
    for name in filter(None, (voice, DEFAULT_VOICE)):
        try:
            profile = load_profile(name, folders.voices)
            engine = profile.make_engine()
            break
        except VoiceError:
            continue
    else:
        return
    if not isinstance(engine, KnowsSounds):
        return
    if profile.language and not is_same_language(profile.language, language):
        return
    for place, line, span in sounds:
        try:
            engine.check_sound(Fragment(span.text, ipa=span.ipa.strip().strip("/").strip()))
        except EngineError as error:
            yield Problem(place, line, error.message, error.remedy)
        except VoiceError:
            return
