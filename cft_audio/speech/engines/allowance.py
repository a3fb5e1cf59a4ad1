"""How much is said at one time, where what an engine takes of memory grows with it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Allowance:
    """Lets threads do only so much at one time; one thing by itself however much it is.

    Args:
        most: How much.
    """

    def __init__(self, most: int) -> None:
        self._most, self._taken = most, 0
        self._changed = threading.Condition()

    @contextmanager
    def take(self, much: int) -> Iterator[None]:
        """Wait until that much may be done beside what is, and count it while the block runs."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken or self._taken + much <= self._most)
            self._taken += much
        try:
            yield
        finally:
            with self._changed:
                self._taken -= much
                self._changed.notify_all()
