"""What a limited process runs: calls answered within a budget, and few imports, as each costs."""

from __future__ import annotations

import os
import pickle
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_MOST_CPU_S = 30.0
"""Seconds of processor time that are never exceeded, however slow the machine."""

_MEMORY = 150_000_000
"""Bytes of memory that the work may take besides what the started process has: seven times what
the longest of our own practices takes."""


@dataclass(frozen=True)
class Budget:
    """How much time all calls together may take.

    Attributes:
        starts: Processor time, as a multiple of what it takes to start the process, so that a slow
            machine gives what is slow there as much as a quick one; on this program's usual
            machines starting takes a fifth of a second.
        first: The same for making the object and for the first call: one that has no end is given
            up sooner.
        patience_s: Seconds by the clock for one answer, for systems that count no processor time.
    """

    starts: float
    first: float
    patience_s: float = 20.0


def serve() -> None:
    """Make the object, and answer calls until nobody asks any more; what the process runs."""
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not be taken for an answer
    _limit_cpu(_MOST_CPU_S)
    budget, make, making = pickle.load(calls)  # noqa: S301 -- from whoever started us
    made: Any = None
    start_s, is_first, is_limited = 0.0, False, False
    with suppress(EOFError):
        while True:
            function, arguments = pickle.load(calls)  # noqa: S301 -- likewise
            start_s = start_s or time.process_time()
            if function is None:  # another object of the same kind
                made, making = None, arguments
                continue
            try:
                if made is None:
                    is_first = True
                    _limit_cpu(min(_MOST_CPU_S, budget.first * start_s))
                    made = make(*making)
                    if not is_limited:
                        _limit_memory()
                    is_limited = True
                answer = pickle.dumps((True, function(made, *arguments)))
                if is_first:
                    _limit_cpu(min(_MOST_CPU_S, budget.starts * start_s))
                    is_first = False
            except Exception as error:  # noqa: BLE001 -- it is raised where it was asked
                answer = _dump_error(error)
            send(answer, answers)


def _dump_error(error: Exception) -> bytes:
    try:
        pickled = pickle.dumps((False, error))
        pickle.loads(pickled)  # noqa: S301 -- one made otherwise than of its arguments fails here
    except Exception:  # noqa: BLE001 -- another's error, which holds what cannot cross
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return pickled


def _limit_cpu(seconds: float) -> None:
    """Let the system end this process after ``seconds`` more of processor time."""
    if sys.platform != "win32":
        import signal

        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory() -> None:
    """Refuse this process more than ``_MEMORY`` on top of what it has, where that can be told."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(OSError, ValueError):
            with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123 -- no file
                most = int(status.read().split()[0]) * resource.getpagesize() + _MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def send(pickled: bytes, stream: Any) -> None:
    """Write a pickled value for the other side."""
    stream.write(pickled)
    stream.flush()
