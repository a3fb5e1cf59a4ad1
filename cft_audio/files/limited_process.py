"""A process of its own for work on what strangers wrote, with so much time and memory and no more.

It is started as a program and not by ``multiprocessing``, which would run the main module of
whoever uses the library a second time.
"""

from __future__ import annotations

import pickle
import sys
import threading
from contextlib import AbstractContextManager, suppress
from subprocess import PIPE
from typing import TYPE_CHECKING, Any, TypeVar

from cft_audio.files.limited_worker import send
from cft_audio.files.processes import end_program, start_program

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.files.limited_worker import Budget

    Result = TypeVar("Result")

_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from cft_audio.files.limited_worker import serve; serve()"
)

_PARTING_S = 2.0
"""Seconds in which a process that nobody asks any more ends by itself."""


class OverBudgetError(Exception):
    """The process used up its time or its memory, or was ended, before it answered."""


class LimitedProcess(AbstractContextManager["LimitedProcess"]):
    """A process that holds an object, calls functions with it, and keeps within a budget.

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
        end_program(self._process, _PARTING_S)

    def make_another(self, *arguments: object) -> None:
        """Hold another object from the next call on, made likewise, with a budget of its own.

        Args:
            *arguments: What it is made of.
        """
        self._opening = (*self._opening[:2], arguments)
        if self._process is not None:
            with suppress(OSError):  # it has ended, as the next call will find
                send(pickle.dumps((None, arguments)), self._process.stdin)

    def run(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return ``function(made, *arguments)``, computed in the process.

        Raises:
            OverBudgetError: If the process has not answered within its budget.
            Exception: Whatever the function raises.
        """
        process = self._process or self._start()
        guard = threading.Timer(self._opening[0].patience_s, process.kill)
        guard.start()
        try:
            send(pickle.dumps((function, arguments)), process.stdin)
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
            send(opening, self._process.stdin)
        return self._process
