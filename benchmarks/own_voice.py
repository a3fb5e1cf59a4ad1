"""What a voice made of recordings costs, on a reading of some ten minutes and one twice as long.

    python benchmarks/own_voice.py       some three minutes

The default voice reads the lines of a session, higher than usual, in a room with hum, noise and
clicks. Printed are the CPU that ``voice-from-recordings`` takes, also for each minute of the
recording, and its peak memory: first with speaking the lines that the reading is compared with,
then with these in the cache. All figures are from one run on this machine.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from cost import PRACTICE, Bench

sys.path.append(str(Path(__file__).parent.parent / "tests" / "own_voice"))

from recording_cases import RATE, higher_reader, record, write

PROGRAM = [sys.executable, "-m", "cft_audio"]


def main() -> None:
    """Measure and print."""
    # Threads that wait for one another would count as CPU, as many as the machine has cores.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        sheet = bench.folder / "sheet"
        session = [PRACTICE, "--name", "Sam", "-m", "20"]
        bench.measured([*PROGRAM, "record-sheet", *session, "-o", str(sheet)])
        lines = json.loads((sheet / "lines.json").read_text("utf-8"))["lines"]
        texts = ["".join(part["text"] for part in line["fragments"]) for line in lines]
        reading = record(texts, higher_reader()).recorded
        making = [*PROGRAM, "voice-from-recordings", str(sheet), "-o", str(bench.folder / "voices")]
        for times in (1, 1, 2):
            write(sheet / "reading.wav", np.tile(reading, times))
            cpu, peak = bench.measured(making)
            minutes = times * len(reading) / RATE / 60
            print(
                f"{minutes:4.1f} minutes, {len(texts)} lines: {cpu:5.1f} s CPU, "
                f"{cpu / minutes:.2f} s for each minute; peak memory {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
