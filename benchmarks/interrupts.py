"""What is left of a batch that is stopped by Ctrl-C at any instant.

    python benchmarks/interrupts.py              20 times, some minutes
    python benchmarks/interrupts.py --times 5    a quick look

A roster of very short recordings is made, and everything that runs at its terminal is interrupted
at a random instant, as a terminal does it. Each time it ends with 130 and without a traceback, no
process of it is left, nothing unfinished is anywhere, and each recording that is there is whole.
The last run makes what nobody disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from kills import SEED, Desk, tree_of

from cft_audio.files.whole_file import PREFIX

_INTERRUPTED = 130


def main() -> None:
    """Interrupt and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--rows", type=int, default=12)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = interrupt_often(Path(folder), options.times, options.rows, options.seed)
    print(f"{options.times} interrupts of {options.rows} rows")
    sys.exit("\n".join(faults) or 0)


def interrupt_often(folder: Path, times: int, rows: int, seed: int = SEED) -> list[str]:
    """Make a roster, interrupted so often, and return what was not as it should be.

    Args:
        folder: An empty folder to work in.
        times: How often.
        rows: Rows of the roster.
        seed: Decides about the instants.
    """
    desk, chance, faults = Desk(folder, rows), random.Random(seed), list[str]()  # noqa: S311
    desk.make("spoken")
    began = time.monotonic()
    desk.make("undisturbed")
    span_s, wanted = time.monotonic() - began, desk.digests("undisturbed")
    output = "stopped"
    for number in range(1, times + 1):
        running = desk.start(output, start_new_session=True)
        time.sleep(chance.uniform(0.3, span_s))
        started = tree_of(running.pid)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGINT)
        status = running.wait()
        if status == 0:  # it was done before
            output = f"stopped {number}"
            continue
        if status != _INTERRUPTED:
            faults.append(f"interrupt {number}: it ended with {status}")
        time.sleep(0.2)
        if left := [pid for pid in started if Path(f"/proc/{pid}/cmdline").exists()]:
            faults.append(f"interrupt {number}: {len(left)} processes are left")
        if unfinished := [*folder.rglob(f"{PREFIX}*"), *(folder / "tmp").iterdir()]:
            faults.append(f"interrupt {number}: {unfinished[0].name} is left")
        if not desk.digests(output).items() <= wanted.items():
            faults.append(f"interrupt {number}: a recording is not whole")
    desk.make(output)
    if desk.digests(output) != wanted:
        faults.append("what is made in the end is not what nobody disturbed")
    return faults


if __name__ == "__main__":
    main()
