"""Programs that show what is in a file: ffprobe, ffmpeg, mpv, MediaInfo and mpg123."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.signal.audio import SAMPLE_RATE
from player_readers.seen import Seen, look_at, seen_in_tags

_TIMEOUT_S = 60
_LUA = Path(__file__).with_name("mpv.lua")
_JPEG = "mjpeg"
"""What ffmpeg calls a picture of that kind."""

_JPEG_BEGINS = b"\xff\xd8"


def run(*command: str | Path) -> str:
    """Return what a program says, on either of its outputs.

    Raises:
        CalledProcessError: If it fails.
    """
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_TIMEOUT_S,
        check=True,
    ).stdout


def ffprobe(file: Path) -> Seen:
    """Return what the system's ffprobe sees."""
    shown = ("-show_chapters", "-show_format", "-show_streams")
    found = json.loads(run("ffprobe", "-v", "error", "-of", "json", *shown, file))
    tags: dict[str, str] = dict(found["format"].get("tags", {}))
    cover = None
    for stream in found["streams"]:
        if stream["codec_type"] == "video":
            cover = _picture(stream["codec_name"], stream["width"], stream["height"])
        elif stream["codec_type"] == "audio":
            tags = {**stream.get("tags", {}), **tags}
    chapters = tuple((c["tags"]["title"], float(c["start_time"])) for c in found["chapters"])
    return seen_in_tags(tags, float(found["format"]["duration"]), chapters, cover)


def ffmpeg(file: Path) -> Seen:
    """Return what the ffmpeg that comes with the program lists."""
    # Without anything to write it lists what it reads, and calls that a failure.
    command = [get_ffmpeg_exe(), "-hide_banner", "-i", str(file)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=_TIMEOUT_S
    )
    tags: dict[str, str] = {}
    chapters: list[tuple[str, float]] = []
    starts, name = [], ""
    for line in done.stderr.splitlines():
        if start := re.match(r" +Chapter #\S+ start ([\d.]+)", line):
            starts.append(float(start[1]))
        elif re.match(r" +Stream #", line):
            starts = []
        elif more := re.match(r" {12,}: (.*)", line):
            tags[name] += f"\n{more[1]}"
        elif told := re.match(r" {4,}(\S.*?) *: (.*)", line):
            if starts and told[1] == "title":
                chapters.append((told[2], starts[-1]))
                continue
            name = told[1]
            tags.setdefault(name, told[2])
    picture = re.search(r"Video: (\w+).*? (\d+)x(\d+)", done.stderr)
    length = re.search(r"Duration: (\d+):(\d+):([\d.]+)", done.stderr)
    length_s = float(length[3]) + 60 * int(length[2]) + 3600 * int(length[1]) if length else 0.0
    cover = _picture(picture[1], int(picture[2]), int(picture[3])) if picture else None
    return seen_in_tags(tags, length_s, tuple(chapters), cover)


def mpv(file: Path) -> Seen:
    """Return what mpv shows."""
    nothing = ("--no-config", "--vo=null", "--ao=null", "--really-quiet")
    said = run("mpv", *nothing, f"--script={_LUA}", file)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    art = [track for track in found["tracks"] if track.get("albumart")]
    cover = _picture(art[0]["codec"], *found["picture"]) if art else None
    chapters = tuple((chapter["title"], chapter["time"]) for chapter in found["chapters"])
    return seen_in_tags(found["tags"], found["length"], chapters, cover)


def mediainfo(file: Path) -> Seen:
    """Return what MediaInfo lists."""
    found = json.loads(run("mediainfo", "--Output=JSON", "--Cover_Data=base64", file))
    tracks = found["media"]["track"]
    general = tracks[0]
    told = (general.get(name, "") for name in ("Title", "Performer", "Album", "Recorded_Date"))
    words = general.get("Lyrics", "").replace(" / ", "\n")
    menus = [track["extra"] for track in tracks if track["@type"] == "Menu"]
    # An MP4 has two, for its two lists of chapters.
    listed = {_menu(menu) for menu in menus}
    chapters = listed.pop() if len(listed) == 1 else ()
    data = base64.b64decode(general.get("Cover_Data", ""))
    # Of an Opus file it shows the whole block that the picture is in.
    picture = data[data.find(_JPEG_BEGINS) :] if _JPEG_BEGINS in data else data
    return Seen(*told, words, float(general["Duration"]), chapters, look_at(picture))


def mpg123(file: Path) -> Seen:
    """Return what mpg123 prints and plays."""
    said = run("mpg123", "--long-tag", "--lyrics", "-t", "-n", "1", file)
    found = dict(re.findall(r"^\t(\w+): +(.*)$", said, re.MULTILINE))
    told = (found.get(name, "") for name in ("Title", "Artist", "Album", "Year"))
    words = re.search(r"Lyrics begin[^\n]*\n(.*?)Lyrics end", said, re.DOTALL)
    command = ["mpg123", "-q", "-s", "--stereo", "-r", str(SAMPLE_RATE), str(file)]
    played = subprocess.run(command, capture_output=True, check=True, timeout=_TIMEOUT_S).stdout
    return Seen(*told, words[1] if words else "", len(played) / 4 / SAMPLE_RATE)


def _picture(codec: str, width: int, height: int) -> tuple[str, int, int]:
    return ("JPEG" if codec == _JPEG else codec, width, height)


def _menu(extra: dict[str, str]) -> tuple[tuple[str, float], ...]:
    """Return the chapters of a menu, whose keys are times such as ``_00_01_26_314``."""
    chapters = []
    for key, title in extra.items():
        if at := re.fullmatch(r"_(\d+)_(\d+)_(\d+)_(\d+)", key):
            hours, minutes, full, ms = map(int, at.groups())
            chapters.append((title, 3600 * hours + 60 * minutes + full + ms / 1000))
    return tuple(chapters)
