"""For which clients something is being made: none of them is forgotten in the middle of it.

What was forgotten would come back otherwise: as spoken lines, as notes of what was made. Each run
that works for clients has two files for as long as it lasts: one that it holds locked, and one that
says for whom, by hashes. What a killed run leaves of them is removed by the next.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from cft_audio.files.locks import hold_lock, is_held
from cft_audio.files.private import make_private, write_private
from cft_audio.files.whole_file import PREFIX
from cft_audio.people.clients.places import LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.files.folders import Folders

_FOLDER, _SAYS, _HOLDS = "at-work", ".json", ".lock"


@contextmanager
def at_work(*each: Folders) -> Iterator[None]:
    """Keep the clients whose own places folders have from being forgotten while the block runs.

    Whoever begins looks afterwards whether they are kept still. Where the disk takes nothing,
    nothing could come back either, and the block runs all the same.

    Args:
        each: The folders; those in which no client has a place are passed over.
    """
    keys = {_key(f.personal.folder.parent) for f in each if f.personal}
    if not keys:
        yield
        return
    data = next(f.data for f in each if f.personal)
    folder, name = data / _FOLDER, secrets.token_hex(6)
    with ExitStack() as stack:
        stack.callback(_leave, folder, name)
        with suppress(OSError):
            make_private(folder)
            stack.enter_context(hold_lock(folder, name))
            with hold_lock(data, LOCK):
                _sweep(folder)
                write_private(folder / f"{name}{_SAYS}", "\n".join(sorted(keys)))
        yield


def is_at_work_for(client: Path, data: Path) -> bool:
    """Return whether a run works for a client; to be asked while ``places.LOCK`` is held.

    Args:
        client: The client's folder.
        data: What a person keeps that is theirs alone.

    Raises:
        OSError: If the disk does not allow it.
    """
    key, folder = _key(client), data / _FOLDER
    _sweep(folder)
    return any(key in said.read_text(encoding="utf-8") for said in folder.glob(f"*{_SAYS}"))


def _sweep(folder: Path) -> None:
    """Remove what killed runs have left; nobody else writes there while ``places.LOCK`` is held."""
    for unfinished in folder.glob(f"{PREFIX}*"):
        unfinished.unlink(missing_ok=True)
    for name in {path.stem for path in folder.glob("*.*")}:
        if not is_held(folder, name):
            _remove(folder, name)
    with suppress(OSError):  # runs are at work
        folder.rmdir()


def _leave(folder: Path, name: str) -> None:
    _remove(folder, name)
    with suppress(OSError):  # other runs are at work
        folder.rmdir()


def _remove(folder: Path, name: str) -> None:
    for ending in (_SAYS, _HOLDS):
        with suppress(OSError):
            (folder / f"{name}{ending}").unlink(missing_ok=True)


def _key(client: Path) -> str:
    return hashlib.sha256(client.name.encode(errors="surrogateescape")).hexdigest()
