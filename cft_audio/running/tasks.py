"""A task, what comes of it, and the seam behind which it is done: here, in a pool, on a cluster."""

from __future__ import annotations

import pickle
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from cft_audio.errors import CftAudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    Work: TypeAlias = Callable[[Any], Any]
    """A function of a module; what it takes and returns can be pickled."""

LIMIT = 10.0
"""Times what is expected of a task, after which it is given up."""

LEAST_LIMIT_S = 300.0
"""Seconds that each task has at least: a machine may be busy with something else."""


@dataclass(frozen=True)
class Task:
    """Something to be done once.

    Attributes:
        key: What it is told from the others by; it says nothing of a person.
        given: What the work is given, pickled: opaque to whatever carries it.
        expected_s: About how many seconds it takes.
    """

    key: str
    given: bytes = field(repr=False)
    expected_s: float = 0.0

    @property
    def limit_s(self) -> float:
        """Seconds after which it is given up."""
        return max(LEAST_LIMIT_S, LIMIT * self.expected_s)


@dataclass(frozen=True)
class Outcome:
    """What came of a task.

    Attributes:
        key: The task's.
        answer: What the work returned; None if it failed.
        error: Why it failed; None if it did not.
        seconds: How long it took by the clock.
        starts: How often it was begun.
    """

    key: str
    answer: Any = field(default=None, repr=False)
    error: CftAudioError | None = None
    seconds: float = 0.0
    starts: int = 1


class Runner(Protocol):
    """Does tasks; only so many are taken at a time as keep it busy."""

    def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
        """Yield what came of each task, as they are done; a failed one harms no other.

        Whoever takes no more of it closes it: nothing works on then.
        """


def do(work: Work, task: Task) -> Outcome:
    """Return what comes of ``task`` in this process, whatever goes wrong in it."""
    began = time.monotonic()
    try:
        answer, error = work(pickle.loads(task.given)), None  # noqa: S301 -- our own
    except Exception as fault:  # noqa: BLE001 -- a fault in one task must not end the others
        answer, error = None, error_of(fault)
    return Outcome(task.key, answer, error, time.monotonic() - began)


def error_of(fault: Exception) -> CftAudioError:
    """Return what went wrong as an error for a person.

    Of a fault in the program only its place is told: its text may hold a person's words, and goes
    to a log.
    """
    if isinstance(fault, CftAudioError):
        return fault
    if isinstance(fault, MemoryError):
        remedy = "Close other programs, or make it shorter"
        return CftAudioError("it takes more memory than there is", remedy=remedy)
    message = f"a fault in the program itself: {type(fault).__name__} in {_where(fault)}"
    return CftAudioError(message, remedy="Please report it")


def _where(fault: BaseException) -> str:
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    return f"{code.co_name}, line {trace.tb_lineno}" if code and trace else "an unknown place"
