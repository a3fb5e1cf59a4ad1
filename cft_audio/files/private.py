"""Small files that are a person's own: whole or as they were, and for nobody else to read."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Write ``text`` to ``file``, beside it first, so that it is whole or as it was.

    Its folder, and what is missing above it, are made for its owner alone, and so is the file; one
    that its owner has opened to others stays open to them.

    Raises:
        OSError: If the disk does not allow it.
    """
    make_private(file.parent)
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0o600
    target = file.resolve()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".cft-audio-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as part:
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def make_private(folder: Path) -> None:
    """Make ``folder``, and what is missing above it, for its owner alone.

    Raises:
        OSError: If the disk does not allow it.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
