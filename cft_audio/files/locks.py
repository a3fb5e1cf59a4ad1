"""Locks that keep the processes and threads of one person out of each other's way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cft_audio.files.whole_file import OWNER_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_S = 0.02
"""Seconds between two tries; what is done under a lock takes milliseconds."""


@contextmanager
def hold_lock(
    folder: Path, purpose: str, told: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Wait, as long as it takes, until nobody else holds this lock; then hold it.

    The system frees the lock of a process that has ended, however it ended. An empty file
    ``PURPOSE.lock`` stays in the folder.

    Args:
        folder: Where the lock's file lies; it exists.
        purpose: What the lock is for, in a word that says nothing of a person.
        told: Called once if somebody else holds it.

    Raises:
        OSError: If the disk does not allow it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / f"{purpose}.lock", mode=OWNER_ONLY)
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        told()
        held = lock.acquire(poll_interval=_POLL_S)
    with held:
        yield


@contextmanager
def hold_lock_if_free(folder: Path, purpose: str) -> Iterator[bool]:
    """Hold this lock during the block if nobody else does, and give whether it is held.

    Args:
        folder: As for ``hold_lock``.
        purpose: Likewise.

    Raises:
        OSError: If the disk does not allow it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / f"{purpose}.lock", mode=OWNER_ONLY)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def is_held(folder: Path, purpose: str) -> bool:
    """Return whether somebody, in whichever process, holds this lock.

    Args:
        folder: As ``hold_lock``.
        purpose: Likewise.

    Raises:
        OSError: If the disk does not allow it.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / f"{purpose}.lock", mode=OWNER_ONLY).acquire(blocking=False):
            return False
    except Timeout:
        return True
