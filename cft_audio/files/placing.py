"""A finished file put to its place, in one step of the file system."""

from __future__ import annotations

import errno
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace(new: Path, path: Path) -> None:
    """Move ``new`` to ``path``, in the place of what is there.

    Raises:
        OSError: If that is not possible; with ``errno.EBUSY`` if the file that is there cannot be
            replaced although its folder can be written.
    """
    try:
        new.replace(path)
    except PermissionError as error:
        # The folder took a new file a moment ago, so the obstacle is the file that is there. On
        # Windows a program that plays it keeps it from being replaced.
        if path.exists():
            reason = "the file there is open in another program, or is protected"
            raise OSError(errno.EBUSY, reason, str(path)) from error
        raise


def replace_or_keep_both(new: Path, path: Path) -> None:
    """Move ``new`` to ``path`` as ``replace`` does; beside it, if what is there cannot be replaced.

    Raises:
        OSError: As ``replace``; its ``filename2`` is then ``NAME (2).mp3`` or the like, to which
            ``new`` was moved.
    """
    try:
        replace(new, path)
    except OSError as error:
        if error.errno == errno.EBUSY:
            error.filename2 = str(_move_to_numbered_name(new, path))
        raise


def move_to_free_name(new: Path, path: Path) -> None:
    """Move ``new`` to ``path`` unless something has come to be there.

    Raises:
        FileExistsError: If something has.
        OSError: If the disk does not allow it.
    """
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # Disks (FAT, some network shares) and systems without hard links: claim the name, then take
        # it.
        path.open("xb").close()
        try:
            new.replace(path)
        except BaseException:
            path.unlink()
            raise


def _move_to_numbered_name(new: Path, path: Path) -> Path:
    for number in count(2):
        spare = path.with_stem(f"{path.stem} ({number})")
        with suppress(FileExistsError):
            move_to_free_name(new, spare)
            return spare
    raise AssertionError  # a count does not end
