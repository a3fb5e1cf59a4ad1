"""Inspecting: what a sound file is and holds, and how to make it again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.application.again import Again, read_again
from cft_audio.application.tags import AGAIN_TAG, PERSONAL_TAG, VIEW_TAG, options_in
from cft_audio.inspection.breathing import find_pace
from cft_audio.inspection.contents import Contents, read_contents
from cft_audio.inspection.hearing import Heard, listen
from cft_audio.pictures.view import SessionView, view_from_text
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.application.progress import Progress
    from cft_audio.inspection.breathing import Paced

_MACHINE_READ = {VIEW_TAG, AGAIN_TAG, "cft-audio options"}
_CUT_OFF_S = 1.0
"""Seconds that no encoder adds or takes."""

_PLAIN_TAGS = ("title", "artist", "album")


@dataclass(frozen=True)
class Inspection:
    """What was found of a sound file.

    Attributes:
        file: The file.
        contents: What it says of itself.
        heard: What is heard in it.
        view: Where somebody speaks, and each breath; None where it does not say.
        paced: The pace of its breaths, measured; None where none is found.
        again: What has to be chosen to make it again; None where it does not say.
    """

    file: Path
    contents: Contents
    heard: Heard
    view: SessionView | None = None
    paced: Paced | None = None
    again: Again | None = field(default=None, repr=False)

    @property
    def silent_share(self) -> float:
        """The share of it without a voice, or, where nobody knows of one, of what is silent."""
        return 1 - self.view.speech_share if self.view else self.heard.silent_share

    @property
    def missing_s(self) -> float:
        """Seconds that are missing at its end, by what it says of itself."""
        missing = self.view.length - self.heard.length_s if self.view else 0.0
        return missing if missing >= _CUT_OFF_S else 0.0

    @property
    def words_per_minute(self) -> float | None:
        """How many words are said a minute, silences counted; None where it holds no words."""
        words = sum(len(re.findall(r"\w[\w'’-]*", c.text)) for c in self.contents.captions)
        return words / (self.heard.length_s / 60) if words and self.heard.length_s else None

    @property
    def edits(self) -> str:
        """What tells the edits of its lines from others, ``Edits.digest``; empty for none."""
        return str(options_in(self.contents.tags).get("edits") or "")

    @property
    def speaks_of_someone(self) -> bool:
        """Whether something personal is spoken; where it does not say, it may be."""
        return self.contents.tags.get(PERSONAL_TAG) != "no"

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        contents, heard = self.contents, self.heard
        is_silent = heard.loudness_lufs == float("-inf")
        tags = {name: text for name, text in contents.tags.items() if name not in _MACHINE_READ}
        return {
            "file": str(self.file),
            "kind": contents.kind,
            "length_s": round(heard.length_s, 3),
            "missing_s": round(self.missing_s, 3),
            "chapters": [
                {"title": c.title, "start_s": round(seconds(c.start), 3)} for c in contents.chapters
            ],
            "loudness_lufs": None if is_silent else round(heard.loudness_lufs, 1),
            "true_peak_dbtp": None if is_silent else round(heard.true_peak_dbtp, 1),
            "silence_share": round(self.silent_share, 3),
            "words_per_minute": _rounded(self.words_per_minute),
            "breaths_per_minute": self.paced and round(self.paced.breaths_per_minute, 2),
            "breath_confidence": self.paced and round(self.paced.confidence, 2),
            "cover": contents.cover or None,
            "personal": self.speaks_of_someone,
            "edits": self.edits or None,
            "tags": tags,
            "practice": self.again.practice if self.again else None,
            "fields": dict(self.again.fields) if self.again else None,
        }


def inspect(file: Path, progress: Progress) -> Inspection:
    """Return what is found of a sound file; it is decoded once.

    Raises:
        SoundError: If there is no such file, or no sound in it.
    """
    contents = read_contents(file)
    heard = listen(
        file, lambda share: progress("listening", share), contents.length_s, mono=contents.mono
    )
    tags = contents.tags
    view = view_from_text(tags.get(VIEW_TAG, ""), "")
    breathed = [(breath.start, breath.stop) for breath in view.breaths] if view else None
    return Inspection(
        file,
        contents,
        heard,
        view,
        find_pace(heard.bands, breathed),
        read_again(tags.get(AGAIN_TAG, "")),
    )


def inspection_lines(found: Inspection) -> Iterator[str]:
    """Yield what was found as lines to read; how to make it again is for the face to say."""
    contents, heard = found.contents, found.heard
    yield f"{found.file}"
    yield f"  {contents.kind}, {clock(round(heard.length_s))} long"
    if found.missing_s:
        yield f"  cut off    {clock(round(found.missing_s))} is missing at its end"
    for name in _PLAIN_TAGS:
        if text := contents.tags.get(name):
            yield f"  {name:<10} {text}"
    if heard.loudness_lufs == float("-inf"):
        yield "  loudness   silent throughout"
    else:
        loud = f"{heard.loudness_lufs:.1f} LUFS, true peak {heard.true_peak_dbtp:.1f} dBTP"
        yield f"  loudness   {loud}"
    what = "no voice" if found.view else "silence"
    yield f"  quiet      {what} in {found.silent_share:.0%} of it"
    words = found.words_per_minute
    yield f"  words      {'none with times' if words is None else f'{words:.0f} a minute'}"
    yield f"  breaths    {_breaths(found)}"
    yield f"  cover      {contents.cover or 'none'}"
    personal = contents.tags.get(PERSONAL_TAG)
    said = {"yes": "something personal is spoken", "no": "nothing personal is spoken"}
    yield f"  personal   {said.get(personal or '', 'not known: taken as personal')}"
    if found.edits:
        yield f"  edits      {found.edits}: lines were left out, or rested after"
    if contents.chapters:
        yield "  chapters"
        for chapter in contents.chapters:
            yield f"    {clock(int(seconds(chapter.start))):>8}  {chapter.title}"


def _breaths(found: Inspection) -> str:
    if found.paced is None:
        return "not found"
    paced = found.paced
    return f"{paced.breaths_per_minute:.1f} a minute (confidence {paced.confidence:.2f})"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
