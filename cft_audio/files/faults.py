"""OS errors while writing, as messages."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cft_audio.errors import NameTakenError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    errno.EINVAL: ("that name holds a character that this disk does not take", _ELSEWHERE),
    errno.ENOENT: ("that place does not exist, or went away meanwhile", _ELSEWHERE),
    errno.EIO: ("the disk reports an error", _ELSEWHERE),
    errno.EBUSY: (
        "the file there is open in another program, such as a player, or is protected",
        "Close it there, or ‹choose another place›",
    ),
}


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn an OSError in the block, in which ``path`` is written, into an OutputError.

    Raises:
        OutputError: In its place.
    """
    try:
        yield
    except FileExistsError as error:
        raise name_taken(path) from error
    except OSError as error:
        cause, remedy = _CAUSES.get(error.errno or 0, (error.strerror or str(error), _ELSEWHERE))
        if error.errno == errno.EBUSY and error.filename2:
            cause = f"{cause}. The new one is kept as '{error.filename2}'"
            remedy = "Close the other program; then the new one can take its place"
        raise unwritable(path, cause, remedy) from error


def name_taken(path: Path) -> OutputError:
    """Return the error for a file that is there already and may not be overwritten."""
    return NameTakenError(
        "there is a file of this name already",
        remedy="‹Choose another name›, or ‹overwrite it›",
        where=str(path),
    )


def encoder_error(complaint: str, status: int, path: Path) -> OutputError:
    """Return the error for a person when ffmpeg ended early.

    Args:
        complaint: What it printed; it ends with the C library's words for the cause, if any.
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
        if words.lower() in complaint.lower():
            return unwritable(path, *_CAUSES[known])
    last = (complaint.strip() or "it gave no reason").splitlines()[-1]
    cause = f"the encoder stopped with status {status}: {last}"
    return unwritable(path, cause, "Look at what ‹check machine› says of it")


def unwritable(path: Path, cause: str, remedy: str) -> OutputError:
    """Return the error for a file that cannot be written, for ``cause``."""
    return OutputError(f"it cannot be written: {cause}", remedy=remedy, where=str(path))
