"""What closes what is kept of clients, from the moment that somebody wishes it to be closed.

Whether it does is looked up each time: a program that began before that moment closes what it keeps
after it. What was never closed is opened as it is, so that files may be closed one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cft_audio.errors import LockedError
from cft_audio.people.clients.key_files import age, is_locked, public_key

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.files.folders import Keys

MORE_BYTES = 10_000
"""What a file of text can have more when it is closed: some 200 bytes, and a few each 64 kB."""

_BEGINNING = b"age-encryption.org/"


@dataclass(frozen=True)
class ClientSeal:
    """Closes what is kept of clients, and opens it.

    Attributes:
        data: What a person keeps that is theirs alone.
        keys: Gives the private key; None where nobody does.
    """

    data: Path
    keys: Keys | None = field(default=None, repr=False, compare=False)

    @property
    def closes(self) -> bool:
        """Whether what is kept now is closed."""
        return is_locked(self.data)

    def close(self, content: bytes) -> bytes:
        """Return ``content`` closed, or as it is where that is not wished.

        Raises:
            LockedError: If it cannot be closed.
        """
        key = public_key(self.data)
        if key is None or is_closed(content):
            return content
        closed: bytes = age().encrypt(content, [_recipient(key.recipient)])
        return closed

    def open(self, closed: bytes) -> bytes:
        """Return what was closed; what never was, as it is.

        Raises:
            ValueError: If it was closed to another key, or is damaged.
            LockedError: If it cannot be opened.
        """
        if not is_closed(closed):
            return closed
        if self.keys is None:
            message = "what is kept of clients is locked, and was not unlocked"
            raise LockedError(message, remedy="Unlock it with the passphrase first")
        return opened(closed, self.keys.private_key())


def is_closed(content: bytes) -> bool:
    """Return whether ``content`` was closed, by its beginning."""
    return content.startswith(_BEGINNING)


def opened(closed: bytes, private: str) -> bytes:
    """Return what was closed to the public key of ``private``.

    Raises:
        ValueError: If it was closed to another, or is damaged.
        LockedError: If it cannot be opened here.
    """
    pyrage = age()
    try:
        content: bytes = pyrage.decrypt(closed, [_identity(private)])
    except pyrage.DecryptError as error:
        raise ValueError("it was closed to another key, or is damaged") from error
    return content


@lru_cache(maxsize=2)
def _identity(private: str) -> Any:
    return age().x25519.Identity.from_str(private)


@lru_cache(maxsize=2)
def _recipient(recipient: str) -> Any:
    pyrage = age()
    try:
        return pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        message = "the key that everything is closed to is damaged"
        raise LockedError(message, remedy="Put clients.pub back from a copy") from error
