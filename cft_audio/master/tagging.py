# mypy: allow-untyped-calls
"""Tags into and out of a recording, in the way of its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mutagen
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from cft_audio.files.faults import output_errors
from cft_audio.master.id3 import tag_mp3, tag_wav
from cft_audio.master.mp4 import FREE_FORM, tag_mp4
from cft_audio.master.vorbis import tag_flac, tag_opus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.master.formats import Format
    from cft_audio.master.tags import Tags

_PLAIN = {"id3": tag_mp3, "wave": tag_wav, "vorbis": tag_opus, "flac": tag_flac}

_ID3 = {"title": "TIT2", "artist": "TPE1", "album": "TALB"}
_MP4 = {"title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb"}


def write_tags(file: Path, format_: Format, tags: Tags, length: int, recording: Path) -> None:
    """Put ``tags`` into ``file``, which has none yet; the same tags give the same bytes.

    Args:
        file: A sound file, whatever it is called.
        format_: What it is.
        tags: What to write.
        length: Samples of the session; where the last chapter ends.
        recording: What the file will be called in the end, for errors.

    Raises:
        OutputError: If the disk does not take them.
    """
    with output_errors(recording):
        if format_.tagged == "mp4":
            tag_mp4(file, tags, length, format_, recording)
        else:
            _PLAIN[format_.tagged](file, tags, length)


def read_tags(file: Path) -> dict[str, str]:
    """Return title, artist and album of a recording, and what it was built from by name.

    It is empty where the file has no tag that can be read.
    """
    try:
        sound = mutagen.File(file, options=[MP3, WAVE, FLAC, OggOpus, MP4])
    except (mutagen.MutagenError, OSError, ValueError):
        return {}
    if sound is None or sound.tags is None:
        return {}
    if isinstance(sound, MP3 | WAVE):
        return dict(_of_id3(sound.tags))
    if isinstance(sound, MP4):
        return dict(_of_mp4(sound.tags))
    return {name: texts[0] for name, texts in sound.tags.as_dict().items()}


def _of_id3(tag: mutagen.id3.ID3) -> Iterator[tuple[str, str]]:
    for name, key in _ID3.items():
        if key in tag:
            yield name, str(tag[key])
    for frame in tag.getall("TXXX"):
        yield frame.desc, str(frame)


def _of_mp4(tags: mutagen.mp4.MP4Tags) -> Iterator[tuple[str, str]]:
    for name, key in _MP4.items():
        if key in tags:
            yield name, tags[key][0]
    for key, values in tags.items():
        if key.startswith(FREE_FORM):
            yield key.removeprefix(FREE_FORM), bytes(values[0]).decode(errors="replace")
