"""Scripts of a person's own: copied, kept when changed, and looked at before they are kept."""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.excerpts import ExcerptChoice
from cft_audio.application.practices import (
    begin_script,
    check_scripts,
    place_for_script,
    title_of,
    write_new_script,
)
from cft_audio.errors import RequestError, ScriptError
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private, write_private
from cft_audio.library.practices import Library
from cft_audio.schema.files import LARGEST, read_text
from cft_audio.script.practice import TECHNIQUES
from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.excerpts import Excerpt
    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.references import Wording
    from cft_audio.timeline.events import Timeline

_TITLE = re.compile(r"\A(---\n(?:(?!---\n).*\n)*?)title:.*\n")
"""The front matter up to its title, and that."""


@dataclass(frozen=True)
class ScriptText:
    """The text of a script as it was read.

    Attributes:
        path: Its file.
        text: The text, its lines ended by a line feed.
        digest: What tells this text from any other that the file may have.
    """

    path: Path
    text: str
    digest: str

    def changed(self, text: str, digest: str) -> ScriptText:
        """Return it with a text that was made from the one of ``digest``, as a form gives it."""
        return ScriptText(self.path, text.replace("\r\n", "\n"), digest)


def script_text(name: str, folders: Folders) -> ScriptText:
    """Return the text of the practice called ``name``.

    Raises:
        RequestError: If there is none.
        ScriptError: If it cannot be read.
    """
    path = Library(folders.scripts).practice_files().get(name)
    if path is None:
        raise RequestError(f"there is no practice '{name}' any more", field="practice")
    text = read_text(path, ScriptError)
    return ScriptText(path, text.replace("\r\n", "\n"), hashlib.sha256(text.encode()).hexdigest())


def list_scripts(folders: Folders) -> list[dict[str, Any]]:
    """Return every practice as plain values, the person's own first, also what cannot be read."""
    library = Library(folders.scripts)
    rows = [_row(name, library) for name in library.practice_files()]
    return sorted(rows, key=lambda row: not row["own"])


def _row(name: str, library: Library) -> dict[str, Any]:
    row = {"name": name, "title": name, "summary": "", "own": library.is_own(name), "wrong": True}
    with suppress(ScriptError):
        practice, problems = library.open(name).read()
        row |= {"title": practice.title or name, "summary": practice.summary}
        row["wrong"] = bool(problems)
    return row


def begin_own_script(name: str, technique: str, folders: Folders, words: Wording) -> None:
    """Write the beginning of a practice among the person's own; see ``begin_script``.

    Raises:
        RequestError: As ``begin_script``; if there is no such technique; OutputError likewise.
        OSError: If it cannot be written there.
    """
    if technique not in TECHNIQUES:
        remedy = f"Choose one of {', '.join(TECHNIQUES)}"
        raise RequestError(f"'{technique}' is no technique", remedy=remedy, field="practice")
    own_first = replace(folders, scripts=(folders.own_scripts, *folders.scripts))
    begin_script(name, technique, None, own_first, words)


def copy_script(source: str, name: str, folders: Folders) -> Path:
    """Copy a practice among the person's own, and return its file.

    Args:
        source: The practice.
        name: What the copy is called; its title is made of that.
        folders: Where practices are.

    Raises:
        RequestError: If it cannot be a practice's name, or would hide a practice that is there.
        ScriptError: If the practice cannot be read.
        OutputError: If there is a file of this name already.
        OSError: If it cannot be written there.
    """
    path = place_for_script(name, folders.own_scripts, folders)
    copied = script_text(source, folders).text
    write_new_script(path, _TITLE.sub(rf'\g<1>title: "{title_of(name)}"' + "\n", copied, count=1))
    return path


