"""The queue: what becomes of a job that is stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from cft_audio.application.jobs import MADE, STOPPED, Queue
from cft_audio.files.folders import Folders
from cft_audio.people.clients.records import Records
from cft_audio.running.making import Done, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_S = 30.0


class Making:
    """What is being made until it is stopped, and then is made all the same, or is not."""

    def __init__(self, end: Callable[[], Iterator[Done]]) -> None:
        self.begun, self._stopped, self._end = threading.Event(), threading.Event(), end

    def run(self) -> Iterator[Done]:
        """Yield what is made, once it is stopped."""
        self.begun.set()
        assert self._stopped.wait(PATIENCE_S)
        yield from self._end()

    def stop(self) -> None:
        """Stop it."""
        self._stopped.set()


def is_made() -> Iterator[Done]:
    yield Done({"file": "a.mp3"})


def is_not() -> Iterator[Done]:
    raise StoppedError
    yield


@pytest.mark.parametrize(("end", "state"), [(is_made, MADE), (is_not, STOPPED)])
def test_what_is_made_while_it_is_being_stopped_is_made(
    end: Callable[[], Iterator[Done]], state: str, tmp_path: Path
) -> None:
    folders = Folders((tmp_path,), (tmp_path,), tmp_path, tmp_path / "config.toml", tmp_path)
    making: Any = Making(end)
    queue = Queue(Records(folders, "jobs"), lambda _: making, lambda _: None)
    queue.start()
    job = queue.add("recording", {}, "")
    assert making.begun.wait(PATIENCE_S)
    queue.stop(job)

    assert queue.get(job).state == state
    assert queue.standing(job) is None
    queue.end()
