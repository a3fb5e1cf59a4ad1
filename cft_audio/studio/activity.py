"""Whether somebody is there: a page that is open, or was a while ago."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Activity:
    """Knows how long nobody has been there.

    A request is somebody for as long as it takes: an open page's stream of events as long as the
    page is open, a download until it is done.

    Args:
        clock: Seconds from any moment on; those in which the machine sleeps need not count.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._there = 0
        self._last = clock()

    @contextmanager
    def somebody(self) -> Iterator[None]:
        """Count somebody as there during the block."""
        self._there += 1
        try:
            yield
        finally:
            self._there -= 1
            self.note()

    def note(self) -> None:
        """Count somebody as there just now."""
        self._last = self._clock()

    @property
    def idle_s(self) -> float:
        """Seconds since somebody was there; 0 while somebody is."""
        return 0.0 if self._there else self._clock() - self._last
