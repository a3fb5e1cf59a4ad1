"""What is left of a studio that is used for long, and whether it needs anything but itself.

    python benchmarks/studio_soak.py                           500 previews, 50 builds
    python benchmarks/studio_soak.py --previews 30 --builds 3  a quick look, as in CI

A very short practice of one's own is changed, heard and built through the pages, as a browser asks.
It fails where a goal is missed.

(a) Memory of the studio's own process, and of its hands, which plan and speak: in the last tenth
    over the first. (b) Files that are only listened to, at most as many as are kept to be heard
    again, and none once the studio has ended; files in the system's folder for passing ones.
    (c) Processes that are left. (d) In a network that has nothing but this machine itself, it
    opens, lets hear and builds (Linux, where a user may make one: ``unshare -rn``).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio_visits import Studio, end, keep_script, left_of, lines_of, open_studio

if TYPE_CHECKING:
    from collections.abc import Sequence

GROWTH_MB, MOST_FILES = 100.0, 40

_BEFORE = 12
"""Previews before anything is counted: every line in every form, until all is loaded."""

_BEDS = ("brown", "rain", "none")
_PACES = ("fours", "gentle", "steady", "slow")

_LOOPBACK = """import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 1))
"""
"""Brings up the loopback (SIOCSIFFLAGS, IFF_UP: linux/sockios.h)."""


def main() -> None:
    """Measure, print, and fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--previews", type=int, default=500, help="how often something is heard")
    parser.add_argument("--builds", type=int, default=50, help="how many recordings are made")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    faults = soak(given.previews, given.builds)
    if not given.alone:
        faults += without_network()
    if faults:
        sys.exit("\n".join(["a goal is missed:", *faults]))


def soak(previews: int, builds: int) -> list[str]:
    """Use a studio, print what that came to, and return what is not as it should be."""
    memory: list[dict[str, float]] = []
    with open_studio() as studio:
        keep_script(studio, "hello")
        path = studio.begin("hello", name="Ada")
        lines = lines_of(studio.get(path).text)
        for turn in range(_BEFORE):
            hear(studio, path, lines, turn)
        for turn in range(previews):
            if turn * builds // previews > (turn - 1) * builds // previews:
                build(studio, turn)
            hear(studio, path, lines, turn)
            memory.append(studio.megabytes)
        files, passing = len(studio.passing), [*(studio.home / "tmp").iterdir()]
        made = len([*(studio.home / "Music").rglob("*.mp3")])
        took = end(studio)
        after, left = len(studio.passing), left_of(studio.home)
    tenth = max(1, len(memory) // 10)
    faults = []
    for part in ("own", "hands"):
        first, last = (middle(some, part) for some in (memory[:tenth], memory[-tenth:]))
        print(f"(a) memory, {part:<5} {first:.0f} MB, then {last:.0f} MB")
        if last - first > GROWTH_MB:
            faults.append(f"(a) {part} took {last - first:.0f} MB more")
    print(
        f"(b) passing files  {files}, at most {MOST_FILES}; {after} after; {len(passing)} elsewhere"
    )
    print(f"(c) processes left {len(left)}; ended after {took:.2f} s; {made} recordings made")
    if files > MOST_FILES or after or passing:
        faults.append("(b) files are left")
    if left:
        faults.append("(c) processes are left")
    if made < min(builds, previews):
        faults.append(f"only {made} recordings were made")
    return faults


def build(studio: Studio, turn: int) -> None:
    """Build a recording of its own."""
    fields = {"name": f"Ada {turn}"}
    studio.build(studio.begin("hello", **fields), fields)


def hear(studio: Studio, path: str, lines: Sequence[str], turn: int) -> None:
    """Change a session, and hear something of it: the name, the sounds, or a line."""
    bed, pace = _BEDS[turn % len(_BEDS)], _PACES[turn % len(_PACES)]
    studio.live(path, {"name": f"Ada {turn % 25}", "bed": bed, "pace": pace})
    heard = (f"{path}/hear/name", f"{path}/hear/sound", lines[turn % len(lines)])[turn % 3]
    answer = studio.get(heard)
    assert answer.body[:4] == b"RIFF", answer.text


def middle(memory: Sequence[dict[str, float]], part: str) -> float:
    """Return the middle of what a part had in memory."""
    return statistics.median(each[part] for each in memory)


def without_network() -> list[str]:
    """Use a studio where there is no network but this machine's own; return what went wrong."""
    apart = ["unshare", "-rn", sys.executable, "-c"]
    if not shutil.which("unshare") or subprocess.run([*apart, _LOOPBACK], check=False).returncode:
        print("(d) no network      not tried: this system lets nobody make one of their own")
        return []
    command = f"""{_LOOPBACK}
import runpy, sys
sys.argv[1:] = ["--alone", "--previews", "6", "--builds", "1"]
sys.path.insert(0, {str(Path(__file__).parent)!r})
runpy.run_path({__file__!r}, run_name="__main__")
"""
    tried = subprocess.run([*apart, command], check=False, capture_output=True, text=True)
    print(f"(d) no network      {'all went well' if not tried.returncode else 'it did not go'}")
    return [f"(d) {tried.stderr.strip()}"] if tried.returncode else []


if __name__ == "__main__":
    main()
