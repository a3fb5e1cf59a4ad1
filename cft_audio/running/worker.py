"""A process that does tasks for another, and ends with it."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError
from cft_audio.files.processes import end_program, start_program
from cft_audio.running.tasks import Outcome, do
from cft_audio.signal.memory import keep_freed_memory

if TYPE_CHECKING:
    from cft_audio.running.tasks import Task, Work

_SERVE = (
    "import os, sys; sys.path[:] = sys.argv[2:]; "
    "os.environ.update(dict.fromkeys(('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'), sys.argv[1])); "
    "from cft_audio.running.worker import serve; serve()"
)

MOST_MEMORY = 2_000_000_000
"""Bytes that a worker may map besides what it has when it starts, where the system can hold it to
that: many times what the longest recording takes."""

_PARTING_S = 2.0
"""Seconds in which a worker that has nothing more to do ends by itself."""


class DiedError(Exception):
    """A worker ended in the middle of a task."""


class Worker(AbstractContextManager["Worker"]):
    """A process that does one task at a time; it is started with the first.

    Args:
        work: What is done with what each task was given.
        threads: How many threads its libraries may take.
        memory: Bytes that it may take besides what it has when it starts; 0 for any.
    """

    def __init__(self, work: Work, threads: int = 1, memory: int = MOST_MEMORY) -> None:
        self._opening = pickle.dumps((work, memory))
        self._threads = threads
        self._process: Any = None

    def __exit__(self, kind: object, *_: object) -> None:
        self.end(at_once=kind is not None)

    @property
    def pid(self) -> int | None:
        """The number of its process; None while it has none."""
        return self._process.pid if self._process else None

    def do(self, task: Task) -> Outcome:
        """Return what came of ``task``, which is given up after its time.

        Raises:
            DiedError: If the process ended meanwhile; it is started anew with the next task.
        """
        process = self._process or self._start()
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            process.kill()

        guard = threading.Timer(task.limit_s, give_up)
        guard.daemon = True
        guard.start()
        try:
            process.stdin.write(pickle.dumps(task))
            process.stdin.flush()
            outcome: Outcome = pickle.load(process.stdout)  # noqa: S301 -- our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.end(at_once=True)
            if is_late.is_set():
                return Outcome(task.key, error=late_error(task), seconds=task.limit_s)
            raise DiedError from error
        finally:
            guard.cancel()
        return outcome

    def kill(self) -> None:
        """End the process in the middle of its task, from another thread than the one that waits.

        The one that waits learns that it died.
        """
        process = self._process
        if process is not None:
            process.kill()

    def end(self, *, at_once: bool) -> None:
        """End the process; at once, or when it has done what it does."""
        process, self._process = self._process, None
        if process is None:
            return
        if at_once:
            process.kill()
        end_program(process, _PARTING_S)

    def _start(self) -> Any:
        command = [sys.executable, "-P", "-c", _SERVE, str(self._threads), *map(str, sys.path)]
        self._process = start_program(command, apart=True, stdin=PIPE, stdout=PIPE)
        with suppress(OSError):  # it has ended already, as the first task will find
            self._process.stdin.write(self._opening)
            self._process.stdin.flush()
        return self._process


def late_error(task: Task) -> CftAudioError:
    """Return the error for a task that was not done in its time."""
    minutes = max(1, round(task.limit_s / 60))
    after = "a minute" if minutes == 1 else f"{minutes} minutes"
    message = f"it took longer than {after}, at least ten times what was expected"
    remedy = "Run it again when the machine has less to do; what else is made is kept"
    return CftAudioError(message, remedy=remedy)


def serve() -> None:
    """Do tasks until nobody gives any more; what the process runs.

    Whoever gave them may be killed. Then the task is not finished: its place may be another's by
    then.
    """
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not be taken for an answer
    keep_freed_memory()
    work, memory = pickle.load(calls)  # noqa: S301 -- from whoever started us
    if memory:
        _limit_memory(memory)
    tasks: SimpleQueue[Task] = SimpleQueue()

    def read() -> None:
        with suppress(EOFError):
            while True:
                tasks.put(pickle.load(calls))  # noqa: S301 -- likewise
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        answers.write(pickle.dumps(do(work, tasks.get())))
        answers.flush()


def _limit_memory(most: int) -> None:
    """Refuse this process more than ``most`` bytes on top of what it has, where that can be."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(OSError, ValueError):
            with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123 -- no file
                mapped = int(status.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (mapped + most, mapped + most))
