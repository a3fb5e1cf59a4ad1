"""How recordings sound in every format: loudness, peaks, length, size and cost, as decoded.

    python benchmarks/formats.py                    ten sessions, some four minutes
    python benchmarks/formats.py --sessions 2       the first two, and the loud one
    python benchmarks/formats.py --markdown FILE

Ten sessions that differ in all that may matter are built in every format and, in turn, with every
preset; one more, with rain and as loud as is offered, in every format and at the lowest bit rates.
The loudness of the voice is reckoned from what is decoded as it is when a session is mastered; the
true peak is that of ffmpeg's ebur128. CPU is that of a build whose
lines are spoken already. It fails where something lies outside the bounds of
``format_figures/goals.py``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from format_figures.goals import goals
from format_figures.measuring import Figures, measure_loud, measure_session
from format_figures.report import as_markdown
from format_figures.sessions import SESSIONS

from cft_audio.signal.memory import keep_freed_memory


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    many = len(SESSIONS)
    parser.add_argument("--sessions", type=int, default=many, help="how many of the ten")
    parser.add_argument("--jobs", type=int, default=2, help="measured at the same time")
    parser.add_argument("--markdown", type=Path, help="write the tables here")
    options = parser.parse_args()
    keep_freed_memory()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), max(1, min(options.sessions, many)), options.jobs)
    tables = as_markdown(figures)
    print(tables)
    if options.markdown:
        options.markdown.write_text(f"{tables}\n", encoding="utf-8")
    sys.exit(not all(goal.met for goal in goals(figures)))


def measure(folder: Path, sessions: int, jobs: int) -> list[Figures]:
    """Return the figures of so many sessions and of the loud one, several measured at a time."""
    with ProcessPoolExecutor(jobs) as pool:
        loud = pool.submit(measure_loud, folder)
        found = list(
            pool.map(partial(measure_session, of=sessions, folder=folder), range(sessions))
        )
        return [one for figures in (*found, loud.result()) for one in figures]


if __name__ == "__main__":
    main()
