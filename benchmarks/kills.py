"""What is left of a batch that is killed at any instant, again and again.

    python benchmarks/kills.py                          200 kills, some half an hour
    python benchmarks/kills.py --kills 20 --rows 12     a quick look, and what CI does

A roster of very short recordings is made in rounds. A round is killed at random instants: half of
the kills end the program and all that it started, half of them one of its workers only. Whatever is
killed is begun again until all is made; then the next round begins in an empty folder. After each
kill, every file that is there is one of a round that nobody disturbed, byte for byte, and the
manifest says so. In the end, every round is that round, nothing unfinished is left, and all of them
took at most 1.25 times what as many undisturbed ones take, and for each kill one row and one start.
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from batch import children_of, used_by_children, workers_of

from cft_audio.cli.batch import SOME_FAILED
from cft_audio.files.whole_file import PREFIX

SEED = 2026

SCRIPT = """---
title: Hello
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## Hello

Hello, {{ name }}. Stop at any time.
"""

MANIFEST = "manifest.jsonl"

MOST_OVER = 1.25

_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER (linux/prctl.h): what a killed program leaves is counted here."""


@dataclass
class Report:
    """What many kills came to.

    Attributes:
        kills: How many there were.
        rounds: How often all was made.
        took_s: CPU seconds of all of it.
        most_s: CPU seconds that it may take.
        faults: What was not as it should be.
    """

    kills: int
    rounds: int
    took_s: float
    most_s: float
    faults: list[str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = kill_often(Path(folder), options.kills, options.rows, options.seed)
    print(f"{report.kills} kills in {report.rounds} rounds of {options.rows} rows")
    print(f"CPU: {report.took_s:.1f} s (at most {report.most_s:.1f})")
    for fault in report.faults:
        print(fault)
    late = report.took_s > report.most_s
    sys.exit(f"{len(report.faults)} faults" if report.faults else int(late))


def kill_often(folder: Path, kills: int, rows: int, seed: int = SEED) -> Report:
    """Make a roster again and again, killed so often, and return what came of it.

    Args:
        folder: An empty folder to work in.
        kills: How many kills.
        rows: Rows of the roster.
        seed: Decides about their instants.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    desk = Desk(folder, rows)
    desk.make("spoken")  # once, so that no round has anything to say
    began, before = time.monotonic(), used()
    desk.make("undisturbed")
    span_s, whole_s = time.monotonic() - began, used() - before
    before = used()
    desk.make("undisturbed")
    start_s = used() - before
    wanted, chance, faults = desk.digests("undisturbed"), random.Random(seed), list[str]()  # noqa: S311
    before, done, rounds = used(), 0, 0
    while done < kills:
        done += desk.kill_until_made(kills - done, span_s, chance, wanted, faults)
        rounds += 1
    took_s = used() - before
    row_s = (whole_s - start_s) / rows
    most_s = MOST_OVER * rounds * whole_s + kills * (row_s + start_s)
    return Report(done, rounds, took_s, most_s, faults)


class Desk:
    """A roster in a folder, and a home that nobody else has."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._folder = folder
        (folder / "home").mkdir()
        (folder / "scripts").mkdir()
        (folder / "scripts" / "hello.md").write_text(SCRIPT, encoding="utf-8")
        with (folder / "r.csv").open("w", newline="", encoding="utf-8") as file:
            told = [(f"K{n:03}", f"Sam{'aeiou'[n % 5]}", "hello", n) for n in range(rows)]
            csv.writer(file).writerows([("code", "name", "practice", "seed"), *told])
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CFT_"))}
        self._environment = kept | {"HOME": str(folder / "home"), "SOURCE_DATE_EPOCH": "1800000000"}
        self._environment["TMPDIR"] = str(folder / "tmp")
        (folder / "tmp").mkdir()

    def start(self, output: str, *, start_new_session: bool = False) -> subprocess.Popen[bytes]:
        """Start making the roster; in a session of its own, as at a terminal of its own."""
        command = [sys.executable, "-m", "cft_audio", "batch", "r.csv", "-o", output, "-q"]
        return subprocess.Popen(
            [*command, "--workers", "2"],
            cwd=self._folder,
            env=self._environment,
            start_new_session=start_new_session,
        )

    def make(self, output: str) -> None:
        """Make the roster, undisturbed."""
        if status := self.start(output).wait():
            sys.exit(f"a batch that nobody disturbed ended with {status}")

    def digests(self, output: str) -> dict[str, str]:
        """Return the SHA-256 of each finished recording by its name."""
        files = (self._folder / output).glob("[!.]*/*")
        return {
            path.relative_to(self._folder / output).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in files
        }

    def kill_until_made(
        self,
        most: int,
        span_s: float,
        chance: random.Random,
        wanted: dict[str, str],
        faults: list[str],
    ) -> int:
        """Make the roster in an empty folder, killed at random instants, at most so often.

        Returns:
            How many kills there were.
        """
        shutil.rmtree(self._folder / "killed", ignore_errors=True)
        kills, status = 0, -signal.SIGKILL
        while status in (-signal.SIGKILL, SOME_FAILED):  # a row whose worker was killed twice
            running = self.start("killed")
            while kills < most and not ends_within(running, chance.uniform(0.0, span_s)):
                kill = kill_tree if kills % 2 == 0 else kill_worker
                if kill(running.pid, chance):
                    kills += 1
                    self._check(wanted, faults, f"kill {kills}")
            status = running.wait()
        reap()
        if status:
            faults.append(f"a batch ended with {status}")
        self._check(wanted, faults, "the end of a round")
        if self.digests("killed") != wanted:
            faults.append("a round is not what nobody disturbed")
        left = [*self._folder.rglob(f"{PREFIX}*"), *(self._folder / "tmp").iterdir()]
        if left:
            names = (str(path.relative_to(self._folder)) for path in left)
            faults.append(f"left unfinished: {', '.join(names)}")
        return kills

    def _check(self, wanted: dict[str, str], faults: list[str], when: str) -> None:
        """Note what is not as it should be, while something may still be at work."""
        for name, digest in self.digests("killed").items():
            if wanted.get(name) != digest:
                faults.append(f"{when}: {name} is not whole")
        manifest = self._folder / "killed" / MANIFEST
        told = manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else []
        for row in map(json.loads, told):
            if row["files"] != {name: wanted[name] for name in row["files"]}:
                faults.append(f"{when}: the manifest has row {row['row']} otherwise")
            if not all((self._folder / "killed" / name).exists() for name in row["files"]):
                faults.append(f"{when}: a file of row {row['row']} is gone")


def ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Return whether a process ends within so many seconds."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.poll() is not None


def tree_of(process: int) -> list[int]:
    """Return a process, and all that it and its children have started."""
    tree = [process]
    for number in tree:
        tree += children_of(number)
    return tree


def kill_tree(process: int, _: random.Random) -> bool:
    """End a process, and all that it and its children have started, at once."""
    for number in tree_of(process):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    return True


def kill_worker(process: int, chance: random.Random) -> bool:
    """End one of the workers that a process has started; return whether there was one."""
    workers = [number for number, _ in workers_of(process)]
    if workers:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
    return bool(workers)


def reap() -> None:
    """Wait for what killed programs have left, as the one who inherits it."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def used() -> float:
    """Return the CPU seconds of all that has ended, what killed programs left among it."""
    reap()
    return used_by_children()


if __name__ == "__main__":
    main()
