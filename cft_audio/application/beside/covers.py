"""The cover of a recording: drawn for its session, a person's own, or none."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.files.private import make_private
from cft_audio.files.whole_file import OWNER_ONLY, write_whole
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.pictures.cover import CoverDesign
    from cft_audio.script.practice import Practice

DRAWN, NONE = "drawn", "none"

COVER_VERSION = 1
"""Raised whenever the drawing changes, so that kept covers are drawn anew."""


@dataclass(frozen=True)
class Cover:
    """A cover.

    Attributes:
        jpeg: The picture; empty for none.
        notes: What was done to a person's own picture, as sentences.
    """

    jpeg: bytes = b""
    notes: tuple[str, ...] = ()


def check_cover(chosen: str) -> None:
    """Check that a cover can be used.

    Raises:
        RequestError: If it is a picture of one's own that cannot be.
    """
    if chosen not in (DRAWN, NONE):
        from cft_audio.pictures.own_cover import read_own_cover

        read_own_cover(Path(chosen))


def cover_of(request: SessionRequest, practice: Practice, folders: Folders) -> Cover:
    """Return the cover of the recording of ``request``.

    Raises:
        RequestError: If a picture of one's own cannot be used.
    """
    chosen = request.output.cover
    if chosen == NONE:
        return Cover()
    if chosen == DRAWN:
        return Cover(kept_cover(design_of(request, practice), folders))
    from cft_audio.pictures.own_cover import read_own_cover

    jpeg, done = read_own_cover(Path(chosen))
    return Cover(jpeg, (f"The cover is your picture: {', and '.join(done)}.",) if done else ())


def design_of(request: SessionRequest, practice: Practice, *, titled: bool = True) -> CoverDesign:
    """Return what the cover of a session shows: never anything of its listener.

    Args:
        request: The session.
        practice: Its practice.
        titled: Whether its title stands on it.
    """
    from cft_audio.pictures.cover import CoverDesign, can_show
    from cft_audio.pictures.palettes import COURSE, palette_of

    output = request.output
    title = without_name(output.course or output.title, request) or practice.title
    is_shown = titled and can_show(title)
    technique = COURSE if output.course else practice.technique
    palette, title = palette_of(technique), title if is_shown else ""
    if request.session.leaves_breath_alone:
        return CoverDesign(palette, title)
    pace = request.session.adapted_pace
    return CoverDesign(palette, title, pace.breaths_per_minute, pace.pattern)


def without_name(title: str, request: SessionRequest) -> str:
    """Return a title; nothing where the listener's name stands in it."""
    name = clean(request.session.answers.get("name", ""))
    return "" if name and name.casefold() in title.casefold() else title


def kept_cover(design: CoverDesign, folders: Folders) -> bytes:
    """Return a cover, drawn once and then kept beside the clips."""
    name = hashlib.sha256(f"{COVER_VERSION} {design}".encode()).hexdigest()
    file = folders.cache.with_name("covers") / f"{name}.jpg"
    with suppress(OSError):
        kept = file.read_bytes()
        if kept.endswith(b"\xff\xd9"):  # the end of a JPEG
            return kept
    from cft_audio.pictures.cover import draw_cover

    drawn = draw_cover(design)
    # Where it cannot be kept, it is drawn again next time.
    with suppress(OSError):
        make_private(file.parent)
        with write_whole(file, mode=OWNER_ONLY, durable=False) as part:
            part.write_bytes(drawn)
    return drawn