def change_script(name: str, changed: ScriptText, folders: Folders) -> Path:
    """Keep a practice of the person's own with another text, and return the file that has it now.

    Where somebody else has changed the practice meanwhile, theirs stays, and this text goes to a
    file of its own beside it.

    Args:
        name: The practice.
        changed: Its text, and the digest of the one which that was made from.
        folders: Where practices are.

    Raises:
        RequestError: If there is no such practice, it is not their own, or the text is too long.
        OSError: If it cannot be written there.
    """
    text = changed.text
    if len(text.encode()) > LARGEST:
        message, remedy = f"it has more than {LARGEST // 1000} kB", "Make several practices of it"
        raise RequestError(message, remedy=remedy)
    make_private(folders.data)
    with hold_lock(folders.data, "scripts"):
        there = script_text(name, folders)
        if not Library(folders.scripts).is_own(name):
            message = f"'{name}' comes with the program"
            raise RequestError(message, remedy="Copy it, and change the copy", field="practice")
        if text == there.text:
            return there.path
        if changed.digest == there.digest:
            ends = "\r\n" if "\r\n" in read_text(there.path, ScriptError) else "\n"
            write_private(there.path, text.replace("\n", ends))
            return there.path
        beside = (there.path.with_stem(f"{name}-{number}") for number in count(2))
        spare = next(path for path in beside if not path.exists())
        write_new_script(spare, text)
        return spare


@contextmanager
def as_if_kept(script: ScriptText, folders: Folders, passing: Path) -> Iterator[Folders]:
    """Give folders in which a practice has a text that is not kept.

    Args:
        script: The text.
        folders: Where practices are.
        passing: A private folder, in which the text lies meanwhile.
    """
    with tempfile.TemporaryDirectory(dir=passing, ignore_cleanup_errors=True) as folder:
        Path(folder, script.path.name).write_text(script.text, encoding="utf-8", newline="\n")
        yield replace(folders, scripts=(Path(folder), *folders.scripts))


def check_text(name: str, folders: Folders, voice: str | None) -> list[Problem]:
    """Return everything wrong or doubtful in a text that is not kept; see ``check_scripts``.

    Args:
        name: The practice that it is to be the text of.
        folders: As ``as_if_kept`` gives them.
        voice: Who shall say it; None for the default voice.

    Returns:
        The problems: those of the text with their lines, and without a file; those of other files,
        such as a partial, with these and without a line.
    """
    own = str(folders.scripts[0] / f"{name}.md")
    problems = check_scripts([name], folders, voice)
    return [
        replace(one, file="") if one.file == own else replace(one, file=one.where, line=0)
        for one in problems
    ]


@dataclass(frozen=True)
class FromScriptLine(ExcerptChoice):
    """The part of a session that begins with what is said first from a line of its script on.

    A paragraph of the script is found again by its words: what a template puts in may be anything.

    Attributes:
        script: The text of the script.
        number: The line, from 1.
    """

    script: str = field(default="", repr=False)
    number: int = 1

    def locate(self, timeline: Timeline) -> Excerpt:
        """Return the part of ``timeline`` that is meant.

        Raises:
            RequestError: If nothing more is said.
        """
        said = [(e, _words(e.line.text)) for e in timeline.events if isinstance(e, SayEvent)]
        for parts in _paragraphs(self.script, self.number):
            meant = [(text != parts[0], e.start) for e, text in said if _begins_so(text, parts)]
            if meant:
                start_s = seconds(min(meant)[1])
                return ExcerptChoice(at_s=start_s, length_s=self.length_s).locate(timeline)
        message = "nothing of what is written from here on is said at this length"
        raise RequestError(message, remedy="Put the cursor further up")


_BETWEEN = re.compile(r"\s*(?:\{[%#].*[%#]\}|\[[^]]*\]|#.*)?\s*")
"""A line between two paragraphs: empty, a tag or a cue by itself, a heading."""

_PRONOUNCED = re.compile(r"\(([^()]*)\)\[[^]]*\]")
_PUT_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_CUE = re.compile(r"\[[^]]*\]")


def _paragraphs(script: str, number: int) -> Iterator[list[str]]:
    """Yield what is written from a line on, by what is said in one go: the words that are sure."""
    lines = script.split("\n")
    first = min(number, len(lines)) - 1
    while first > 0 and not _BETWEEN.fullmatch(lines[first - 1]):
        first -= 1
    paragraph: list[str] = []
    for line in [*lines[first:], ""]:
        if not _BETWEEN.fullmatch(line):
            paragraph.append(line.lstrip("> "))
            continue
        for piece in _CUE.split(_PRONOUNCED.sub(r"\1", " ".join(paragraph))):
            parts = [_words(part) for part in _PUT_IN.split(piece)]
            if any(parts):
                yield parts
        paragraph = []


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _begins_so(text: str, parts: Sequence[str]) -> bool:
    """Return whether ``text`` begins with these words, whatever stands between the parts."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return text.startswith(parts[0])
