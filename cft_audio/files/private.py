"""Small files that are a person's own: whole or as they were, and for nobody else to read."""

from __future__ import annotations

import errno
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cft_audio.files.names import windows_fault
from cft_audio.files.whole_file import OWNER_ONLY, sweep, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Write ``text`` to ``file``, as ``write_private_bytes``.

    Raises:
        OSError: Likewise.
    """
    write_private_bytes(file, text.encode())


def write_private_bytes(file: Path, content: bytes) -> None:
    """Write ``content`` to ``file`` so that the file is whole or as it was.

    Its folder, and what is missing above it, are made for its owner alone, and so is the file; one
    that its owner has opened to others stays open to them. A link is followed, and stays.

    Raises:
        OSError: If the disk does not allow it, or Windows does not take the name.
    """
    if fault := windows_fault(file, len(str(file.absolute()))):
        raise OSError(errno.EINVAL, fault, str(file))
    make_private(file.parent)
    sweep(file.parent)
    target = file.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else OWNER_ONLY
    with write_whole(target, mode=mode) as beside:
        beside.write_bytes(content)


def is_open_to_others(file: Path) -> bool:
    """Return whether other accounts of this machine may read ``file``; where none can tell, not."""
    others = stat.S_IRWXG | stat.S_IRWXO
    with suppress(OSError):
        return sys.platform != "win32" and bool(file.stat().st_mode & others)
    return False


def make_private(folder: Path) -> None:
    """Make ``folder``, and what is missing above it, for its owner alone.

    Raises:
        OSError: If the disk does not allow it.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
