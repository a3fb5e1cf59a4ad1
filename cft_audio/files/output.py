"""A file appears at its path complete or not at all."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.errors import OutputError
from cft_audio.files.faults import output_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PART_PREFIX = ".cft-audio-"
PART_SUFFIX = ".part"

_STALE_S = 600
"""Seconds after which an unfinished file that nobody writes to was left by a killed process; the
encoder writes several times a second."""


@dataclass(frozen=True)
class Destination:
    """Where a file goes.

    Attributes:
        path: The file; its folder is made if missing.
        overwrite: Whether a file that is there already may be replaced.
    """

    path: Path
    overwrite: bool = False


def check_writable(destination: Destination) -> None:
    """Return if a recording can be written to ``destination``; leave nothing behind.

    Raises:
        OutputError: If it is a folder, exists already and may not be overwritten, or its folder
            neither takes a file nor can be made.
    """
    path = destination.path
    try:
        _check_target(destination)
        parents = path.absolute().parents
        # On Windows there may be none: a drive that is not there.
        nearest = next((place for place in parents if os.path.lexists(place)), parents[0])
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise output_error(error, path) from error


@contextmanager
def new_file(destination: Destination) -> Iterator[Path]:
    """Give an empty file to write to, and put it at ``destination`` once the block is done.

    Whatever ends the block early, an interrupt too, removes the file and leaves the destination
    as it was. The folder is made if missing. Unfinished files that a killed process left in it ten
    minutes ago or earlier are removed.

    Raises:
        OutputError: If the disk does not allow it, or a file exists there, or came to exist
            meanwhile, and may not be overwritten.
    """
    path = destination.path
    try:
        _check_target(destination)
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
    except OSError as error:
        raise output_error(error, path) from error
    part = path.parent / f"{PART_PREFIX}{secrets.token_hex(6)}{PART_SUFFIX}"
    try:
        try:
            part.open("xb").close()
        except OSError as error:
            raise output_error(error, path) from error
        yield part
        try:
            _sync(part)
            if destination.overwrite:
                part.replace(path)
            else:
                _move_to_free_name(part, path)
        except FileExistsError:
            raise _exists(path) from None
        except OSError as error:
            raise output_error(error, path) from error
    finally:
        # Nothing better can be done about one that cannot be removed; the next sweep tries again.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _check_target(destination: Destination) -> None:
    path = destination.path
    # Unlike Path.exists, this reports a name too long and a file where a folder should be.
    with suppress(FileNotFoundError):
        path.lstat()
        if path.is_dir():
            raise OutputError(
                "it cannot be written: that is a folder",
                remedy="‹Name a file›",
                where=str(path),
            )
        if not destination.overwrite:
            raise _exists(path)


def _exists(path: Path) -> OutputError:
    return OutputError(
        "there is a file of this name already",
        remedy="‹Overwrite it›, or ‹choose another name›",
        where=str(path),
    )


def _move_to_free_name(part: Path, path: Path) -> None:
    """Move ``part`` to ``path`` unless something has come to be there.

    Raises:
        FileExistsError: If something has.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # Disks without hard links (FAT, some network shares): claim the name, then take it.
        path.open("xb").close()
        try:
            part.replace(path)
        except BaseException:
            path.unlink()
            raise


def _sync(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _sweep(folder: Path) -> None:
    oldest = time.time() - _STALE_S
    for left in folder.glob(f"{PART_PREFIX}*{PART_SUFFIX}"):
        # Another process may remove it first, or hold it open.
        with suppress(OSError):
            if left.lstat().st_mtime < oldest:
                left.unlink()
