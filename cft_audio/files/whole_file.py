"""A file that appears whole or not at all.

It is written beside its place, under a name that says it is unfinished, and then renamed. What a
killed process leaves under such a name is removed by ``sweep``.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from cft_audio.files.placing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PREFIX, SUFFIX = ".cft-audio-", ".part"
"""How the name of everything unfinished begins and ends."""

STALE_S = 3600.0
"""Seconds after which something unfinished that nobody writes to was left by a killed process. A
running one leaves its file alone the longest while it mixes a session of several hours."""

OWNER_ONLY = 0o600

_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a disk answers that cannot do a thing at all: some network shares and sticks know neither
permissions nor a way to be sure that a file has reached the disk."""


@contextmanager
def write_whole(
    path: Path,
    *,
    place: Callable[[Path, Path], object] = replace,
    mode: int | None = None,
    durable: bool = True,
    faults: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Path]:
    """Give an empty file to write to, and put it at ``path`` once the block is done.

    Whatever ends the block early, an interrupt too, removes the file and leaves ``path`` as it was.

    Args:
        path: Where the file goes; its folder exists.
        place: Puts the new file, the first argument, to its place, the second: one of ``placing``.
        mode: The permissions of the file, which only its owner may use until it is at its place;
            None for those that new files have.
        durable: Whether the file must survive a power cut once it is at its place.
        faults: The context in which the disk is used, for turning an OSError into another error.
            The caller's own block runs outside it.

    Raises:
        OSError: If the disk does not allow it, or as ``place``.
    """
    beside = path.parent / unfinished_name()
    try:
        with faults():
            beside.touch(0o666 if mode is None else OWNER_ONLY, exist_ok=False)
        yield beside
        with faults():
            if durable:
                with beside.open("rb+") as content, _where_offered():
                    os.fsync(content.fileno())
            if mode is not None and mode != OWNER_ONLY:
                with _where_offered(errno.EPERM):
                    beside.chmod(mode)
            place(beside, path)
    finally:
        # Nothing better can be done about one that cannot be removed; the next sweep tries again.
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def unfinished_name() -> str:
    """Return a name that nothing has yet, for a file or a folder that is not finished."""
    return f"{PREFIX}{secrets.token_hex(6)}{SUFFIX}"


def sweep(folder: Path, older_s: float = STALE_S) -> None:
    """Remove what killed processes left unfinished in ``folder``.

    Args:
        folder: The folder.
        older_s: Seconds in which nothing was written to it; 0 or less where nobody else can be
            writing there now.
    """
    oldest = time.time() - older_s
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        # Another process may remove it first, or hold it open.
        with suppress(OSError):
            if left.lstat().st_mtime < oldest:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def _where_offered(*more: int) -> Iterator[None]:
    """Pass over an error that says that this disk cannot do what is asked of it."""
    try:
        yield
    except OSError as error:
        if error.errno not in {*_NOT_OFFERED, *more}:
            raise
