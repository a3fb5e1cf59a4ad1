"""Locks that keep the processes and threads of one person out of each other's way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cft_audio.files.whole_file import OWNER_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POLL_S = 0.02
"""Seconds between two tries; what is done under a lock takes milliseconds."""


@contextmanager
def hold_lock(folder: Path, purpose: str) -> Iterator[None]:
    """Wait, as long as it takes, until nobody else holds this lock; then hold it.

    The system frees the lock of a process that has ended, however it ended. An empty file
    ``PURPOSE.lock`` stays in the folder.

    Args:
        folder: Where the lock's file lies; it exists.
        purpose: What the lock is for, in a word that says nothing of a person.

    Raises:
        OSError: If the disk does not allow it.
    """
    from filelock import FileLock

    lock = FileLock(folder / f"{purpose}.lock", mode=OWNER_ONLY)
    with lock.acquire(poll_interval=_POLL_S):
        yield
