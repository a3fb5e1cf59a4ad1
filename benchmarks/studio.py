"""What the studio costs: its first page, its memory and its end; the first sound, the picture.

    python benchmarks/studio.py

Each is the middle of several in an empty home, once everything is compiled; (b) also while every
core is kept busy by others. It fails where a goal is missed.

(a) From Enter to its link. (b) From Enter to its first page. (c) Memory while nobody asks anything.
(d) From Ctrl-C to its end, with three streams open. (e) From a click at a line of a session to its
first sound: in a fresh studio whose visitor looks at each page for two seconds; where all was
spoken before; and, for comparison, fresh and without looking. (f) From a change in a session's form
to the new picture, of a practice of ours and of one's own copy of it. (g) What the heaviest page
weighs with all that it loads, but for sounds.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from studio_visits import Studio, busy, end, keep_script, lines_of, open_studio, resident

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE_S, IDLE_MB, END_S = 1.5, 80.0, 1.0
COLD_S, WARM_S, LIVE_S, PAGE_KB = 4.0, 1.0, 0.3, 250.0
"""At most."""

IDLE_S = LOOKS_S = 2.0

PRACTICE = "soothing-rhythm-breathing"

CHANGES = (
    {"minutes": "8"},
    {"bed": "rain"},
    {"pace": "slow"},
    {"for": "self-criticism"},
    {"minutes": "12", "bed": "brown"},
)
"""What is changed of a session, one after the other."""

PAGES = ("/", "/practices", "/clients", "/clients/new", "/recordings", "/scripts", "/voices")


def main() -> None:
    """Measure, print, and fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--starts", type=int, default=5, help="how many")
    starts, cores = parser.parse_args().starts, os.cpu_count() or 1
    link, page, idle, ended = middle(start() for _ in range(starts + 1))
    with busy(cores):
        _, busy_page, *_ = middle(start(IDLE_S / 10) for _ in range(starts + 1))
    sounds = range(max(2, starts // 2 + 1))
    cold, warm = middle(first_sound(LOOKS_S) for _ in sounds)
    at_once, _ = middle(first_sound(0) for _ in sounds)
    with open_studio() as studio:
        live = following(studio, PRACTICE, starts)
        keep_script(studio, "own")
        shipped = Path(__file__).parents[1] / "scripts" / f"{PRACTICE}.md"
        keep_script(studio, "copied", shipped.read_text(encoding="utf-8"))
        own = following(studio, "copied", starts)
        weight, heaviest = max(weights(studio))
    print(f"(a) link printed after  {link:.2f} s")
    print(f"(e) first sound at once {at_once:.2f} s, for comparison")
    missed = [
        told("(b) first page after   ", page, PAGE_S, "s"),
        told(f"    {cores} cores busy       ", busy_page, PAGE_S, "s"),
        told("(c) idle               ", idle, IDLE_MB, "MB"),
        told("(d) ended after        ", ended, END_S, "s"),
        told("(e) first sound, fresh ", cold, COLD_S, "s"),
        told("    spoken before      ", warm, WARM_S, "s"),
        told("(f) new picture after  ", live, LIVE_S, "s"),
        told("    of one's own copy  ", own, LIVE_S, "s"),
        told(f"(g) weight of {heaviest:<9}", weight, PAGE_KB, "KB"),
    ]
    if any(missed):
        sys.exit("a goal is missed")


def told(what: str, measured: float, most: float, unit: str) -> bool:
    """Print a figure, and return whether its goal is missed."""
    print(f"{what} {measured:.3g} {unit}, at most {most:g}")
    return measured > most


def middle(measured: Iterable[tuple[float, ...]]) -> list[float]:
    """Return the middle of each figure, the first aside, which compiles and reads from the disk."""
    return [statistics.median(figure) for figure in zip(*list(measured)[1:], strict=True)]


def start(idle_s: float = IDLE_S) -> tuple[float, ...]:
    """Return seconds to the link and the first page, MB while idle, and seconds to the end."""
    with open_studio() as studio:
        assert studio.get("/").status == 200
        paged = time.monotonic() - studio.began
        streams = [HTTPConnection("127.0.0.1", studio.port) for _ in range(3)]
        for stream in streams:
            stream.request("GET", "/events", headers={"Cookie": studio.cookie})
        time.sleep(idle_s)
        idle = resident(studio.process.pid)
        return studio.linked_s, paged, idle, end(studio)


def first_sound(looks_s: float) -> tuple[float, ...]:
    """Return seconds to the first sound of a line, in a fresh studio, and where all is known."""
    with open_studio() as studio:
        studio.get("/")
        time.sleep(looks_s)
        path = studio.begin(PRACTICE)
        line = lines_of(studio.get(path).text)[4]
        time.sleep(looks_s)
        cold = studio.get(line)
        assert cold.body[:4] == b"RIFF", cold.text
        warm = []
        for bed in ("rain", "brown", "none"):
            studio.live(path, {"bed": bed})
            warm.append(studio.get(line).first_s)
        return cold.first_s, statistics.median(warm)


def following(studio: Studio, practice: str, rounds: int) -> float:
    """Return the middle of the seconds in which the picture follows a change."""
    path, took = studio.begin(practice), []
    studio.get(path)
    for fields in islice(cycle(CHANGES), rounds * len(CHANGES)):
        began = time.monotonic()
        answer = studio.live(path, fields)
        took.append(time.monotonic() - began)
        assert answer.status == 200, answer.text
    return statistics.median(took)


def weights(studio: Studio) -> Iterator[tuple[float, str]]:
    """Yield what each page weighs with all that it loads but sounds, in KB, and its address."""
    path = studio.begin(PRACTICE)
    line = lines_of(studio.get(path).text)[4].replace("/hear/", "/line/")
    made = studio.build(studio.begin("own", name="Ada"), {"name": "Ada"})
    scripts = (f"/scripts/{PRACTICE}", "/scripts/own/edit", "/voices/more", "/voices/own")
    for address in (*PAGES, path, line, made, *scripts):
        answer, files = studio.get(address), dict[str, bytes]()
        assert answer.status == 200, (address, answer.status)
        waiting = re.findall(r'(?:href|src)="(/static/[^"]+|/[^"]+/picture[^"]*)"', answer.text)
        while waiting:
            file = waiting.pop()
            if file not in files:
                files[file] = studio.get(file).body
                others = re.findall(rb'(?:from|import) "\./([^"]+)"', files[file])
                waiting += [str(Path(file).with_name(name.decode())) for name in others]
        total = len(answer.body) + sum(map(len, files.values()))
        yield total / 1000, "/" + address.split("/")[1]


if __name__ == "__main__":
    main()
