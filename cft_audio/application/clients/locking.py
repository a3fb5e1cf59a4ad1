"""All that is kept of clients closed, or opened again: each file whole in one form or the other.

Whatever ends this midway, what is there can be read as before, and the same once more goes on.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.application.clients.files import COPY
from cft_audio.errors import LockedError, OutputError, RequestError
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private
from cft_audio.files.whole_file import PREFIX, SUFFIX, write_whole
from cft_audio.people.clients import system_keyring
from cft_audio.people.clients.key_files import (
    PRIVATE,
    PUBLIC,
    PublicKey,
    age,
    has_private_key,
    is_locked,
    make_private_key,
    public_key,
    public_of,
    write_private_key,
    write_public_key,
)
from cft_audio.people.clients.places import CLIENTS, LOCK, ROSTERS
from cft_audio.people.clients.sealing import ClientSeal, is_closed, opened
from cft_audio.people.clients.unlocking import check_passphrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cft_audio.files.folders import Folders, Keys

ABOUT = (
    "Files, words, notes and spoken lines of your clients are closed until a passphrase is given.",
    "Recordings, and what else was made for them, stay as they are.",
    "A lost passphrase is final: without it nobody can read what is locked, neither you nor we.",
)
"""What a person has to know before a passphrase is set."""

_BEGINNING = 32
"""Bytes by which it is told whether a file is closed."""


@dataclass(frozen=True)
class Changed:
    """What became of the files that are kept of clients.

    Attributes:
        files: How many were closed, or opened.
        in_keyring: Whether the passphrase is in the system's keyring.
    """

    files: int
    in_keyring: bool = False


def lock_clients(folders: Folders, passphrase: Callable[[], str], *, keyring: bool) -> Changed:
    """Close all that is kept of clients, now and from now on.

    Where that was begun before, or done, the passphrase stays, and what is not closed is.

    Args:
        folders: Where it is kept.
        passphrase: Gives the passphrase to be set; asked where none was.
        keyring: Whether the system's keyring is to keep it.

    Raises:
        LockedError: If it cannot be locked here.
        RequestError: If it cannot be a passphrase, or an editor has a client's file open.
        OutputError: If the disk does not allow it.
    """
    age()
    data = folders.data
    _check_closed_editors(data / CLIENTS)
    with _disk(data):
        make_private(data)
        if not is_locked(data):
            _begin(data, folders.keys, passphrase, keyring=keyring)
        seal, key = ClientSeal(data), public_key(data)
        with hold_lock(data, LOCK):
            files = sum(_rewrite(file, seal.close) for file in _files(data) if not _closed(file))
    return Changed(files, key is not None and key.in_keyring)


def unlock_clients(folders: Folders) -> Changed:
    """Open all that is kept of clients, and remove the keys.

    Raises:
        LockedError: If it is not locked, the passphrase is not known, or a file cannot be opened.
        OutputError: If the disk does not allow it.
    """
    data = folders.data
    private = _private_key(folders)
    failed: list[Path] = []

    def read(content: bytes) -> bytes:
        return opened(content, private)

    def open_all() -> int:
        count = 0
        for file in filter(_closed, _files(data)):
            try:
                count += _rewrite(file, read)
            except ValueError:
                failed.append(file)
        return count

    with _disk(data), hold_lock(data, LOCK):
        count, key = open_all(), public_key(data)
        if not failed:
            # From here on nothing is closed any more; what was meanwhile, is opened after it.
            (data / PUBLIC).unlink(missing_ok=True)
            count += open_all()
        if failed:
            count, is_one = len(failed), len(failed) == 1
            what = f"{count} {'file is' if is_one else 'files are'} damaged, or closed to another"
            message = f"{what} key, and {'stays' if is_one else 'stay'} closed"
            remedy = "Remove what is damaged, or put it back from a copy; the keys stay until then"
            raise LockedError(message, remedy=remedy, where=str(failed[0]))
        (data / PRIVATE).unlink(missing_ok=True)
    if key and key.in_keyring:
        system_keyring.forget(key.recipient)
    return Changed(count)


def change_passphrase(folders: Folders, passphrase: Callable[[], str], *, keyring: bool) -> Changed:
    """Set another passphrase; what is locked stays as it is.

    Args:
        folders: Where it is kept.
        passphrase: Gives the new one.
        keyring: Whether the system's keyring is to keep it, as it goes on doing.

    Raises:
        LockedError: If it is not locked, or the passphrase is not known.
        RequestError: If the new one cannot be one.
        OutputError: If the disk does not allow it.
    """
    data = folders.data
    private, key = _private_key(folders), public_key(data)
    new = passphrase()
    check_passphrase(new)
    kept = False
    with _disk(data):
        write_private_key(data, private, new)
        if key and (keyring or key.in_keyring):
            kept = system_keyring.remember(key.recipient, new)
            write_public_key(data, PublicKey(key.recipient, kept))
    return Changed(0, kept)


def _begin(data: Path, keys: Keys | None, passphrase: Callable[[], str], *, keyring: bool) -> None:
    """Set a passphrase, or go on with the one that was set, and close from now on."""
    new = None
    if not has_private_key(data):
        new = passphrase()
        check_passphrase(new)
    with hold_lock(data, LOCK):
        if new is None or has_private_key(data):
            # What was closed to it is lost without it, and so it is never replaced.
            new, private = None, keys.private_key() if keys else ""
        else:
            private = make_private_key(data, new)
        recipient = public_of(private)
        write_public_key(data, PublicKey(recipient))
    if keyring and new is not None and system_keyring.remember(recipient, new):
        write_public_key(data, PublicKey(recipient, in_keyring=True))


def _private_key(folders: Folders) -> str:
    if not (is_locked(folders.data) or has_private_key(folders.data)):
        raise LockedError("what is kept of clients is not locked")
    if folders.keys is None:
        raise LockedError("the passphrase is not known")
    return folders.keys.private_key()


def _check_closed_editors(clients: Path) -> None:
    if left := next(clients.glob(f"*/{COPY}*"), None):
        message = "a client's file is open in an editor, or was when that was ended"
        remedy = "Close the editor; where there is none, remove this folder"
        raise RequestError(message, remedy=remedy, where=str(left))


def _files(data: Path) -> Iterator[Path]:
    """Yield every file that is kept of clients; what killed programs left unfinished goes."""
    for path in sorted(path for name in (CLIENTS, ROSTERS) for path in (data / name).rglob("*")):
        if path.name.startswith(PREFIX) and path.name.endswith(SUFFIX):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        elif path.is_file():
            yield path


def _closed(file: Path) -> bool:
    with file.open("rb") as content:
        return is_closed(content.read(_BEGINNING))


def _rewrite(file: Path, change: Callable[[bytes], bytes]) -> int:
    """Write a file as ``change`` makes it, its rights and its time as they were; return 1."""
    target = file.resolve()
    status = target.stat()
    content = change(target.read_bytes())
    with write_whole(target, mode=stat.S_IMODE(status.st_mode)) as beside:
        beside.write_bytes(content)
        os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
    return 1


@contextmanager
def _disk(data: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"it cannot be written: {error.strerror}; what was done until then stays"
        remedy = "See to its rights, or to room on its disk, and run the same again"
        raise OutputError(message, remedy=remedy, where=str(data)) from error
