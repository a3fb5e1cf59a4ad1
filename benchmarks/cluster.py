"""What a cluster costs beside the work itself, and what is done twice when a worker is lost.

    python benchmarks/cluster.py                                2,000 tasks and 40 rows, minutes
    python benchmarks/cluster.py --tasks 100 --megabytes 10     tasks that carry as much each
    python benchmarks/cluster.py --tasks 0 --rows 40            real rows alone

A scheduler and two workers of one thread each run on this machine. Each task waits for 10 ms; each
row is a recording of two minutes. After a third of them one worker is killed, and another joins. It
fails if one is not made, if more were begun than there are plus those in flight, or if the
scheduler or this client grew by more than 30 MB over the tasks, beside what is in flight.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "tests" / room) for room in ("running", "cluster")]

import stub_work  # noqa: E402
from dask_cluster import DaskCluster  # noqa: E402

from cft_audio.application.batches import work as batch_work  # noqa: E402
from cft_audio.cli.program import run  # noqa: E402
from cft_audio.running.cluster import open_cluster  # noqa: E402
from cft_audio.running.tasks import Task  # noqa: E402

IN_FLIGHT = 2 * 4
"""Tasks that two workers with one thread have at one time."""

MOST_GROWTH_MB = 30.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tasks", type=int, default=2000)
    parser.add_argument("--megabytes", type=float, default=0.0, help="that travel with each task")
    parser.add_argument("--rows", type=int, default=40, help="real ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        good = not options.tasks or measure(Path(folder), options.tasks, options.megabytes)
    with tempfile.TemporaryDirectory() as folder:
        good &= not options.rows or measure_rows(Path(folder), options.rows)
    sys.exit(not good)


def measure_rows(folder: Path, many: int) -> bool:
    """Make real rows, print the figures, and return whether all are as they should be."""
    notes, begun_at = folder / "notes", time.monotonic()
    os.environ["STUB_NOTES"] = str(notes)
    roster, recordings = folder / "roster.csv", folder / "recordings"
    rows = (f"K{n},Sam,soothing-rhythm-breathing-acute,2,{n}" for n in range(many))
    roster.write_text("\n".join(["code,name,practice,minutes,seed", *rows]), encoding="utf-8")
    with DaskCluster(folder) as machines:
        lost, _ = machines.start_worker(), machines.start_worker()

        def lose_one() -> None:
            while len(stub_work.noted(notes)) < many // 3:
                time.sleep(0.1)
            lost.kill()
            machines.start_worker()

        threading.Thread(target=lose_one, daemon=True).start()
        batch_work.make_recording = stub_work.make_noted
        place = ["-o", str(recordings), "--cluster", machines.address]
        status = run(["batch", str(roster), *place])
    made, begun = len(list(recordings.rglob("*.mp3"))), len(stub_work.noted(notes))
    print(f"rows made        {made:6}  of {many}, in {time.monotonic() - begun_at:.0f} s")
    print(f"rows begun       {begun:6}  (at most {many + IN_FLIGHT})")
    return status == 0 and made == many and begun <= many + IN_FLIGHT


def measure(folder: Path, many: int, megabytes: float) -> bool:
    """Run the tasks, print the figures, and return whether all are as they should be."""
    notes, made = folder / "notes", set()
    carried = bytes(int(megabytes * 1e6))
    with DaskCluster(folder) as machines:
        lost, _ = machines.start_worker(), machines.start_worker()
        with open_cluster(stub_work.carry, machines.address) as cluster:
            tasks = (
                Task(f"{n:064x}", pickle.dumps((notes, 0.01, n, carried))) for n in range(many)
            )
            before, began = (0.0, 0.0), time.monotonic()
            peaks = [0.0, 0.0]
            for done, outcome in enumerate(cluster.run(tasks), start=1):
                made.add(outcome.answer)
                memory = (memory_mb(machines.scheduler.pid), memory_mb("self"))
                if done == min(50, many // 10):
                    before = memory
                if done == many // 3:
                    lost.kill()
                    machines.start_worker()
                peaks = [max(pair) for pair in zip(peaks, memory, strict=True)]
            took = time.monotonic() - began
    begun = len(stub_work.noted(notes))
    most = MOST_GROWTH_MB + 3 * IN_FLIGHT * megabytes
    grown = [peak - first for peak, first in zip(peaks, before, strict=True)]
    print(f"tasks made       {len(made):6}  of {many}")
    print(f"tasks begun      {begun:6}  (at most {many + IN_FLIGHT})")
    print(f"a task takes     {1000 * took / many:6.1f}  ms by the clock")
    for who, first, more in zip(("the scheduler", "this client"), before, grown, strict=True):
        print(f"{who:16} {first:6.0f}  MB, and {more:.0f} more (at most {most:.0f})")
    return len(made) == many and begun <= many + IN_FLIGHT and max(grown) <= most


def memory_mb(process: int | str) -> float:
    """Return how much memory a process has, in MB."""
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096 / 1e6


if __name__ == "__main__":
    main()
