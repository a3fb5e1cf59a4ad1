"""Tasks done by several processes of this machine; one that dies does no harm to the rest."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from queue import Empty, Queue, SimpleQueue
from typing import TYPE_CHECKING

from cft_audio.running.attempts import attempt
from cft_audio.running.worker import MOST_MEMORY, Worker

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from cft_audio.running.tasks import Outcome, Task, Work

_WINDOW = 2
"""Tasks taken for each worker: one that it does, and one that waits for it."""

_POLL_S = 0.5
"""Seconds after which whoever waits looks up: on Windows nothing else lets Ctrl-C through."""


@dataclass(frozen=True)
class Pool:
    """Does tasks in processes of its own.

    Attributes:
        work: What is done with what each task was given.
        workers: How many processes, from 1.
        threads: How many threads the libraries of each may take.
        memory: Bytes that each may take besides what it has when it starts; 0 for any.
    """

    work: Work
    workers: int
    threads: int = 1
    memory: int = MOST_MEMORY

    def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
        """Yield what came of each task, as they are done."""
        waiting: Queue[Task | None] = Queue()
        done: SimpleQueue[Outcome] = SimpleQueue()
        stopped = threading.Event()
        workers = [Worker(self.work, self.threads, self.memory) for _ in range(self.workers)]
        threads = [
            threading.Thread(target=_serve, args=(worker, waiting, done, stopped), daemon=True)
            for worker in workers
        ]
        for thread in threads:
            thread.start()
        try:
            yield from _feed(iter(tasks), waiting, done, _WINDOW * self.workers)
        except BaseException:
            stopped.set()
            for worker in workers:
                worker.kill()
            raise
        finally:
            for _ in threads:
                waiting.put(None)
            for worker, thread in zip(workers, threads, strict=True):
                while thread.is_alive():
                    thread.join(_POLL_S)
                    if stopped.is_set():
                        worker.kill()  # it may have started just when all were killed


def _feed(
    tasks: Iterator[Task], waiting: Queue[Task | None], done: SimpleQueue[Outcome], window: int
) -> Iterator[Outcome]:
    """Give tasks out, no more than ``window`` at a time, and yield what came of them."""
    out, is_more = 0, True
    while True:
        while is_more and out < window:
            if (task := next(tasks, None)) is None:
                is_more = False
                break
            waiting.put(task)
            out += 1
            while not done.empty():
                yield done.get()
                out -= 1
        if not out:
            return
        try:
            outcome = done.get(timeout=_POLL_S)
        except Empty:
            continue
        out -= 1
        yield outcome


def _serve(
    worker: Worker,
    waiting: Queue[Task | None],
    done: SimpleQueue[Outcome],
    stopped: threading.Event,
) -> None:
    """Do tasks with ``worker`` until there are none, or all are to stop."""
    with worker:
        while (task := waiting.get()) is not None and not stopped.is_set():
            done.put(attempt(worker, task, stopped))
