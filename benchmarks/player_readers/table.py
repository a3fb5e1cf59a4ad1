"""What was seen, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.master.formats import FORMATS
from player_readers.captions import KINDS
from player_readers.programs import ffmpeg, ffprobe, mediainfo, mpg123, mpv
from player_readers.seen import find_differences
from player_readers.vlc import vlc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from player_readers.inputs import Input
    from player_readers.seen import Seen

EVERYTHING = "all"
UNOPENED = "–"

_EVERY = tuple(FORMATS)


def readers() -> Mapping[str, tuple[Callable[[Path], Seen], tuple[str, ...]]]:
    """Return how each program is asked, by its name, and the formats that it opens."""
    from player_readers.libraries import read_by_eyed3, read_by_taglib

    return {
        "mpv": (mpv, _EVERY),
        "VLC": (vlc, _EVERY),
        "mpg123": (mpg123, ("mp3",)),
        "ffmpeg, the program's own": (ffmpeg, _EVERY),
        "ffprobe, Debian's": (ffprobe, _EVERY),
        "MediaInfo": (mediainfo, _EVERY),
        "TagLib": (read_by_taglib, _EVERY),
        "eyeD3": (read_by_eyed3, ("mp3",)),
    }


def tabulate_recordings(inputs: Iterable[Input]) -> str:
    """Return a table of what each program does not see of the recordings in each format."""
    asked = readers()
    missing: dict[tuple[str, str], dict[str, None]] = {}
    for one in inputs:
        kind = one.file.suffix.removeprefix(".")
        for program, (read, opens) in asked.items():
            if kind in opens:
                differences = find_differences(read(one.file), one.there, one.chapter_s)
                # In order, and each once, whichever of the recordings it was.
                missing.setdefault((program, kind), {}).update(dict.fromkeys(differences))
    rows = [
        [program, *(_cell(missing.get((program, kind))) for kind in _EVERY)] for program in asked
    ]
    return _table(["", *(f".{kind}" for kind in _EVERY)], rows)


def tabulate_captions(found: Mapping[str, Mapping[str, str]]) -> str:
    """Return a table of what each program sees of each kind of captions."""
    rows = [[name, *(seen.get(kind, UNOPENED) for kind in KINDS)] for name, seen in found.items()]
    return _table(["", *(f".{kind}" for kind in KINDS)], rows)


def _cell(missing: Mapping[str, None] | None) -> str:
    if missing is None:
        return UNOPENED
    return ", ".join(missing) or EVERYTHING


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
