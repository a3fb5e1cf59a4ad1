"""A folder that is replaced as one: all of its files are new, or all are as they were."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cft_audio.files.whole_file import sweep, unfinished_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def replace_folder(folder: Path, announce: Callable[[], object]) -> Iterator[Path]:
    """Give an empty folder to fill, private to its owner, that then takes the place of ``folder``.

    Whatever ends the block or ``announce`` early, an interrupt too, leaves ``folder`` as it was.
    Only a process killed between two renamings leaves the former folder beside it, under a name
    that ends in ``.old``; that is never swept, since it may be all that there is.

    Args:
        folder: What is replaced, or comes to be; the folder that it lies in is made if missing.
        announce: Called once the folder is at its place, to make it known, for instance by writing
            the profile that names it.

    Raises:
        OSError: If the disk does not allow it; with ``errno.EBUSY`` if the folder that is there
            cannot be replaced although the one above it can be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder.parent)
    beside = folder.parent / unfinished_name()
    former = folder.parent / f".{folder.name}-{beside.stem.rpartition('-')[2]}.old"
    beside.mkdir(mode=0o700)
    is_filled = False
    try:
        yield beside
        is_filled = True
        if folder.exists():
            _move_away(folder, former)
        beside.rename(folder)
        announce()
    except BaseException:
        if is_filled and not beside.exists():
            folder.rename(beside)
        if former.exists():
            former.rename(folder)
        raise
    else:
        # Under the name of something unfinished it is swept, should its removal be cut short.
        with suppress(OSError):
            former.rename(beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def open_to_usual(folder: Path) -> None:
    """Give a folder that was private while it was filled the permissions that new ones get.

    Raises:
        OSError: If the disk does not allow it.
    """
    mask = os.umask(0o22)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)


def _move_away(folder: Path, former: Path) -> None:
    try:
        folder.rename(former)
    except PermissionError as error:
        # A new folder was made beside it a moment ago. On Windows a player that has a file of it
        # open keeps it from being moved.
        reason = "a file in it is open in another program, or is protected"
        raise OSError(errno.EBUSY, reason, str(folder)) from error
