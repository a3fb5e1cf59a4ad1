"""What lies beside the recordings of an album: its plan, a playlist and a cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cft_audio.application.beside.covers import DRAWN, kept_cover, without_name
from cft_audio.application.layout import wrapped
from cft_audio.application.programmes import advised_lines, album_page
from cft_audio.languages.registry import ENGLISH
from cft_audio.papers.pages import fill_page
from cft_audio.pictures.palettes import COURSE, hex_of, palette_of
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.library.practices import Library
    from cft_audio.library.programme import Programme, ProgrammeSession
    from cft_audio.pictures.cover import CoverDesign

PLAN, PLAN_PAGE, PLAYLIST, COVER = "plan.txt", "plan.html", "playlist.m3u8", "cover.jpg"

_PAGE = 78
"""Columns of the plan that is written as text."""


@dataclass(frozen=True)
class AlbumSubject:
    """What an album is of.

    Attributes:
        programme: The course.
        listener: Whom it is for; empty to say nothing of that.
        requests: What is wanted of each of its sessions, in order.
        names: What the recordings are called, in order.
        starts: The day it begins; None if that is left open.
    """

    programme: Programme
    listener: str
    requests: Sequence[SessionRequest]
    names: Sequence[str]
    starts: date | None = None

    @property
    def title(self) -> str:
        """What the album is called on its pages."""
        title = self.programme.title
        return f"{title}, for {self.listener}" if self.listener else title


def album_files(subject: AlbumSubject, library: Library, folders: Folders) -> Mapping[str, bytes]:
    """Return what lies beside the recordings, by the files' names."""
    lines = album_page(subject.programme, library, subject.listener, subject.names)
    plan = "".join(f"{wrapped(line, _PAGE)}\n" for line in lines)
    files = {PLAN: plan, PLAN_PAGE: _plan_page(subject, library), PLAYLIST: _playlist(subject)}
    written = {name: text.encode() for name, text in files.items()}
    if subject.requests[0].output.cover == DRAWN:
        written[COVER] = kept_cover(course_design(subject), folders)
    return written


def course_design(subject: AlbumSubject) -> CoverDesign:
    """Return the cover of a course: its title, and the breath of its first recording."""
    from cft_audio.pictures.cover import CoverDesign, can_show

    title = without_name(subject.programme.title, subject.requests[0])
    pace = subject.requests[0].session.adapted_pace
    shown = title if can_show(title) else ""
    return CoverDesign(palette_of(COURSE), shown, pace.breaths_per_minute, pace.pattern)


def _plan_page(subject: AlbumSubject, library: Library) -> str:
    """Return the plan as a page in HTML, with its days, and words of care."""
    programme = subject.programme
    steps = [
        {
            "title": session.title,
            "length": clock(session.length_s),
            "when": _when(session, subject.starts),
            "file": name,
            "plan": " ".join(session.plan.split()),
        }
        for session, name in zip(programme.sessions, subject.names, strict=True)
    ]
    return fill_page(
        "plan",
        title=subject.title,
        language=ENGLISH.tag,
        tint=hex_of(palette_of(COURSE).dusk),
        summary=programme.summary,
        steps=steps,
        words=ENGLISH.handout,
        safety=ENGLISH.safety,
        not_alone=advised_lines(programme, library),
    )


def _when(session: ProgrammeSession, starts: date | None) -> str:
    """Return on which day a recording is first meant for; empty where that is left open."""
    if not session.day:
        return ""
    if starts is None:
        return f"day {session.day}"
    day = starts + timedelta(days=session.day - 1)
    return f"from {day:%A} {day.day} {day:%B %Y}"


def _playlist(subject: AlbumSubject) -> str:
    """Return the recordings in their order, as M3U in UTF-8 (RFC 8216 names its lines)."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_on_one_line(subject.title)}"]
    for session, request, name in zip(
        subject.programme.sessions, subject.requests, subject.names, strict=True
    ):
        who, title = _on_one_line(request.output.artist), _on_one_line(session.title)
        lines += [f"#EXTINF:{round(session.length_s)},{who} - {title}", name]
    return "\n".join(lines) + "\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
