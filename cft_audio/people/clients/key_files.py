"""The pair of keys by which what is kept of clients is locked, as two files.

``clients.pub`` has the public one: whatever is kept is closed to it, and that asks nobody anything.
``clients.key`` has the private one, closed by a passphrase. They, and all that is closed, are in
the format of age (age-encryption.org), whose own program opens it without this one:
``age -d -i clients.key client.toml``. Only the key is under the passphrase, since to try one takes
seconds, each time, and is meant to.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.errors import LockedError
from cft_audio.files.private import write_private, write_private_bytes

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC, PRIVATE = "clients.pub", "clients.key"

_ABOUT = "# What cft-audio keeps of clients is closed to this key. clients.key opens it again.\n"
_IN_KEYRING = "# Its passphrase is in the keyring of this system.\n"

_LARGEST = 20_000
"""Bytes of either file; they have less than a thousand."""


@dataclass(frozen=True)
class PublicKey:
    """What is kept of clients is closed to it.

    Attributes:
        recipient: The key, as age writes it.
        in_keyring: Whether the passphrase of the other key is in the system's keyring.
    """

    recipient: str
    in_keyring: bool = False


_TOO_SLOW = "Excessive work"
"""What age says of a key that it will not try to open on this machine."""

_WAITS_S = (0.05, 0.1, 0.2, 0.3, 0.5, 0.5, 1.0, 1.0, 2.0, 2.0, 4.0, 4.0)
"""Seconds after which it is asked again."""


class WrongPassphraseError(Exception):
    """A passphrase does not open the private key."""


def age() -> Any:
    """Return the package that closes and opens.

    Raises:
        LockedError: If it is not installed.
    """
    try:
        import pyrage
    except ImportError as error:
        message = "locking what is kept of clients, and reading what is locked, takes pyrage"
        remedy = "Install it: pip install 'cft-audio[private]'"
        raise LockedError(message, remedy=remedy) from error
    return pyrage


def public_key(data: Path) -> PublicKey | None:
    """Return the key that everything is closed to; None where nothing is.

    Args:
        data: What a person keeps that is theirs alone.

    Raises:
        LockedError: If it is there and cannot be read.
    """
    file = data / PUBLIC
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST).decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file) from error
    keys = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    if not (recipient := next(filter(None, keys), "")).startswith("age1"):
        raise _unusable(file)
    return PublicKey(recipient, _IN_KEYRING.strip() in text)


def is_locked(data: Path) -> bool:
    """Return whether what is kept of clients is closed, as long as nothing goes wrong."""
    return (data / PUBLIC).exists()


def has_private_key(data: Path) -> bool:
    """Return whether there is a private key, which nothing may take the place of."""
    return (data / PRIVATE).exists()


def write_public_key(data: Path, key: PublicKey) -> None:
    """Write the public key, from which on everything is closed to it.

    Raises:
        OSError: If the disk does not allow it.
    """
    write_private(data / PUBLIC, f"{_ABOUT}{_IN_KEYRING * key.in_keyring}{key.recipient}\n")


def make_private_key(data: Path, passphrase: str) -> str:
    """Make a private key, write it closed by ``passphrase``, and return it.

    Raises:
        LockedError: If it cannot be closed.
        OSError: If the disk does not allow it.
    """
    private = str(age().x25519.Identity.generate())
    write_private_key(data, private, passphrase)
    return private


def write_private_key(data: Path, private: str, passphrase: str) -> None:
    """Write the private key closed by ``passphrase``; it takes seconds, and is meant to.

    Raises:
        LockedError: If it cannot be closed.
        OSError: If the disk does not allow it.
    """
    closed = age().passphrase.encrypt(f"{private}\n".encode(), passphrase)
    write_private_bytes(data / PRIVATE, closed)


def open_private_key(data: Path, passphrase: str) -> str:
    """Return the private key; it takes seconds, and is meant to.

    Raises:
        WrongPassphraseError: If the passphrase is another.
        LockedError: If the key cannot be read, or is none.
    """
    file = data / PRIVATE
    try:
        with file.open("rb") as opened:
            closed = opened.read(_LARGEST)
    except OSError as error:
        raise _unusable(file) from error
    lines = _decrypt(closed, passphrase).decode(errors="replace").splitlines()
    private = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    public_of(private)
    return private


def _decrypt(closed: bytes, passphrase: str) -> bytes:
    """Return what was closed by ``passphrase``.

    Age first tries how fast the machine is, and refuses what would take too long. On a busy one it
    is often wrong about that (one of two at a load of five on two cores), and right a moment later.
    """
    pyrage = age()
    for wait_s in _WAITS_S:
        try:
            content: bytes = pyrage.passphrase.decrypt(closed, passphrase)
        except pyrage.DecryptError as error:
            if _TOO_SLOW not in str(error):
                raise WrongPassphraseError from error
            time.sleep(wait_s)
        else:
            return content
    message = "this machine is too busy, or too slow, to try the passphrase"
    raise LockedError(message, remedy="Try again when it has less to do")


def public_of(private: str) -> str:
    """Return the public key of a private one, as age writes it.

    Raises:
        LockedError: If it is no key.
    """
    pyrage = age()
    try:
        return str(pyrage.x25519.Identity.from_str(private).to_public())
    except pyrage.IdentityError as error:
        raise LockedError(f"there is no key in {PRIVATE}", remedy=_FROM_A_COPY) from error


_FROM_A_COPY = "Put it back as it was, from a copy; without it nobody can read what is locked"


def _unusable(file: Path) -> LockedError:
    message = f"what is kept of clients is locked, and {file.name} is not there or cannot be used"
    return LockedError(message, remedy=_FROM_A_COPY, where=str(file))
