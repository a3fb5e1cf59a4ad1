"""The recordings among files that were made for somebody, and what lies beside each.

A recording says in its tags what it is. Whatever has none of this program's (a preview, a picture,
a sheet) is no recording.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.again import read_again
from cft_audio.application.request import Output
from cft_audio.application.tags import AGAIN_TAG, VIEW_TAG
from cft_audio.errors import CftAudioError
from cft_audio.files.decoding import probe
from cft_audio.library.practices import Library
from cft_audio.master.formats import SUFFIXES
from cft_audio.master.tagging import read_tags
from cft_audio.pictures.view import view_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cft_audio.files.folders import Folders
    from cft_audio.script.practice import Practice

_BESIDE = re.compile(r"(?:-(words|handout|worksheet)\.(?:html|pdf)|\.(?:lrc|vtt|srt|txt))")
"""What follows the name of a recording in that of a file beside it: see ``paths_beside``."""

_PRACTICE_TAG = "cft-audio practice"

_EXPERIENCE = ("new", "some", "steady")
_COMPLEXITY = ("low", "easy", "low to moderate", "moderate", "moderate to high", "high")
"""How hard practices are to learn, the easiest first."""


@dataclass(frozen=True)
class Beside:
    """A file beside a recording.

    Attributes:
        path: The file.
        what: ``words``, ``handout`` or ``worksheet``; empty for captions and the like.
    """

    path: Path
    what: str = ""


@dataclass(frozen=True)
class FoundRecording:
    """A recording that was made.

    Attributes:
        files: Its file, or those of its chapters, in order.
        folder: The folder of its chapters; None where it is one file.
        heading: What its tags call it; the listener's name may be in it.
        length_s: Seconds that it lasts.
        practice: Its practice; None where that is not there any more.
        chosen: What was chosen to make it, by field.
        artist: Who made it; empty where nobody said.
        named: Whether its tags may name the listener.
        beside: What lies beside it.
        made_on: The day of its tags; None for none.
    """

    files: tuple[Path, ...]
    folder: Path | None
    heading: str = field(repr=False)
    length_s: float
    practice: Practice | None
    chosen: Mapping[str, Any] = field(default_factory=dict, repr=False)
    artist: str = ""
    named: bool = True
    beside: tuple[Beside, ...] = ()
    made_on: date | None = None

    @property
    def name(self) -> str:
        """What its listener is called; empty where that is not known, or was kept out."""
        return str(self.chosen.get("name", "")) if self.named else ""

    def title(self, name: str) -> str:
        """Return what it is called, without ``name``, that of its listener."""
        own = str(self.chosen.get("title", ""))
        plain = self.heading.removesuffix(f", for {self.name}") if self.name else self.heading
        titles = [own, self.practice.title if self.practice else "", plain]
        names = [text.casefold() for text in (name, self.name) if text]
        kept = [t for t in titles if t and not any(n in t.casefold() for n in names)]
        return next(iter(kept), "")


def find_recordings(
    files: Iterable[Path], folders: Folders, practice: str | None = None
) -> list[FoundRecording]:
    """Return the recordings among ``files``, in their order, each with what lies beside it.

    Args:
        files: The files.
        folders: Where their practices are found.
        practice: Their practice, where that is known; it is looked for by its tag otherwise.
    """
    every = list(files)
    tags = {file: read_tags(file) for file in every if file.suffix in SUFFIXES}
    made = {file: told for file, told in tags.items() if AGAIN_TAG in told}
    chapters = defaultdict[Path, list[Path]](list)
    for file, told in made.items():
        if VIEW_TAG not in told:  # only the whole of a session has it
            chapters[file.parent].append(file)
    found = []
    for file, told in made.items():
        parts = chapters.get(file.parent, []) if VIEW_TAG not in told else []
        if parts and file is not parts[0]:
            continue
        whole = tuple(sorted(parts)) or (file,)
        stem = file.parent / file.parent.name if parts else file.with_suffix("")
        beside = tuple(_beside(stem, every))
        found.append(_found(whole, told, beside, practice, Library(folders.scripts)))
    return found


def files_beside(file: Path, folders: Folders) -> list[Path]:
    """Return the files beside a recording: its words, its handout, its worksheet."""
    near = [other for other in file.parent.glob("*") if other.name.startswith(file.stem)]
    found = find_recordings([file, *sorted(near)], folders) if file.is_file() else []
    return [other.path for one in found if file in one.files for other in one.beside]


def order_to_practise(found: Sequence[FoundRecording]) -> list[FoundRecording]:
    """Return recordings in an order to practise in.

    What is easy to learn comes before what asks for more, and of one practice the longest first:
    it teaches, and the short ones are for days when it is known. Those of one folder that are
    numbered, as a course's are, follow one another as they are, after all others. Where nothing
    else tells them apart, what was made earlier comes first.
    """
    courses = [r for r in found if _is_numbered(r)]
    singles = [r for r in found if not _is_numbered(r)]
    first = {r.practice.id: n for n, r in reversed([*enumerate(singles)]) if r.practice}

    def easiest(recording: FoundRecording) -> tuple[int, int, int, float]:
        if recording.practice is None:
            return len(_EXPERIENCE), 0, 0, 0.0
        about = recording.practice.about
        level, complexity = _EXPERIENCE.index(about.experience), _rank(about.complexity)
        return level, complexity, first[recording.practice.id], -recording.length_s

    folders = list(dict.fromkeys(r.files[0].parent for r in courses))
    by_folder = sorted(courses, key=lambda r: (folders.index(r.files[0].parent), r.files))
    return [*sorted(singles, key=easiest), *by_folder]


def _found(
    files: tuple[Path, ...],
    told: Mapping[str, str],
    beside: tuple[Beside, ...],
    practice: str | None,
    library: Library,
) -> FoundRecording:
    again = read_again(told[AGAIN_TAG])
    view = view_from_text(told.get(VIEW_TAG, ""), "")
    length_s = view.length if view else sum(probe(file).length_s or 0.0 for file in files)
    artist = told.get("artist", "")
    known = None
    with suppress(CftAudioError):  # it may be gone
        known = library.open(practice or told.get(_PRACTICE_TAG, "")).practice()
    return FoundRecording(
        files,
        None if view else files[0].parent,
        told.get("title" if view else "album", ""),
        length_s,
        known,
        again.fields if again else {},
        "" if artist == Output().artist else artist,
        not (again and again.withheld),
        beside,
        again.made_on if again else None,
    )


def _beside(stem: Path, files: Iterable[Path]) -> Iterator[Beside]:
    """Yield those of ``files`` that lie beside the recording at ``stem``, its ending left out."""
    for file in files:
        is_near = file.parent == stem.parent and file.name.startswith(stem.name)
        if is_near and (kind := _BESIDE.fullmatch(file.name[len(stem.name) :])):
            yield Beside(file, kind[1] or "")


def _is_numbered(recording: FoundRecording) -> bool:
    return recording.folder is None and bool(re.match(r"\d+ ", recording.files[0].name))


def _rank(complexity: str) -> int:
    return _COMPLEXITY.index(complexity) if complexity in _COMPLEXITY else len(_COMPLEXITY) // 2
