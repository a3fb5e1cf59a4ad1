"""The words of a session as a page, and as plain text: its chapters, its lines, its silences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.captions.files import as_lrc, as_srt, as_vtt
from cft_audio.papers.pages import fill_page
from cft_audio.pictures.palettes import hex_of, palette_of
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.captions.caption import Caption
    from cft_audio.languages.pack import Handout
    from cft_audio.timeline.events import Chapter

_SAID = samples(20.0)
"""Silences from here on are told of, so that whoever reads along knows that nothing is missing."""


@dataclass(frozen=True)
class Transcript:
    """The words of a session.

    Attributes:
        title: What the recording is called.
        artist: Who it is by.
        album: What it belongs to.
        technique: Its technique, whose colours a page has; empty if it is not known.
        language: An IETF language tag.
        length: Its samples.
        chapters: Its chapters.
        captions: Its captions.
    """

    title: str
    artist: str
    album: str
    technique: str
    language: str
    length: int
    chapters: Sequence[Chapter]
    captions: Sequence[Caption]


@dataclass(frozen=True)
class _Line:
    at: str
    text: str = ""
    quiet: str = ""
    is_figure: bool = False


def transcript_as(kind: str, transcript: Transcript, words: Handout) -> str:
    """Return the words of a session as ``lrc``, ``vtt``, ``srt``, ``txt`` or else as HTML."""
    captions = transcript.captions
    if kind == "lrc":
        named = transcript.title, transcript.artist, transcript.album
        return as_lrc(captions, *named, transcript.length)
    if kind == "srt":
        return as_srt(captions)
    if kind == "vtt":
        return as_vtt(captions, transcript.language)
    if kind == "txt":
        return _as_text(transcript, words)
    return _as_page(transcript, words)


def _as_page(transcript: Transcript, words: Handout) -> str:
    chapters = [
        {"title": chapter.title, "at": _at(chapter.start), "lines": lines}
        for chapter, lines in _chapters(transcript, words)
    ]
    return fill_page(
        "transcript",
        title=transcript.title,
        language=transcript.language,
        length=clock(seconds(transcript.length)),
        words=words,
        tint=hex_of(palette_of(transcript.technique).dusk),
        chapters=chapters,
    )


def _as_text(transcript: Transcript, words: Handout) -> str:
    parts = [transcript.title]
    for chapter, lines in _chapters(transcript, words):
        parts.append(f"{chapter.title}  ({_at(chapter.start)})")
        for line in lines:
            said = f"“{line.text}”" if line.is_figure else line.text
            parts.append(f"[{line.quiet}]" if line.quiet else said)
    return "\n\n".join(parts) + "\n"


def _chapters(transcript: Transcript, words: Handout) -> Iterator[tuple[Chapter, list[_Line]]]:
    """Yield each chapter with its lines: a paragraph each, or the silence after it."""
    captions = transcript.captions
    for number, chapter in enumerate(transcript.chapters):
        lines: list[_Line] = []
        for at, caption in enumerate(captions):
            if caption.chapter != number:
                continue
            if caption.begins_line or not lines or lines[-1].quiet:
                is_figure = caption.speaker == "figure"
                lines.append(_Line(_at(caption.start), caption.text, is_figure=is_figure))
            else:
                last = lines[-1]
                text = f"{last.text} {caption.text}"
                lines[-1] = _Line(last.at, text, is_figure=last.is_figure)
            following = captions[at + 1].start if at + 1 < len(captions) else transcript.length
            if following - caption.stop >= _SAID:
                quiet = words.quiet.format(clock(round(seconds(following - caption.stop))))
                lines.append(_Line("", quiet=quiet))
        yield chapter, lines


def _at(count: int) -> str:
    return clock(int(seconds(count)))
