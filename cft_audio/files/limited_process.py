"""A process of its own for work on what strangers wrote, with so much time and memory and no more.

It is started as a program and not by ``multiprocessing``, which would run the main module of
whoever uses the library a second time.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from subprocess import PIPE, TimeoutExpired
from typing import TYPE_CHECKING, Any, TypeVar

from cft_audio.files.processes import start_program

if TYPE_CHECKING:
    from collections.abc import Callable

    Result = TypeVar("Result")

_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from cft_audio.files.limited_process import serve; serve()"
)

_PATIENCE_S = 20.0
"""Seconds by the clock for one answer, for systems that count no processor time."""

_MOST_CPU_S = 10.0
"""Seconds of processor time that are never exceeded, however slow the machine."""

_MEMORY = 150_000_000
"""Bytes of memory that the work may take besides what the started process has: seven times what
the longest of our own practices takes."""

_PARTING_S = 2.0
"""Seconds in which a process that nobody asks any more ends by itself."""


class OverBudgetError(Exception):
    """The process used up its time or its memory, or was ended, before it answered."""


@dataclass(frozen=True)
class Budget:
    """How much time all calls together may take.

    Attributes:
        starts: Processor time, as a multiple of what it takes to start the process, so that a slow
            machine gives what is slow there as much as a quick one; on this program's usual
            machines starting takes a tenth of a second.
    """

    starts: float


class LimitedProcess(AbstractContextManager["LimitedProcess"]):
    """A process that holds one object, calls functions with it, and keeps within a budget.

    It is started when it is first asked something, and ended with the block. Whatever crosses is
    pickled. Without processor limits (Windows) there is only the clock's.

    Args:
        budget: What it may take.
        make: Makes the object, in the process.
        *arguments: What it is made of.
    """

    def __init__(self, budget: Budget, make: Callable[..., object], *arguments: object) -> None:
        self._opening = (budget, make, arguments)
        self._process: Any = None

    def __exit__(self, kind: object, *_: object) -> None:
        if self._process is None:
            return
        if kind is not None:
            self._process.kill()
        with self._process as process:
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(_PARTING_S)
            except TimeoutExpired:
                process.kill()

    def run(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return ``function(made, *arguments)``, computed in the process.

        Raises:
            OverBudgetError: If the process has not answered within its budget.
            Exception: Whatever the function raises.
        """
        process = self._process or self._start()
        guard = threading.Timer(_PATIENCE_S, process.kill)
        guard.start()
        try:
            _send(pickle.dumps((function, arguments)), process.stdin)
            is_well, answer = pickle.load(process.stdout)  # noqa: S301 -- our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            process.kill()
            raise OverBudgetError from error
        finally:
            guard.cancel()
        if isinstance(answer, (MemoryError, RecursionError)):
            raise OverBudgetError from answer
        if not is_well:
            raise answer
        result: Result = answer
        return result

    def _start(self) -> Any:
        opening = pickle.dumps(self._opening)
        command = [sys.executable, "-P", "-c", _SERVE, *map(str, sys.path)]
        self._process = start_program(command, apart=True, stdin=PIPE, stdout=PIPE)
        with suppress(OSError):  # it has ended already, as the first call will find
            _send(opening, self._process.stdin)
        return self._process


def serve() -> None:
    """Make the object, and answer calls until nobody asks any more; what the process runs."""
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not be taken for an answer
    _limit_cpu(_MOST_CPU_S)
    budget, make, making = pickle.load(calls)  # noqa: S301 -- from whoever started us
    made: Any = None
    with suppress(EOFError):
        while True:
            function, arguments = pickle.load(calls)  # noqa: S301 -- likewise
            try:
                if made is None:
                    made = make(*making)
                    _limit_cpu(min(_MOST_CPU_S, budget.starts * time.process_time()))
                    _limit_memory()
                answer = pickle.dumps((True, function(made, *arguments)))
            except Exception as error:  # noqa: BLE001 -- it is raised where it was asked
                answer = _dump_error(error)
            _send(answer, answers)


def _dump_error(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:  # noqa: BLE001 -- another's error, which holds what cannot cross
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


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


def _send(pickled: bytes, stream: Any) -> None:
    stream.write(pickled)
    stream.flush()
