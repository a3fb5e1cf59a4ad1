"""A hand: a process that plans or speaks for the pages, and ends when nobody asks it any more.

The pages' own process stays small and answers at once; what takes a processor, or a voice's model
in memory, is a hand's.
"""

from __future__ import annotations

import pickle
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from cft_audio.errors import CftAudioError
from cft_audio.running.tasks import Task
from cft_audio.running.worker import DiedError, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    Result = TypeVar("Result")

IDLE_S = 300.0
"""Seconds after which a hand that nobody asks anything ends."""

_PARTING_S = 0.5
"""Seconds in which whoever asks just now learns that the process has ended."""

_EXPECTED_S = 12.0
"""Seconds that the slowest call takes, about; a call is given up after many times that."""


class Hand:
    """One process, started with the first call and ended five minutes after the last.

    Calls from several threads are done one after the other.

    Args:
        threads: How many threads its libraries may take.
        idle_s: Seconds without a call after which it ends.
    """

    def __init__(self, threads: int, idle_s: float = IDLE_S) -> None:
        self._worker = Worker(call, threads)
        self._turn = threading.Lock()
        self._idle_s = idle_s
        self._rest: threading.Timer | None = None
        self._has_ended = False

    def ask(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return ``function(*arguments)``, computed in the process.

        Args:
            function: A function of a module.
            *arguments: What can be pickled, as what it returns.

        Raises:
            CftAudioError: What the function raises, or that the process died twice.
        """
        given = pickle.dumps((function, arguments))
        with self._turn:
            self._wake()
            try:
                outcome = self._do(Task(function.__name__, given, _EXPECTED_S))
            finally:
                self._sleep_later()
        if outcome.error:
            raise outcome.error
        result: Result = outcome.answer
        return result

    def prepare(self, function: Callable[..., object], *arguments: object) -> None:
        """Let the process call a function soon, for what it loads; nobody learns what came of it.

        Args:
            function: As for ``ask``.
            *arguments: Likewise.
        """

        def ask() -> None:
            with suppress(CftAudioError):
                self.ask(function, *arguments)

        threading.Thread(target=ask, daemon=True).start()

    def end(self) -> None:
        """End the process in the middle of whatever it does, for good."""
        self._has_ended = True
        self._wake()
        self._worker.kill()
        with self._turn:  # whoever waits for the process learns that it died
            self._worker.end(at_once=True)

    def _do(self, task: Task) -> Any:
        for _ in range(2):
            if self._has_ended:
                break
            try:
                return self._worker.do(task)
            except DiedError:
                continue
        message, remedy = "the program that should do this ended before it was done", "Try again"
        raise CftAudioError(message, remedy=remedy)

    def _wake(self) -> None:
        if self._rest:
            self._rest.cancel()

    def _sleep_later(self) -> None:
        if self._has_ended:
            return
        self._rest = threading.Timer(self._idle_s, self._sleep)
        self._rest.daemon = True
        self._rest.start()

    def _sleep(self) -> None:
        # Who asks just now wakes it again.
        if self._turn.acquire(blocking=False):
            try:
                self._worker.end(at_once=False)
            finally:
                self._turn.release()


def call(given: Any) -> Any:
    """Return what a function that was handed over gives; what the process does with each call."""
    function, arguments = given
    return function(*arguments)
