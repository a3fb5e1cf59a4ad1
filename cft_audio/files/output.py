"""Where a file that a person asked for goes; it appears there complete or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cft_audio.files.faults import name_taken, output_errors, unwritable
from cft_audio.files.names import windows_fault
from cft_audio.files.placing import move_to_free_name, replace_or_keep_both
from cft_audio.files.whole_file import sweep, unfinished_name, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Destination:
    """Where a file goes.

    Attributes:
        path: The file; its folder is made if missing.
        overwrite: Whether a file that is there already may be replaced.
        in_folder: Whether only its folder was asked for: where the name is taken, the file gets
            one of its own.
    """

    path: Path
    overwrite: bool = False
    in_folder: bool = False


def check_writable(destination: Destination) -> None:
    """Check that a file can be written to ``destination``; leave nothing behind.

    Raises:
        OutputError: If it is a folder, exists already and may not be overwritten, or its folder
            neither takes a file nor can be made.
    """
    path = destination.path
    with output_errors(path):
        _check_target(destination)
        parents = path.absolute().parents
        # On Windows there may be none: a drive that is not there.
        nearest = next((folder for folder in parents if os.path.lexists(folder)), parents[0])
        with tempfile.TemporaryFile(dir=nearest):
            pass


@contextmanager
def new_file(destination: Destination) -> Iterator[Path]:
    """Give an empty file to write to, and put it at ``destination`` once the block is done.

    Whatever ends the block early, an interrupt too, removes the file and leaves the destination
    as it was. The folder is made if missing. Unfinished files that a killed process left in it an
    hour ago or earlier are removed.

    Raises:
        OutputError: If the disk does not allow it, or a file exists there, or came to exist
            meanwhile, and may not be overwritten. What was written is kept under a numbered name
            where only the file that is there stands in its way, held open by a player.
    """
    path, faults = destination.path, partial(output_errors, destination.path)
    with faults():
        _check_target(destination)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
    place = replace_or_keep_both if destination.overwrite else move_to_free_name
    with write_whole(path, place=place, faults=faults) as unfinished:
        yield unfinished


def _check_target(destination: Destination) -> None:
    path = destination.path
    # While it is written, it has another name, which may be the longer one.
    names = (path.name, unfinished_name())
    longest = max(len(str(path.absolute().parent / name)) for name in names)
    if fault := windows_fault(path, longest):
        raise unwritable(path, fault, "‹Choose another name›")
    # Unlike Path.exists, this reports a name too long and a file where a folder should be.
    with suppress(FileNotFoundError):
        path.lstat()
        if destination.in_folder:
            return
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        if not destination.overwrite:
            raise name_taken(path)
        if sys.platform == "win32":
            _check_not_held(path)


def _check_not_held(path: Path) -> None:
    """Raise OSError if another program, such as a player, holds a file that would be replaced."""
    try:
        with path.open("r+b"):
            pass
    except PermissionError as error:
        raise OSError(errno.EBUSY, "", str(path)) from error
