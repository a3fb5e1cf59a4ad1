# mypy: allow-untyped-calls
"""What a sound file says of itself, in any format: its kind, its chapters, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mutagen
from mutagen.id3 import ID3

from cft_audio.captions.caption import Caption
from cft_audio.errors import SoundError
from cft_audio.files.decoding import probe
from cft_audio.files.processes import run_program
from cft_audio.master.ffmpeg import find_ffmpeg
from cft_audio.master.tagging import read_tags
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_STREAM = re.compile(r"Stream #\S+ Audio: ([^,\n]+), (\d+) Hz, ([^,\n]+)(?:.*?(\d+) kb/s)?")
_CONTAINER = re.compile(r"Input #0, ([\w,]+), from")
_PICTURE = re.compile(r"Video: (\w+).*?, (\d+)x(\d+)")
_VIDEO = re.compile(r"Stream #.*Video:.*")
_CHAPTER = re.compile(r"\[CHAPTER\]\nTIMEBASE=1/(\d+)\nSTART=(\d+)\nEND=\d+\n(?:title=(.*)\n)?")
_LRC_LINE = re.compile(r"\[(\d+):(\d\d(?:\.\d+)?)\](.*)")

_MILLISECONDS = 2
"""ID3v2.3, 4.10: the format of times that are no frames."""


@dataclass(frozen=True)
class Contents:
    """What a sound file says of itself.

    Attributes:
        kind: Its container, codec, samples a second, channels and bit rate, in words.
        mono: Whether it has one channel.
        length_s: Its length in seconds, as the file says; 0 where it does not.
        chapters: Its chapters, in order.
        captions: Its words at their times, in order.
        words: Its words without times.
        tags: Its title, artist and album, and what it was built from, by name.
        cover: Its picture, in words; empty for none.
    """

    kind: str
    mono: bool
    length_s: float
    chapters: tuple[Chapter, ...] = ()
    captions: tuple[Caption, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)
    tags: Mapping[str, str] = field(default_factory=dict, repr=False)
    cover: str = ""


def read_contents(file: Path) -> Contents:
    """Return what a sound file says of itself.

    Raises:
        SoundError: If there is no such file, or no sound in it.
    """
    if not file.is_file():
        what = "it is a folder" if file.is_dir() else "there is no such file"
        raise SoundError(what, remedy="Name a sound file", where=str(file))
    if not file.stat().st_size:
        raise SoundError("it is empty", remedy="Make it again", where=str(file))
    probed = probe(file)
    if probed.problem:
        remedy = "Name a sound file, or make it again if it was one"
        raise SoundError(probed.problem, remedy=remedy, where=str(file))
    listing, metadata = _look(file)
    if any("(attached pic)" not in line for line in _VIDEO.findall(listing)):
        remedy = "Name a sound file, or save the sound of the video as one"
        raise SoundError("it is a video", remedy=remedy, where=str(file))
    chapters = tuple(_chapters(metadata))
    length_s = probed.length_s or 0.0
    texts = _texts(file)
    captions = tuple(_captions(texts, samples(length_s), chapters))
    picture = _PICTURE.search(listing)
    return Contents(
        kind=_kind(listing),
        mono=", mono" in _kind(listing),
        length_s=length_s,
        chapters=chapters,
        captions=captions,
        words=texts.words,
        tags=read_tags(file),
        cover=f"{picture[1]}, {picture[2]} by {picture[3]}" if picture else "",
    )


@dataclass(frozen=True)
class _Texts:
    """The words of a file: with times in seconds, and without."""

    timed: Sequence[tuple[str, float]] = ()
    words: str = ""


def _look(file: Path) -> tuple[str, str]:
    """Return what ffmpeg says of a file, and its metadata as ffmpeg writes it."""
    command = [find_ffmpeg(), "-hide_banner", "-nostdin", "-protocol_whitelist", "file,pipe"]
    # Without -copyts, ffmpeg moves an MP3's chapters by what its encoder put before the sound.
    given = ["-copyts", "-i", f"file:{file}"]
    looked = run_program([*command, *given, "-f", "ffmetadata", "pipe:1"])
    listing, metadata = looked.stderr, looked.stdout
    return listing.decode(errors="replace"), metadata.decode(errors="replace")


def _kind(listing: str) -> str:
    container, stream = _CONTAINER.search(listing), _STREAM.search(listing)
    if not (container and stream):
        return "unknown"
    codec, rate, channels, kbps = stream.groups()
    bitrate = [f"{kbps} kb/s"] if kbps else []
    codec = re.sub(r" \(.*", "", codec)
    return ", ".join([container[1].split(",")[0], codec, f"{rate} Hz", channels, *bitrate])


def _chapters(metadata: str) -> Iterator[Chapter]:
    for base, start, title in _CHAPTER.findall(metadata):
        plain = re.sub(r"\\(.)", r"\1", title)
        yield Chapter(plain, round(samples(int(start) / int(base))))


def _texts(file: Path) -> _Texts:
    """Return the words of a file."""
    try:
        sound = mutagen.File(file)
    except (mutagen.MutagenError, OSError, ValueError):
        return _Texts()
    if sound is None or sound.tags is None:
        return _Texts()
    if isinstance(sound.tags, ID3):
        frames = (f.text for f in sound.tags.getall("SYLT") if f.format == _MILLISECONDS)
        timed: list[tuple[str, int]] = next(frames, [])
        plain = next((frame.text for frame in sound.tags.getall("USLT")), "")
        return _Texts([(text, at / 1000) for text, at in timed], plain)
    found = {str(key).lower().rpartition(":")[2]: value for key, value in sound.tags.items()}
    plain, lrc = (_text(found.get(key)) for key in ("lyrics", "syncedlyrics"))
    return _Texts(list(_lrc(lrc)), plain or _text(found.get("\xa9lyr")))


def _text(values: object) -> str:
    value = next(iter(values), "") if isinstance(values, list) else ""
    return bytes(value).decode(errors="replace") if isinstance(value, bytes) else str(value)


def _lrc(text: str) -> Iterator[tuple[str, float]]:
    for minutes, seconds, words in _LRC_LINE.findall(text):
        yield words.strip(), int(minutes) * 60 + float(seconds)


def _captions(texts: _Texts, length: int, chapters: Sequence[Chapter]) -> Iterator[Caption]:
    """Yield the words at their times, each until the next, or until nothing is to be seen."""
    timed = [(text, samples(at)) for text, at in texts.timed]
    rest = re.sub(r"\s+", " ", texts.words)
    lines = {line.strip() for line in texts.words.split("\n")}
    ends = [at for _, at in timed[1:]]
    for (text, start), stop in zip(timed, [*ends, length], strict=False):
        if not text:
            continue
        begins = any(line.startswith(text) for line in lines)
        chapter = max(0, sum(c.start <= start for c in chapters) - 1)
        is_cue = bool(rest) and text not in rest
        yield Caption(text, start, stop, chapter=chapter, begins_line=begins, is_cue=is_cue)
