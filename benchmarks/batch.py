"""What a roster costs over the least it could, and what its processes take, from one run.

    python benchmarks/batch.py                 100 rows, some twenty minutes on two cores
    python benchmarks/batch.py --rows 16       a quick look

Eight practices of 5 to 12 minutes in turn, each row for somebody else. All CPU is user and system
time of a process and everything it started. It fails where a goal is missed.

(a) CPU of the roster over the floor: speaking its distinct lines alone, and encoding all its
    samples alone (ffmpeg, libmp3lame level 7).
(b) CPU of each client beyond the first of a practice, less speaking what is theirs alone, over
    encoding alone.
(c) Peak memory of each process that renders, and how much more it has at its last row than at its
    third; and of the one that speaks.
(d) CPU of the same rows built one by one with a cold cache, over (a)'s: of each practice one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cft_audio.files.cores import usable_cores

PRACTICES = (
    ("soothing-rhythm-breathing", 5),
    ("compassionate-imagery-safe-place", 10),
    ("kind-body-scan", 12),
    ("loving-kindness", 8),
    ("compassionate-mind-training-daily", 6),
    ("fears-of-compassion", 9),
    ("compassionate-attention", 7),
    ("multiple-selves", 11),
)

NAMES = (
    *("Ada", "Bea", "Carlos", "Dina", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas"),
    *("Kira", "Liam", "Mona", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Sanjay", "Tara"),
)

MOST_TOTAL, MOST_FURTHER = 1.35, 1.8
MOST_MB, MOST_SPEAKING_MB, MOST_GROWTH_MB = 350.0, 550.0, 25.0

_POLL_S = 0.1


@dataclass
class Seen:
    """What a process took while it was watched.

    Attributes:
        threads: How many threads its libraries may take: more for the one that speaks.
        peak_mb: The most memory that it had.
        at_mb: The memory that it had each time somebody looked.
    """

    threads: int
    peak_mb: float = 0.0
    at_mb: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rows", type=int, default=100, help="at least two for each practice")
    rows = parser.parse_args().rows
    if rows < 2 * len(PRACTICES):
        parser.error(f"at least {2 * len(PRACTICES)} rows")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(not Bench(Path(folder), rows).is_within_goals())


class Bench:
    """One run's measurements in a folder of its own, with an empty home.

    Args:
        folder: The folder.
        count: The rows of the roster.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CFT_"))
        } | {"HOME": str(folder / "home"), "SOURCE_DATE_EPOCH": "1800000000"}
        (folder / "home").mkdir()
        rows = [
            (f"K{n:03}", name_of(n), *map(str, PRACTICES[n % len(PRACTICES)])) for n in range(count)
        ]
        self.rows = rows
        self.write("all.csv", rows)
        self.write("first.csv", rows[: len(PRACTICES)])

    def write(self, name: str, rows: list[tuple[str, ...]]) -> None:
        """Write a roster."""
        with (self.folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("code", "name", "practice", "minutes"), *rows])

    def is_within_goals(self) -> bool:
        """Measure and print everything, and return whether it is as it should be."""
        first_floor, further_floor = self.speaking()
        first, seen = self.batch("first.csv")
        start, _ = self.batch("first.csv")
        further, more = self.batch("all.csv")
        nothing, _ = self.batch("all.csv")
        seen |= more
        lengths = [60 * int(minutes) for *_, minutes in self.rows]
        a_second = self.encoding_a_second()
        encoding = [a_second * length for length in lengths]
        floor = first_floor + further_floor + sum(encoding)
        # The second run starts as well, and finds that the first rows are there.
        roster = first + further - start
        total = roster / floor
        ratio = (further - start - further_floor) / sum(encoding[len(PRACTICES) :])
        print(f"{self.count} rows, {sum(lengths) / 3600:.1f} h of recordings")
        print(f"  speaking their distinct lines  {first_floor + further_floor:7.1f} s CPU")
        print(f"  encoding alone                 {sum(encoding):7.1f} s CPU")
        print(f"  the roster                     {roster:7.1f} s CPU")
        print(f"  finding that nothing changed   {nothing:7.1f} s CPU")
        print(f"(a) the roster over the floor: {total:.2f} (at most {MOST_TOTAL})")
        print(f"(b) a further client over encoding: {ratio:.2f} (at most {MOST_FURTHER})")
        is_small = self.memory(seen)
        self.one_by_one(sum(lengths), roster, lengths[: len(PRACTICES)])
        return total <= MOST_TOTAL and ratio <= MOST_FURTHER and is_small

    def batch(self, roster: str) -> tuple[float, dict[int, Seen]]:
        """Make a roster, and return the CPU it took and what its processes took of memory."""
        command = [sys.executable, "-m", "cft_audio", "batch", roster, "-o", "out", "-q"]
        before, seen = used_by_children(), dict[int, Seen]()
        with subprocess.Popen(command, cwd=self.folder, env=self.environment) as running:
            while running.poll() is None:
                look_at_workers(running.pid, seen)
                time.sleep(_POLL_S)
        if running.returncode:
            sys.exit(f"{' '.join(command)} ended with {running.returncode}")
        return used_by_children() - before, seen

    def speaking(self) -> tuple[float, float]:
        """Return the CPU of speaking the lines of the first of each practice, and all others."""
        code = (
            "import json, sys; sys.path.insert(0, sys.argv[1]); import batch\n"
            "print(json.dumps(batch.speak_alone(sys.argv[2], int(sys.argv[3]))))"
        )
        home = self.folder / "speaking"
        home.mkdir()
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                str(Path(__file__).parent),
                "all.csv",
                str(len(PRACTICES)),
            ],
            cwd=self.folder,
            env=self.environment | {"HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        first, further = json.loads(done.stdout)
        return first, further

    def encoding_a_second(self) -> float:
        """Return the CPU that encoding alone takes for a second, of one recording a practice.

        As many are encoded at a time as are made: cores that share their units are slower then.
        """
        from imageio_ffmpeg import get_ffmpeg_exe

        quiet = (get_ffmpeg_exe(), "-v", "error", "-y")
        form = ("-f", "s16le", "-ar", "44100", "-ac", "2")
        encode = ("-c:a", "libmp3lame", "-b:a", "128k", "-compression_level", "7")
        samples = []
        for number, recording in enumerate(sorted((self.folder / "out").glob("*/*.mp3"))):
            if number < len(PRACTICES):
                samples.append(self.folder / f"{number}.pcm")
                subprocess.run([*quiet, "-i", str(recording), *form, str(samples[-1])], check=True)
        before, waiting = used_by_children(), list(samples)
        running: list[subprocess.Popen[bytes]] = []
        while waiting or running:
            while waiting and len(running) < usable_cores():
                pcm = waiting.pop()
                command = [*quiet, *form, "-i", str(pcm), *encode, str(pcm.with_suffix(".mp3"))]
                running.append(subprocess.Popen(command))
            running = [process for process in running if process.poll() is None]
            time.sleep(_POLL_S)
        took = used_by_children() - before
        return took / sum(pcm.stat().st_size / 4 / 44_100 for pcm in samples)

    def memory(self, seen: dict[int, Seen]) -> bool:
        """Print what each process took, and return whether that is as it should be."""
        fits = True
        most = max(process.threads for process in seen.values())
        for number, process in enumerate(seen.values(), start=1):
            speaks = process.threads == most > 1
            peak, limit = process.peak_mb, MOST_SPEAKING_MB if speaks else MOST_MB
            what = "speaks " if speaks else "renders"
            print(f"(c) process {number} {what}: {peak:4.0f} MB at most (goal {limit:.0f})", end="")
            fits = fits and peak <= limit
            if not speaks and len(process.at_mb) >= _LOOKS:
                third = len(process.at_mb) // 3
                early, late = max(process.at_mb[:third]), max(process.at_mb[-third:])
                print(f", {late - early:+.0f} from its first third to its last", end="")
                fits = fits and late - early <= MOST_GROWTH_MB
            print()
        return fits

    def one_by_one(self, length: int, roster: float, lengths: list[int]) -> None:
        """Print what the same costs by one command a row, each with a cold cache."""
        before = used_by_children()
        for number, (_, name, practice, minutes) in enumerate(self.rows[: len(PRACTICES)]):
            home = self.folder / f"home-{number}"
            home.mkdir()
            build = [sys.executable, "-m", "cft_audio", "build", practice, "--name", name]
            subprocess.run(
                [*build, "-m", minutes, "-o", f"alone-{number}.mp3", "-q"],
                cwd=self.folder,
                env=self.environment | {"HOME": str(home)},
                check=True,
            )
        each = (used_by_children() - before) * length / sum(lengths)
        print(f"(d) row by row, cold, over the roster: {each / roster:.1f}")


_LOOKS = 30
"""Looks at a process from which on it can be told whether it grows."""


def name_of(number: int) -> str:
    """Return the name of a client, of whom no two have the same."""
    more = number // len(NAMES)
    return NAMES[number % len(NAMES)] + (f" {NAMES[-more]}" if more else "")


def speak_alone(roster: str, head: int) -> tuple[float, float]:
    """Speak the distinct lines of a roster in this process, which has an empty cache.

    Returns:
        CPU seconds of the first rows, and of all others; a model is loaded before.
    """
    import pickle

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.orders import RosterReader
    from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS
    from cft_audio.application.batches.speech import lines_to_say
    from cft_audio.application.batches.work import LinesToSay, say_lines
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import default_folders
    from cft_audio.rosters.reading import read_roster

    folders = default_folders()
    read = RosterReader(Settings(), folders).read(read_roster(Path(roster), ROSTER_COLUMNS, None))
    tasks: list[LinesToSay] = [
        pickle.loads(task.given)  # noqa: S301 -- our own
        for task in lines_to_say(read.each, Estimates())
    ]
    took = [0.0, 0.0]
    for number, given in enumerate(tasks):
        began = time.process_time()
        say_lines(given)
        took[number >= head] += time.process_time() - began
    return took[0], took[1]


def used_by_children() -> float:
    """Return the CPU seconds of all processes that have ended and were begun by this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def look_at_workers(program: int, seen: dict[int, Seen]) -> None:
    """Note what each process that speaks or renders has of memory."""
    for worker, threads in workers_of(program):
        with suppress(OSError):
            status = Path(f"/proc/{worker}/status").read_text(encoding="utf-8")
            sizes = dict(n.split(":", 1) for n in status.splitlines() if n.startswith("Vm"))
            if "VmHWM" in sizes:
                process = seen.setdefault(worker, Seen(threads))
                process.peak_mb = max(process.peak_mb, megabytes(sizes["VmHWM"]))
                process.at_mb.append(megabytes(sizes["VmRSS"]))


def workers_of(program: int) -> list[tuple[int, int]]:
    """Return the workers of a program, and how many threads the libraries of each may take."""
    found = []
    for child in children_of(program):
        with suppress(OSError):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if any(b"running.worker import serve" in word for word in words):
                found.append((child, int(words[4])))
    return found


def children_of(process: int) -> list[int]:
    """Return the processes that a process, or a thread of it, has started and that run."""
    found = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in file.read_text(encoding="ascii").split()]
    return found


def megabytes(text: str) -> float:
    """Return a size of ``/proc`` in MB."""
    return int(text.split(maxsplit=1)[0]) * 1024 / 1e6


if __name__ == "__main__":
    main()
