"""What is handed over to a client: their recordings by coded names, what lies beside, and a letter.

Names of files in it are numbers and plain words, since those in a locked ZIP can be read by all who
see it. Nothing in it tells when it was put together: the same recordings give the same hand-over.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.papers.letter import LetterEntry, letter_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.clients.found_recordings import FoundRecording
    from cft_audio.languages.letters import Letter

LETTER = "letter.html"
"""What the letter is called."""


@dataclass(frozen=True)
class HandOver:
    """What one client gets.

    Attributes:
        code: What the folder or the ZIP is called.
        contents: What is in it, by the names of the files, in order.
        recordings: How many recordings are in it.
        language: The language of its letter.
    """

    code: str
    contents: Mapping[str, Path | bytes] = field(repr=False)
    recordings: int
    language: str


def hand_over_of(code: str, found: Sequence[FoundRecording], name: str) -> HandOver:
    """Return what a client gets.

    Args:
        code: The client's code.
        found: Their recordings, at least one, in the order to practise in.
        name: What the letter calls them; empty to greet nobody by name.
    """
    tag = _language(found)
    letter = language_of(tag).letter
    digits = max(2, len(str(len(found))))
    contents: dict[str, Path | bytes] = {}
    entries = []
    for number, recording in enumerate(found, start=1):
        stem = f"{number:0{digits}} {letter.file} {_minutes(recording.length_s)}min"
        contents |= dict(_sounds(recording, stem))
        contents |= dict(_beside(recording, stem, letter))
        entries.append(_entry(recording, stem, name, letter))
    artists = {recording.artist for recording in found} - {""}
    made_by = artists.pop() if len(artists) == 1 else ""
    page = letter_page(entries, tag, name=name, made_by=made_by)
    contents[LETTER] = page.encode()
    return HandOver(code, contents, len(found), tag)


def _entry(recording: FoundRecording, stem: str, name: str, letter: Letter) -> LetterEntry:
    chosen, called = recording.chosen, _called(letter)
    suffix = "" if recording.folder else recording.files[0].suffix
    # Captions are for players, which find them by themselves.
    to_read = [called[beside.what] for beside in recording.beside if beside.what]
    return LetterEntry(
        recording.title(name) or stem,
        f"{stem}{suffix}",
        recording.length_s,
        recording.practice,
        "sleep" in chosen.get("for", ()),
        bool(chosen.get("self_led")),
        tuple(dict.fromkeys(to_read)),
    )


def _sounds(recording: FoundRecording, stem: str) -> Iterator[tuple[str, Path]]:
    if recording.folder is None:
        yield f"{stem}{recording.files[0].suffix}", recording.files[0]
        return
    digits = max(2, len(str(len(recording.files))))
    for number, file in enumerate(recording.files, start=1):
        yield f"{stem}/{number:0{digits}}{file.suffix}", file


def _beside(recording: FoundRecording, stem: str, letter: Letter) -> Iterator[tuple[str, Path]]:
    called = _called(letter)
    for beside in recording.beside:
        what = f" {called[beside.what]}" if beside.what else ""
        yield f"{stem}{what}{beside.path.suffix}", beside.path


def _called(letter: Letter) -> dict[str, str]:
    """Return the words for what lies beside a recording."""
    return {"words": letter.words, "handout": letter.handout, "worksheet": letter.worksheet}


def _language(found: Sequence[FoundRecording]) -> str:
    """Return the language of most of the recordings; the first of these where several are."""
    spoken = Counter(r.practice.language for r in found if r.practice)
    return spoken.most_common(1)[0][0] if spoken else ENGLISH.tag


def _minutes(length_s: float) -> int:
    return max(1, math.floor(length_s / 60 + 0.5))
