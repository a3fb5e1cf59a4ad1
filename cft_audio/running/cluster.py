"""Tasks done by an existing Dask cluster; a worker that is lost costs only what it was doing.

Each task is given to Dask by itself, and only so many at a time, so that little is done twice when
a worker is lost, and the scheduler's memory does not grow. Its outcome is taken, and released, as
soon as it is there.
"""

from __future__ import annotations

import pickle
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError
from cft_audio.running.cluster_address import check_way, find_scheduler
from cft_audio.running.cluster_client import connect
from cft_audio.running.cluster_task import end_idle, perform
from cft_audio.running.cluster_workers import Workers
from cft_audio.running.tasks import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from cft_audio.running.cluster_workers import Describe
    from cft_audio.running.tasks import Task, Work

_POLL_S = 0.2
"""Seconds after which whoever waits looks up."""


@dataclass
class _Sent:
    """A task that was given to Dask.

    Attributes:
        task: The task.
        future: What Dask knows it by.
        workers: Where it may be done.
    """

    task: Task
    future: Any
    workers: frozenset[str]


class Cluster:
    """Does tasks on a Dask cluster: a ``Runner``; ``open_cluster`` gives one.

    Args:
        work: What is done with what each task was given.
        client: Is connected to the scheduler.
        workers: Those that may be given tasks.
    """

    def __init__(self, work: Work, client: Any, workers: Workers) -> None:
        self._work = pickle.dumps(work)
        self._client = client
        self._workers = workers
        self._numbers = count()
        self._run = secrets.token_hex(4)

    def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
        """Yield what came of each task, as they are done.

        Raises:
            ClusterError: If the scheduler goes away, or there is no worker for a minute.
        """
        waiting = iter(tasks)
        done: SimpleQueue[tuple[str, Outcome | None]] = SimpleQueue()
        sent: dict[str, _Sent] = {}
        is_more = True
        try:
            while is_more or sent:
                self._workers.look()
                self._send_again(sent, done)
                has_room = is_more and len(sent) < self._workers.window
                if has_room:
                    if task := next(waiting, None):
                        self._send(task, sent, done)
                    else:
                        is_more = False
                try:
                    key, outcome = done.get(timeout=0.0 if has_room else _POLL_S)
                except Empty:
                    continue
                if one := sent.pop(key, None):
                    if outcome:
                        yield outcome
                    else:
                        self._send(one.task, sent, done)
        finally:
            for one in sent.values():
                one.future.release()

    def _send(self, task: Task, sent: dict[str, _Sent], done: SimpleQueue[Any]) -> None:
        """Give a task to Dask.

        Its key there is new each time: with the same one, Dask would take it for done already, or
        for that of another run which writes somewhere else.
        """
        key = f"task-{task.key}-{self._run}-{next(self._numbers)}"
        workers = self._workers.fit
        future = self._client.submit(
            perform, self._work, pickle.dumps(task), key=key, workers=sorted(workers), pure=False
        )
        self._client.loop.add_callback(_collect, self._client, future, task, done)
        sent[key] = _Sent(task, future, workers)

    def _send_again(self, sent: dict[str, _Sent], done: SimpleQueue[Any]) -> None:
        """Give to others what only workers may do that are gone."""
        fit = self._workers.fit
        for key, one in list(sent.items()) if fit else ():
            if one.workers.isdisjoint(fit):
                del sent[key]
                one.future.release()
                self._send(one.task, sent, done)


async def _collect(client: Any, future: Any, task: Task, done: SimpleQueue[Any]) -> None:
    """Put the outcome of a task into ``done``; None where Dask does not do it any more."""
    from distributed import CancelledError
    from distributed.scheduler import KilledWorker

    outcome = None
    try:
        outcome = await client.gather(future, asynchronous=True)
    except CancelledError:
        pass
    except KilledWorker:
        message = "each worker that was given it was lost before it was done"
        remedy = "See whether the workers have enough memory, and run this again"
        outcome = Outcome(task.key, error=CftAudioError(message, remedy=remedy))
    except Exception as fault:  # noqa: BLE001 -- whatever it is must harm no other task
        message = f"the cluster could not do it: {type(fault).__name__}"
        outcome = Outcome(task.key, error=CftAudioError(message))
    future.release()
    done.put((future.key, outcome))


@contextmanager
def open_cluster(
    work: Work, place: str, *, describe: Describe = dict, insecure: bool = False
) -> Iterator[Cluster]:
    """Give a cluster that is ready: its scheduler answers, and its workers are like this machine.

    What is still being done when the block ends is given up.

    Args:
        work: What is done with what each task was given; the workers have its module.
        place: The scheduler's address, or a scheduler file.
        describe: Says what has to be the same on each worker as here.
        insecure: Whether what goes to another machine may go in clear.

    Raises:
        RequestError: If ``place`` is none, or somebody on the way could read along.
        ClusterError: If Dask is not installed, the scheduler does not answer, there is no worker
            for a minute, or one differs from this machine.
    """
    address = find_scheduler(place)
    check_way(address, insecure=insecure)
    with connect(address) as client:
        workers = Workers(client, describe, insecure=insecure)
        try:
            workers.check()
            yield Cluster(work, client, workers)
        finally:
            workers.leave(end_idle)
