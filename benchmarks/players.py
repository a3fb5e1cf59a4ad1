"""What players and other programs see of a recording in each format, as a page has it.

    python benchmarks/players.py docs/formats.md            write it there
    python benchmarks/players.py docs/formats.md --check    compare; fail where it is otherwise
    python benchmarks/players.py docs/formats.md --all      of ten more sessions, some minutes

It needs packages of its own: pip install -r benchmarks/player_readers/requirements.txt
and programs: mpv, vlc, mpg123, mediainfo, ffprobe and, for root, setpriv. On Debian these are in
mpv, vlc-bin, vlc-plugin-base, mpg123, mediainfo, ffmpeg and util-linux.

A program is said to see everything if it shows every chapter with its title and at its time (within
1 ms; 10 ms in an MP4, and in VLC, which only goes there), the cover, title, artist, album, date,
length (within 0.1 s) and words.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import cft_audio
from cft_audio.application.beside.captions import plan_captions

try:
    from player_readers.captions import KINDS, readings
    from player_readers.inputs import HOSTILE, record, requests
    from player_readers.libraries import read_by_taglib  # noqa: F401 -- asked for at the start
    from player_readers.programs import run
    from player_readers.table import tabulate_captions, tabulate_recordings
except ImportError as error:
    needed = "benchmarks/player_readers/requirements.txt"
    sys.exit(f"{error}.\nInstall what it needs: pip install -r {needed}")

PROGRAMS = {
    "mpv": ("mpv", "--no-config", "--version"),
    "mpg123": ("mpg123", "--version"),
    "MediaInfo": ("mediainfo", "--Version"),
    "ffprobe": ("ffprobe", "-version"),
}
"""What is asked for its version, and how; VLC says it only to others than root."""

OPENING, CLOSING = "<!-- what players see -->", "<!-- what players see: end -->"
"""Between them a page has what is written here."""

AGAIN = "python benchmarks/players.py"


def main() -> None:
    """Ask all programs, and write or compare what they see."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("page", type=Path, help="the page that has the tables")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--all", action="store_true", help="show them ten sessions more")
    options = parser.parse_args()
    check_programs()
    before, kept, after = cut(options.page)
    with tempfile.TemporaryDirectory() as folder:
        seen = look(Path(folder), every=options.all)
    print(seen)
    if not options.check:
        options.page.write_text(f"{before}{OPENING}\n{seen}{CLOSING}{after}", encoding="utf-8")
    elif tables(kept) != tables(seen):
        sys.exit(f"{options.page} has it otherwise. Write it anew: {AGAIN} {options.page}")


def check_programs() -> None:
    """Leave with a message where a program is not installed."""
    wanted = [command for command, *_ in PROGRAMS.values()] + ["vlc"]
    wanted += ["setpriv"] * (os.geteuid() == 0)
    if missing := [program for program in wanted if shutil.which(program) is None]:
        sys.exit(f"Not installed: {', '.join(missing)}")


def cut(page: Path) -> tuple[str, str, str]:
    """Return what a page has before, between and after the markers."""
    text = page.read_text(encoding="utf-8")
    found = re.fullmatch(f"(.*){re.escape(OPENING)}\n(.*){re.escape(CLOSING)}(.*)", text, re.DOTALL)
    if not found:
        sys.exit(f"{page} has no place for it, between {OPENING} and {CLOSING}")
    return found[1], found[2], found[3]


def look(folder: Path, *, every: bool) -> str:
    """Return both tables, and which versions of the programs were asked."""
    recordings = tabulate_recordings(record(requests(every=every), folder))
    hostile = cft_audio.request(HOSTILE, name="Zoë", with_text=list(KINDS))
    file = folder / "captions.wav"
    cft_audio.build(hostile, file)
    captions = tabulate_captions(readings(file, plan_captions(cft_audio.plan(hostile))))
    return f"{recordings}\n\nThe captions beside a recording:\n\n{captions}\n\n{versions()}\n"


def versions() -> str:
    """Return which versions were asked, as a sentence."""
    told = []
    for name, command in PROGRAMS.items():
        number = re.search(r"\d+(\.\d+)+", run(*command))
        told.append(f"{name} {number[0]}" if number else name)
    return f"Made by {', '.join(told)}, and VLC 3, as they are in Debian."


def tables(text: str) -> list[str]:
    """Return the lines of all tables in a text."""
    return [line for line in text.splitlines() if line.startswith("|")]


if __name__ == "__main__":
    main()
