"""What there is to practise, as pages and rows, and a practice of one's own begun or checked."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from cft_audio.errors import OutputError, Problem, RequestError, ScriptError
from cft_audio.files.whole_file import write_whole
from cft_audio.languages.registry import language_of
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library, read_each
from cft_audio.references import replace_references
from cft_audio.script.review import review_practice
from cft_audio.script.sample import sample_titles
from cft_audio.speech.text.rules import speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.files.folders import Folders
    from cft_audio.references import Wording
    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BEGUN = Path(__file__).with_name("new-script.md")


@dataclass(frozen=True)
class ShownPractice:
    """One practice, as it is shown.

    Attributes:
        practice: The practice.
        file: Its file.
        chapters: The titles of its chapters at its natural length.
    """

    practice: Practice
    file: Path
    chapters: tuple[str, ...]

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        practice = asdict(self.practice)
        keys = ("id", "title", "technique", "summary", "language", "natural_s", "about")
        slots = list(practice["slots"].values())
        more = {"slots": slots, "chapters": list(self.chapters), "file": str(self.file)}
        return {key: practice[key] for key in keys} | more


def list_figures(folders: Folders) -> tuple[list[tuple[str, Figure]], list[Problem]]:
    """Return every figure that can be read with its id, and what is wrong with the others."""
    library = Library(folders.scripts)
    return read_each(library.figure_files(), lambda name: (name, find_figure(name, library)))


def show_practice(name: str, folders: Folders) -> ShownPractice:
    """Return the practice called ``name``, or of the one in that file.

    Raises:
        RequestError: If there is none.
        ScriptError: If it cannot be read or rendered.
    """
    file = Library(folders.scripts).open(name)
    practice, figures = file.practice(), partial(find_figure, library=file.library)
    titles = sample_titles(practice, file.library.templates, figures)
    return ShownPractice(practice, file.path, titles)


def check_scripts(names: Sequence[str], folders: Folders) -> list[Problem]:
    """Return everything wrong or doubtful in practice scripts, each a name or a file."""
    return [problem for name in names for problem in _check_script(name, Library(folders.scripts))]


def _check_script(name: str, library: Library) -> list[Problem]:
    try:
        file = library.open(name)
        practice, problems = file.read()
    except RequestError as error:
        return [Problem(name, 0, error.message, error.remedy)]
    except ScriptError as error:
        return list(error.problems)
    # The body is checked too where the front matter is wrong, except for what follows from it.
    said = partial(speakable, language=language_of(practice.language))
    figures = partial(find_figure, library=file.library)
    more = review_practice(practice, file.library.templates, figures, said)
    return sorted({*problems, *more}, key=lambda problem: (problem.file, problem.line))


def begin_script(
    name: str, technique: str, title: str | None, folders: Folders, words: Wording
) -> Path:
    """Write the beginning of a practice into the first folder of scripts and return its file.

    Args:
        name: What it is called in commands, and its file without the ending.
        technique: The technique it belongs to.
        title: What a listener calls it; None for its name.
        folders: Where practices are.
        words: The words of the face for the steps that the script names.

    Raises:
        RequestError: If it cannot be a practice's name, or would hide a practice that is there.
        OutputError: If there is a file of this name already.
        OSError: If it cannot be written there.
    """
    if not _NAME.fullmatch(name):
        remedy = "Use small letters and digits, and hyphens between words"
        raise RequestError(f"'{name}' cannot be a practice's name", remedy=remedy, field="practice")
    path = folders.scripts[0] / f"{name}.md"
    if os.path.lexists(path):
        message = "there is a file of this name already"
        raise OutputError(message, remedy="Choose another name", where=str(path))
    if name in Library(folders.scripts).practice_files():
        message = f"there is a practice '{name}' already, and this one would hide it"
        raise RequestError(message, remedy="Choose another name", field="practice")
    heading = (title or name.replace("-", " ").capitalize()).replace("\\", " ").replace('"', "'")
    begun = Template(_BEGUN.read_text(encoding="utf-8"))
    text = begun.substitute(title=heading, technique=technique, name=name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(path, overwrite=False) as unfinished:
        unfinished.write_text(replace_references(text, words), encoding="utf-8")
    return path
