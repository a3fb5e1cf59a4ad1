"""What others see of a place while files are put there."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Seen = TypeVar("Seen")

PERIOD_S = 0.005


@contextmanager
def looked_at(look: Callable[[], set[Seen]]) -> Iterator[set[Seen]]:
    """Gather what ``look`` sees every 5 ms while the block runs; it has seen something after it."""
    seen: set[Seen] = set()
    ended = threading.Event()
    faults: list[Exception] = []

    def watch() -> None:
        while not ended.is_set():
            began = time.monotonic()
            try:
                seen.update(look())
            except Exception as fault:  # noqa: BLE001 -- told below
                faults.append(fault)
                return
            ended.wait(max(0.0, PERIOD_S - (time.monotonic() - began)))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()
    assert not faults, faults
    assert seen
