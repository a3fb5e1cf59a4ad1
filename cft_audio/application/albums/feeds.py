"""A podcast feed of an album: RSS with chapters, transcripts and a large cover.

What is fed is public, so nothing in which something personal is spoken may be in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from email.utils import format_datetime
from itertools import starmap
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from cft_audio.application.albums.files import course_design
from cft_audio.application.beside.captions import is_personal
from cft_audio.application.programmes import of_course
from cft_audio.application.scripts_apart import open_writer
from cft_audio.application.tags import PERSONAL_TAG
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination, new_file
from cft_audio.inspection.contents import read_contents
from cft_audio.library.practices import Library
from cft_audio.master.formats import known_format
from cft_audio.people.clients.made import note_made
from cft_audio.planning.outline import Outline
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from cft_audio.application.albums.album import Album
    from cft_audio.application.albums.files import AlbumSubject
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.inspection.contents import Contents
    from cft_audio.library.programme import Programme

ART = 3_000
"""Pixels of a podcast's cover (Apple Podcasts, "Artwork requirements": 1,400 to 3,000)."""

FEED, ART_FILE = "feed.xml", "cover-3000.jpg"

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_REMEDY = "Record them for anybody, with ‹name:friend›, and without anything of your own"


@dataclass(frozen=True)
class Episode:
    """A recording in a feed.

    Attributes:
        file: The recording.
        title: What it is called.
        plan: What to do with it.
    """

    file: Path
    title: str
    plan: str


