"""How recordings sound in every format: loudness, peaks, length, size and cost, as decoded.

    python benchmarks/formats.py                    ten sessions, some four minutes
    python benchmarks/formats.py --minute           two sessions of a minute in place of them
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
from typing import TYPE_CHECKING

from format_figures.goals import goals
from format_figures.measuring import Figures, measure_loud, measure_session
from format_figures.report import as_markdown
from format_figures.sessions import LOUD, LOUD_MINUTE, MINUTE, SESSIONS

from cft_audio.signal.memory import keep_freed_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from format_figures.sessions import Session


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--minute", action="store_true", help="only a minute, and a loud one")
    parser.add_argument("--jobs", type=int, default=2, help="measured at the same time")
    parser.add_argument("--markdown", type=Path, help="write the tables here")
    options = parser.parse_args()
    keep_freed_memory()
    with tempfile.TemporaryDirectory() as folder:
        sessions, loud = ((MINUTE,), LOUD_MINUTE) if options.minute else (SESSIONS, LOUD)
        figures = measure(Path(folder), sessions, loud, options.jobs)
    tables = as_markdown(figures)
    print(tables)
    if options.markdown:
        options.markdown.write_text(f"{tables}\n", encoding="utf-8")
    sys.exit(not all(goal.met for goal in goals(figures)))


def measure(folder: Path, sessions: Sequence[Session], loud: Session, jobs: int) -> list[Figures]:
    """Return the figures of sessions and of the loud one, several measured at a time."""
    measure_one = partial(measure_session, sessions=sessions, folder=folder)
    with ProcessPoolExecutor(jobs) as pool:
        of_loud = pool.submit(measure_loud, loud, folder)
        found = list(pool.map(measure_one, range(len(sessions))))
        return [one for figures in (*found, of_loud.result()) for one in figures]


if __name__ == "__main__":
    main()
