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


def cannot_be_started() -> Iterator[Done]:
    raise OSError(12, "Cannot allocate memory")
    yield


def parts_slowly() -> Iterator[Done]:
    threading.Event().wait(0.5)
    yield from is_not()


class Here:
    """A queue, and what it makes next.

    Args:
        folder: Where its jobs are kept.
        ends: How each thing that is made ends, once it is stopped.
    """

    def __init__(self, folder: Path, *ends: Callable[[], Iterator[Done]]) -> None:
        self.makings = [Making(end) for end in ends]
        waiting: Iterator[Any] = iter(self.makings)
        folders = Folders((folder,), (folder,), folder, folder / "config.toml", folder)
        self.records = Records(folders, "jobs")
        self.queue = Queue(self.records, lambda _: next(waiting), lambda _: None)
        self.queue.start()

    def begin(self, number: int = 0) -> str:
        """Ask for something, wait until it is being made, and return its id."""
        job = self.queue.add("recording", {}, "")
        assert self.makings[number].begun.wait(PATIENCE_S)
        return job


@pytest.mark.parametrize(
    ("end", "state"), [(is_made, MADE), (is_not, STOPPED), (cannot_be_started, STOPPED)]
)
def test_what_is_made_while_it_is_being_stopped_is_made(
    end: Callable[[], Iterator[Done]], state: str, tmp_path: Path
) -> None:
    here = Here(tmp_path, end, is_made)
    job = here.begin()
    here.queue.stop(job)

    assert here.queue.get(job).state == state
    assert here.queue.standing(job) is None
    following = here.begin(1)
    here.queue.stop(following)
    assert here.queue.get(following).state == MADE
    here.queue.end()


def test_whoever_forgets_what_is_being_stopped_waits_until_it_is(tmp_path: Path) -> None:
    here = Here(tmp_path, parts_slowly)
    job = here.begin()
    stopping = threading.Thread(target=here.queue.stop, args=(job,))
    stopping.start()
    while not here.queue.get(job).is_over:
        threading.Event().wait(0.01)
    here.queue.forget(job)

    assert not here.queue.is_busy
    stopping.join(PATIENCE_S)
    here.queue.end()


def test_a_result_that_cannot_be_kept_is_not_made_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Here(tmp_path, is_made, is_made)
    job = here.begin()
    keep = Records.change

    def refuse(*given: Any) -> None:
        if given[1] == job:
            raise OSError(28, "No space left on device")
        keep(*given)

    monkeypatch.setattr(Records, "change", refuse)
    here.makings[0].stop()
    following = here.begin(1)
    here.queue.stop(following)

    assert here.queue.get(following).state == MADE
    assert not here.queue.get(job).is_over
    here.queue.end()
