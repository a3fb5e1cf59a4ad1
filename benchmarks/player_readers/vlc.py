"""What VLC shows, asked for inside it, by an interface of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

from player_readers.seen import Seen, look_at, seen_in_tags

INTERFACE = Path(__file__).with_name("vlc.lua")
_TIMEOUT_S = 60
_NOBODY = 65_534
"""The user and the group without rights, in Debian: VLC refuses to run as root."""

EARLY_S = 0.01
"""VLC goes to a chapter so much before its time, in whatever format; where it then is counts as
that much later."""


def vlc(file: Path) -> Seen:
    """Return what VLC shows of a recording."""
    tags: dict[str, str] = {}
    titles: list[str] = []
    starts: list[float] = []
    length_s = 0.0
    # A home for each: pictures of one album are kept there, and shown with its other recordings.
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for what, _, text in (line.partition("\t") for line in _said(file, home).splitlines()):
            if what == "tag":
                name, _, value = text.partition("\t")
                tags[name] = value.replace("\\n", "\n")
            elif what == "chapter":
                titles.append(text)
            elif what == "start":
                starts.append(int(text) / 1e6)
            elif what == "length":
                length_s = float(text)
        art = Path(unquote(urlparse(tags.get("artwork_url", "")).path))
        cover = look_at(art.read_bytes()) if art.is_file() else None
    chapters = tuple(zip(titles, map(_corrected, starts), strict=True))
    return seen_in_tags(tags, length_s, chapters, cover)


def _corrected(start_s: float) -> float:
    return start_s + EARLY_S if start_s > 0 else start_s


def _said(file: Path, home: Path) -> str:
    """Return what the interface prints, run by a user without rights where we are root."""
    interfaces = home / ".local/share/vlc/lua/intf"
    interfaces.mkdir(parents=True)
    shutil.copy(INTERFACE, interfaces / "seen.lua")
    shown = file
    as_nobody: tuple[str, ...] = ()
    if os.geteuid() == 0:
        as_nobody = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        shown = home / file.name
        shutil.copy(file, shown)
        for path in (home, *home.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
    nothing = ("--aout=dummy", "--vout=dummy", "--no-dbus", "--no-video")
    return subprocess.run(
        [*as_nobody, "vlc", "-I", "luaintf", "--lua-intf", "seen", *nothing, str(shown)],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        timeout=_TIMEOUT_S,
        check=True,
    ).stdout
