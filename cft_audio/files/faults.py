"""What a failing disk means to the person whose recording it was to hold."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from cft_audio.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_ELSEWHERE = "‹Choose another place›"

_CAUSES = {
    errno.ENOSPC: ("the disk is full", "Make room on it, or ‹choose another place›"),
    errno.EDQUOT: ("your disk quota is used up", "Make room, or ‹choose another place›"),
    errno.EFBIG: ("the file grows larger than this disk or account allows", _ELSEWHERE),
    errno.EACCES: ("you may not write there", _ELSEWHERE),
    errno.EPERM: ("you may not write there", _ELSEWHERE),
    errno.EROFS: ("that disk is read-only", _ELSEWHERE),
    errno.ENOTDIR: ("part of that path is a file, not a folder", _ELSEWHERE),
    errno.EISDIR: ("that is a folder", "‹Name a file›"),
    errno.ENAMETOOLONG: ("that name is too long for this disk", "‹Name a shorter one›"),
    errno.ENOENT: ("that place does not exist, or went away meanwhile", _ELSEWHERE),
    errno.EIO: ("the disk reports an error", _ELSEWHERE),
}


def output_error(error: OSError, path: Path) -> OutputError:
    """Return what to tell a person when ``error`` kept ``path`` from being written."""
    return _named(path, *_CAUSES.get(error.errno or 0, (error.strerror or str(error), _ELSEWHERE)))


def encoder_error(said: str, status: int, path: Path) -> OutputError:
    """Return what to tell a person when ffmpeg ended early.

    Args:
        said: What it printed; it ends with the C library's words for the cause, if any.
        status: Its exit status, negative for a signal.
        path: The recording.
    """
    for known, words in (
        (errno.ENOSPC, "No space left"),
        (errno.EDQUOT, "quota exceeded"),
        (errno.EFBIG, "File too large"),
        (errno.EACCES, "Permission denied"),
        (errno.EROFS, "Read-only file system"),
        (errno.EIO, "Input/output error"),
    ):
        if words.lower() in said.lower():
            return _named(path, *_CAUSES[known])
    lines = said.strip().splitlines()
    last = lines[-1] if lines else "it gave no reason"
    return _named(
        path,
        f"the MP3 encoder stopped with status {status}: {last}",
        "Look at what ‹check machine› says of it",
    )


def _named(path: Path, cause: str, remedy: str) -> OutputError:
    return OutputError(f"it cannot be written: {cause}", remedy=remedy, where=str(path))
