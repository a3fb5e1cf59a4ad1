"""Who makes a batch on this machine: one process that speaks, and several that render."""

from __future__ import annotations

from cft_audio.application.batches.run import Runners
from cft_audio.application.batches.work import make_recording, say_lines
from cft_audio.files.cores import usable_cores
from cft_audio.running.here import Here
from cft_audio.running.pool import Pool
from cft_audio.signal.memory import keep_freed_memory


def speaking_here() -> Pool:
    """Return what says lines: one process with every core, since each voice is loaded once."""
    return Pool(say_lines, 1, threads=usable_cores(), memory=0)


def runners_here(rows: int, workers: int | None = None) -> Runners:
    """Return who makes a batch.

    Args:
        rows: How many recordings it is of.
        workers: How many are rendered at a time; 0 for this process, None for one a core.
    """
    keep_freed_memory()
    if workers == 0:
        return Runners(Here(say_lines), Here(make_recording))
    count = min(workers or usable_cores(), rows)
    return Runners(speaking_here(), Pool(make_recording, count))