def parse_address(url: str) -> str:
    """Return the address of a folder on the web, with a slash at its end.

    Raises:
        RequestError: If it is none.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        message = f"'{url}' is not the address of a folder on the web"
        remedy = "Give one such as https://example.org/podcast/"
        raise RequestError(message, remedy=remedy, field="feed")
    # What is written with % already stays as it is.
    path = quote(parts.path, safe="/%~:@!$&'()*+,;=").rstrip("/") + "/"
    return parts._replace(path=path).geturl()


def public_requests(
    programme: Programme, requests: Sequence[SessionRequest], folders: Folders
) -> list[SessionRequest]:
    """Return requests with what a feed needs, if by their scripts they speak of nobody.

    Nothing is spoken for it.

    Args:
        programme: The course.
        requests: What is wanted of each of its sessions, in order.
        folders: Where practices are found.

    Raises:
        RequestError: If one speaks of somebody.
    """
    steps = zip(programme.sessions, requests, strict=True)
    for number, request in enumerate(starmap(of_course, steps), start=1):
        with open_writer(request.session, Library(folders.scripts)) as writer:
            lines = Outline(writer).estimate().script.lines
        if is_personal(lines, request, writer.practice):
            message = f"in recording {number} something personal is spoken, and a feed is public"
            raise RequestError(message, remedy=_REMEDY, field="feed")
    return [
        replace(
            request,
            output=replace(request.output, name_in_tags=False),
            beside=replace(
                request.beside, texts=tuple(dict.fromkeys((*request.beside.texts, "vtt")))
            ),
        )
        for request in requests
    ]


def write_feed(album: Album, url: str, made_on: date | None, folders: Folders) -> list[Path]:
    """Write the feed of an album that was built, and what it refers to; the feed comes last.

    Args:
        album: The album.
        url: Where its folder the folder will be found on the web, with a slash at its end.
        made_on: The day that it is published; None for none.
        folders: Where it is noted what was made for a client.

    Raises:
        RequestError: If something personal is spoken in a recording, or it does not say.
        OutputError: If a file cannot be written.
    """
    subject, folder = album.subject, album.folder
    episodes = [
        Episode(folder / name, session.title, " ".join(session.plan.split()))
        for session, name in zip(subject.programme.sessions, subject.names, strict=True)
    ]
    contents = {episode.file: read_contents(episode.file) for episode in episodes}
    for episode in episodes:
        if contents[episode.file].tags.get(PERSONAL_TAG) != "no":
            message = "something personal is spoken in it, or may be, and a feed is public"
            raise RequestError(message, remedy=_REMEDY, field="feed", where=str(episode.file))
    from cft_audio.pictures.cover import draw_cover

    papers = {
        _chapters_file(episode.file): _chapters(contents[episode.file]) for episode in episodes
    }
    papers[folder / ART_FILE] = draw_cover(course_design(subject), ART)
    papers[folder / FEED] = _rss(subject, episodes, contents, url, made_on)
    for path, content in papers.items():
        with new_file(Destination(path, overwrite=True)) as part:
            part.write_bytes(content)
    note_made(papers, folders)
    return list(papers)


def _rss(
    subject: AlbumSubject,
    episodes: list[Episode],
    contents: dict[Path, Contents],
    url: str,
    made_on: date | None,
) -> bytes:
    for prefix, name in (("itunes", _ITUNES), ("podcast", _PODCAST), ("atom", _ATOM)):
        ET.register_namespace(prefix, name)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    programme, output = subject.programme, subject.requests[0].output
    told = {
        "title": programme.title,
        "link": url,
        "description": programme.summary or programme.title,
        "language": "en",
        f"{{{_ITUNES}}}author": output.artist,
        f"{{{_ITUNES}}}explicit": "false",
        f"{{{_ITUNES}}}type": "serial",
        f"{{{_PODCAST}}}medium": "podcast",
    }
    for name, words in told.items():
        ET.SubElement(channel, name).text = words
    ET.SubElement(
        channel, f"{{{_ATOM}}}link", href=url + FEED, rel="self", type="application/rss+xml"
    )
    ET.SubElement(channel, f"{{{_ITUNES}}}image", href=url + ART_FILE)
    health = ET.SubElement(channel, f"{{{_ITUNES}}}category", text="Health & Fitness")
    ET.SubElement(health, f"{{{_ITUNES}}}category", text="Mental Health")
    for number, episode in enumerate(episodes, start=1):
        _add_item(channel, episode, contents[episode.file], url, number, made_on)
    ET.indent(rss)
    text: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_item(  # noqa: PLR0913, PLR0917 -- one episode, and where it stands
    channel: ET.Element,
    episode: Episode,
    contents: Contents,
    url: str,
    number: int,
    made_on: date | None,
) -> None:
    item, file = ET.SubElement(channel, "item"), episode.file
    address = url + quote(file.name)
    ET.SubElement(item, "title").text = episode.title
    ET.SubElement(item, "description").text = episode.plan or episode.title
    ET.SubElement(item, "guid", isPermaLink="true").text = address
    if made_on:
        # A second apart, so that a program that sorts by date keeps their order.
        moment = datetime.combine(made_on, time(12, 0, number % 60), UTC)
        ET.SubElement(item, "pubDate").text = format_datetime(moment)
    size, kind = str(file.stat().st_size), known_format(file.suffix).media_type
    ET.SubElement(item, "enclosure", url=address, length=size, type=kind)
    length = str(round(contents.length_s))
    ET.SubElement(item, f"{{{_ITUNES}}}duration").text = length
    ET.SubElement(item, f"{{{_ITUNES}}}episode").text = str(number)
    chapters = url + quote(_chapters_file(file).name)
    kinds = {"chapters": (chapters, "application/json+chapters")}
    words = file.with_suffix(".vtt")
    if words.is_file():
        kinds["transcript"] = (url + quote(words.name), "text/vtt")
    for name, (where, what) in kinds.items():
        ET.SubElement(item, f"{{{_PODCAST}}}{name}", url=where, type=what)


def _chapters_file(file: Path) -> Path:
    return file.with_name(f"{file.stem}-chapters.json")


def _chapters(contents: Contents) -> bytes:
    """Return chapters as podcasts read them (podcast-namespace, JSON chapters 1.2)."""
    listed = [
        {"startTime": round(seconds(chapter.start), 3), "title": chapter.title}
        for chapter in contents.chapters
    ]
    told = {"version": "1.2.0", "chapters": listed}
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
