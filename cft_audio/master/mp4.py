# mypy: allow-untyped-calls
"""What an M4A or an M4B says about itself: iTunes' atoms, and chapters in both ways.

Apple's programs read the chapters of QuickTime's text track, others those of Nero's list; ffmpeg
writes both, and mutagen neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm

from cft_audio.master.ffmpeg import rewrite
from cft_audio.master.formats import M4B
from cft_audio.master.tags import as_os_error, writable
from cft_audio.script.listening import MOST_CHAPTERS
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.master.formats import Format
    from cft_audio.master.tags import Tags

FREE_FORM = "----:com.apple.iTunes:"
"""How the names of fields begin that iTunes has no atom for."""

_LONGEST_TITLE = 255
"""Bytes of a chapter's title: Nero's list counts them in one byte."""

_AUDIOBOOK = 2
"""iTunes' kind of media, the atom ``stik``: a book."""


def tag_mp4(file: Path, tags: Tags, length: int, format_: Format, recording: Path) -> None:
    """Put ``tags`` into the MP4 ``file``.

    Args:
        file: An MP4 file.
        tags: What to write.
        length: Samples of the recording; where the last chapter ends.
        format_: Which kind of MP4 it is.
        recording: What the file will be called in the end, for errors.

    Raises:
        OSError: If the disk does not take them.
        OutputError: If ffmpeg cannot write the chapters.
    """
    chapters = "".join(_ffmetadata(tags, length))
    both = ("-f", "ffmetadata", "-i", "pipe:0", "-map", "0", "-map_chapters", "1")
    rewrite(
        file, [*both, "-map_metadata:g", "-1", "-c", "copy", *format_.muxer], chapters, recording
    )
    try:
        mp4 = MP4(file)
        if mp4.tags is None:
            mp4.add_tags()
        atoms: Any = mp4.tags
        atoms.clear()
        atoms.update(_atoms(tags))
        if format_ is M4B:
            atoms["stik"] = [_AUDIOBOOK]
        mp4.save(padding=lambda _: 0)
    except MutagenError as error:
        raise as_os_error(error) from error


def _atoms(tags: Tags) -> Iterator[tuple[str, list[object]]]:
    texts = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9gen": tags.genre,
        "\xa9day": tags.made_on.isoformat() if tags.made_on else "",
        "\xa9cmt": tags.comment,
        "\xa9lyr": tags.words,
    }
    for atom, text in texts.items():
        if text := writable(text):
            yield atom, [text]
    if tags.track:
        number, _, total = tags.track.partition("/")
        yield "trkn", [(int(number), int(total or 0))]
    if tags.cover:
        yield "covr", [MP4Cover(tags.cover, MP4Cover.FORMAT_JPEG)]
    named = {"LANGUAGE": tags.language, "SYNCEDLYRICS": tags.synchronised, **tags.build}
    for name, text in named.items():
        if text := writable(text):
            yield FREE_FORM + name, [MP4FreeForm(text.encode(), AtomDataType.UTF8)]


def _ffmetadata(tags: Tags, length: int) -> Iterator[str]:
    """Yield the chapters as ffmpeg reads them (ffmpeg-formats, "Metadata")."""
    yield ";FFMETADATA1\n"
    chapters = tags.chapters[:MOST_CHAPTERS]
    ends = [*(chapter.start for chapter in chapters[1:]), length]
    for chapter, end in zip(chapters, ends, strict=False):
        title = writable(chapter.title).encode()[:_LONGEST_TITLE].decode(errors="ignore")
        escaped = re.sub(r"([=;#\\\n])", r"\\\1", title)
        yield f"[CHAPTER]\nTIMEBASE=1/{SAMPLE_RATE}\nSTART={chapter.start}\nEND={end}\n"
        yield f"title={escaped}\n"
