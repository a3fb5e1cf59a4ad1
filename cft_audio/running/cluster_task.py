"""What a Dask worker does with a task: a process of its own does it, and nothing is raised.

Whatever a task does to that process, the Dask worker stays. Its processes are kept from one task
to the next, and end with it, with whoever wanted their task, or when they had nothing to do for a
while.
"""

from __future__ import annotations

import pickle
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError
from cft_audio.running.attempts import attempt
from cft_audio.running.tasks import Outcome
from cft_audio.running.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.running.tasks import Task

_LOOK_S = 0.1
"""Seconds between two looks at whether what is being done is still wanted."""

_IDLE_S = 10.0
"""Seconds after which a process that has nothing to do is ended: whoever gave it tasks has mostly
gone. Another is started in less than one."""


@dataclass
class _Child:
    """A process of this Dask worker, and what it does.

    Attributes:
        work: The work that it was started for, pickled.
        worker: The process.
        since: When it was last given back, by ``time.monotonic``.
        doing: The Dask worker and the key of what it is doing; None while it is idle.
        stopped: Set before it is killed because nobody wants the task any more.
    """

    work: bytes
    worker: Worker
    since: float = 0.0
    doing: tuple[Any, str] | None = None
    stopped: threading.Event = field(default_factory=threading.Event)


_children: list[_Child] = []
_turn = threading.Lock()
_watch: list[threading.Thread] = []


def perform(work: bytes, packed: bytes) -> Outcome:
    """Return what came of a task, whatever it was; what a Dask worker runs.

    Args:
        work: The work, pickled.
        packed: The task, pickled, so that Dask has nothing to look at.

    Raises:
        distributed.Reschedule: If this Dask worker is to end meanwhile. It stands in no log.
    """
    from distributed import Reschedule, get_worker

    dask_worker = get_worker()
    task: Task = pickle.loads(packed)  # noqa: S301 -- from our own client
    try:
        with _child_for(work, (dask_worker, dask_worker.get_current_task())) as child:
            outcome = attempt(child.worker, task, child.stopped)
    except Exception as fault:  # noqa: BLE001 -- whatever were raised would stand in Dask's log
        message = f"the worker at {dask_worker.address} could not begin it: {type(fault).__name__}"
        return Outcome(task.key, error=CftAudioError(message))
    if child.stopped.is_set():
        raise Reschedule
    return outcome


def end_idle() -> None:
    """End every process of this Dask worker that has nothing to do."""
    _end_idle_since(time.monotonic())


@contextmanager
def _child_for(work: bytes, doing: tuple[Any, str]) -> Iterator[_Child]:
    """Give a process for that work, one that is there already if there is."""
    with _turn:
        found = [child for child in _children if child.doing is None and child.work == work]
        child = found[0] if found else _Child(work, Worker(pickle.loads(work)))  # noqa: S301
        child.doing = doing
        if not found:
            _children.append(child)
        if not (_watch and _watch[0].is_alive()):
            _watch[:] = [threading.Thread(target=_keep_watch, daemon=True)]
            _watch[0].start()
    try:
        yield child
    finally:
        with _turn:
            child.doing, child.since = None, time.monotonic()
            if child.stopped.is_set():
                _children.remove(child)
        if child.stopped.is_set():
            child.worker.end(at_once=True)


def _keep_watch() -> None:
    """Kill what does something that nobody wants any more, and end what has long been idle."""
    while True:
        time.sleep(_LOOK_S)
        with _turn:
            if not _children:
                _watch.clear()
                return
            unwanted = [c for c in _children if c.doing is not None and not _is_wanted(*c.doing)]
        for child in unwanted:
            child.stopped.set()
            child.worker.kill()
        _end_idle_since(time.monotonic() - _IDLE_S)


def _end_idle_since(moment: float) -> None:
    with _turn:
        idle = [child for child in _children if child.doing is None and child.since <= moment]
        _children[:] = [child for child in _children if child not in idle]
    for child in idle:
        child.worker.end(at_once=True)


def _is_wanted(dask_worker: Any, key: str) -> bool:
    """Return whether a task is still to be done here.

    Where its client went away, or gave it up, Dask calls it cancelled, and waits for its end.
    """
    if dask_worker.status.name in ("closing", "closed", "failed"):
        return False
    state = dask_worker.state.tasks.get(key)
    return state is not None and state.state in ("executing", "long-running")
