"""What there is to practise, as pages and rows, and a practice of one's own begun or checked."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from cft_audio.application.scripts_apart import try_script
from cft_audio.application.tellings import told_by
from cft_audio.errors import OutputError, RequestError
from cft_audio.files.names import is_device
from cft_audio.files.placing import move_to_free_name
from cft_audio.files.whole_file import write_whole
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library, read_each
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.references import replace_references
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.sample import sample_answers, sample_titles
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.references import Wording
    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice
    from cft_audio.script.telling import Telling
    from cft_audio.timeline.fit import Range

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LONGEST_NAME = 100
"""Characters of a practice's name: a file is called by it, and by more while it is written."""
_COMPARED = ("complexity", "resources", "outcomes", "ideal_uses", "advantages", "speed")
_BEGUN = Path(__file__).with_name("new-script.md")


@dataclass(frozen=True)
class ShownPractice:
    """One practice, as it is shown.

    Attributes:
        practice: The practice.
        file: Its file.
        chapters: The titles of its chapters at its natural length.
        lasts_s: About how many seconds it lasts where no length is asked for.
        lengths: The lengths in samples that can be asked for; none where it has one only.
        telling: What it is told differently for.
    """

    practice: Practice
    file: Path
    chapters: tuple[str, ...]
    lasts_s: float
    lengths: tuple[Range, ...]
    telling: Telling

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        practice = asdict(self.practice)
        keys = (
            "id",
            "title",
            "technique",
            "summary",
            "language",
            "natural_s",
            "shortest_s",
            "cores",
            "steps",
            "about",
        )
        slots = list(practice["slots"].values())
        spans = [(seconds(one.shortest), seconds(one.longest)) for one in self.lengths]
        more = {
            "slots": slots,
            "chapters": list(self.chapters),
            "file": str(self.file),
            "lasts_s": round(self.lasts_s),
            "lengths": [{"shortest_s": least, "longest_s": most} for least, most in spans],
            "told_by": {name: told_by(self.telling, name) for name in ADAPTATIONS},
        }
        return {key: practice[key] for key in keys} | more


def list_figures(folders: Folders) -> tuple[list[tuple[str, Figure]], list[Problem]]:
    """Return every figure that can be read with its id, and what is wrong with the others."""
    library = Library(folders.scripts)
    return read_each(library.figure_files(), lambda name: (name, find_figure(name, library)))


def practice_row(practice: Practice, library: Library) -> dict[str, Any]:
    """Return what tells ``practice`` from the others, as plain values; its length in seconds."""
    return {
        "id": practice.id,
        "technique": practice.technique,
        "title": practice.title,
        "summary": practice.summary,
        "slots": list(practice.slots),
        "length": practice.natural_s,
        "shortest": practice.shortest_s,
        **{key: getattr(practice.about, key) for key in _COMPARED},
        "therapist_advised": practice.about.therapist_advised,
        "own": library.is_own(practice.id),
    }


def show_practice(name: str, folders: Folders) -> ShownPractice:
    """Return the practice called ``name``, or of the one in that file.

    Raises:
        RequestError: If there is none.
        ScriptError: If it cannot be read or rendered.
    """
    library = Library(folders.scripts)
    file = library.open(name)
    return ShownPractice(file.practice(), file.path, *try_script(file, _try_out, library, name))


def _try_out(
    library: Library, name: str
) -> tuple[tuple[str, ...], float, tuple[Range, ...], Telling]:
    """Return the chapters of a practice, how long it lasts, its lengths, and how it is told."""
    file = library.open(name)
    practice, figures = file.practice(), partial(find_figure, library=file.library)
    writer = ScriptWriter(Session(file.name, sample_answers(practice, full=True)), file.library)
    titles = sample_titles(practice, file.library.templates, figures)
    outline = Outline(writer)
    return titles, outline.natural_s, outline.offered, writer.telling


def check_scripts(
    names: Sequence[str],
    folders: Folders,
    voice: str | None = None,
    avoid: tuple[str, ...] = (),
) -> list[Problem]:
    """Return everything wrong or doubtful in practice scripts, each once.

    Nothing is spoken: what can be said and made is known by estimates, and by what the voice's
    files say of it.

    Args:
        names: Each script's name, or its file.
        folders: Where practices, their partials, figures and voices are found.
        voice: Who shall say them; None for the default voice.
        avoid: Words and phrases that their listener must not hear.
    """
    from cft_audio.application.checking import check_script

    library = Library(folders.scripts)
    found = (check_script(name, library, folders, voice, avoid) for name in names)
    return list(dict.fromkeys(problem for problems in found for problem in problems))


def check_summary(files: int, errors: int, warnings: int) -> str:
    """Return in a sentence what came of checking so many scripts."""
    if not errors and not warnings:
        return f"{files} script{'s' if files > 1 else ''} checked: all well."
    counts = ((errors, "error"), (warnings, "warning"))
    return ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts) + "."


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
    path = place_for_script(name, folders.scripts[0], folders)
    heading = title_of(title or name)
    begun = Template(_BEGUN.read_text(encoding="utf-8"))
    text = begun.substitute(title=heading, technique=technique, name=name)
    write_new_script(path, replace_references(text, words))
    return path


def place_for_script(name: str, folder: Path, folders: Folders) -> Path:
    """Return the file of a new practice called ``name`` in ``folder``, which is not there yet.

    Raises:
        RequestError: If it cannot be a practice's name, or would hide a practice that is there.
        OutputError: If there is a file of this name already.
    """
    if not _NAME.fullmatch(name) or is_device(name) or len(name) > _LONGEST_NAME:
        remedy = (
            "Use small letters and digits, and hyphens between words, at most "
            f"{_LONGEST_NAME} characters"
        )
        raise RequestError(f"'{name}' cannot be a practice's name", remedy=remedy, field="practice")
    path = folder / f"{name}.md"
    if os.path.lexists(path):
        message = "there is a file of this name already"
        raise OutputError(message, remedy="Choose another name", where=str(path))
    if name in Library(folders.scripts).practice_files():
        message = f"there is a practice '{name}' already, and this one would hide it"
        raise RequestError(message, remedy="Choose another name", field="practice")
    return path


def title_of(text: str) -> str:
    """Return a title for a practice that was called so, fit to stand in its front matter."""
    called = text.replace("-", " ").capitalize() if _NAME.fullmatch(text) else text
    return called.replace("\\", " ").replace('"', "'")


def write_new_script(path: Path, text: str) -> None:
    """Write a script to its place, which nothing has.

    Raises:
        OSError: If it cannot be written there, or something has come to be there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(path, place=move_to_free_name) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
