"""The private key of a run, opened once, by a passphrase that is found or asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from cft_audio.errors import FileError, LockedError, RequestError
from cft_audio.files.folders import expanded
from cft_audio.people.clients import system_keyring
from cft_audio.people.clients.key_files import (
    WrongPassphraseError,
    age,
    open_private_key,
    public_key,
)
from cft_audio.schema.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VARIABLE = "CFT_AUDIO_PASSPHRASE_FILE"
"""Names a file that has the passphrase."""

SHORTEST = 8
"""Characters of a passphrase; four words that nobody expects beside each other are better."""

_TRIES = 3


@dataclass(frozen=True)
class OpenedKeys:
    """A private key that was opened: what a process of this program is given by its pipe.

    Attributes:
        private: The key.
    """

    private: str = field(repr=False)

    def private_key(self) -> str:
        """Return it."""
        return self.private


def opened_keys(data: Path, passphrase: str) -> OpenedKeys:
    """Return the private key, opened by a passphrase.

    Raises:
        LockedError: If it is another, or the key cannot be read.
    """
    try:
        return OpenedKeys(open_private_key(data, passphrase))
    except WrongPassphraseError as error:
        message = "the passphrase does not open what is kept of clients"
        raise LockedError(message, remedy="Nothing was changed; try again") from error


class Unlocking:
    """Opens the private key, once for a run, however often it is needed.

    Pickled, it is the key that was opened, or asks nobody.

    Args:
        data: Where the key is.
        environ: The environment, which may name a file with the passphrase.
        ask: Asks a person for the passphrase, given the question, and returns None where nobody is
            there; None itself to ask nobody.
    """

    def __init__(
        self,
        data: Path,
        environ: Mapping[str, str],
        ask: Callable[[str], str | None] | None = None,
    ) -> None:
        self._data, self._environ, self._ask = data, environ, ask
        self._turn = Lock()
        self._private: str | None = None
        self._failed: LockedError | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        if self._private is None:
            return Unlocking, (self._data, {})
        return OpenedKeys, (self._private,)

    @property
    def unasked(self) -> Unlocking:
        """The same, for what is not worth a question."""
        if self._private is not None:
            return self
        return Unlocking(self._data, self._environ)

    def unlock(self, passphrase: str) -> None:
        """Open the key by a passphrase that somebody gave unasked; it takes seconds.

        Raises:
            LockedError: If it is another, or the key cannot be read; all is as before then.
        """
        private = opened_keys(self._data, passphrase).private_key()
        with self._turn:
            self._private, self._failed = private, None

    def lock(self) -> None:
        """Know the key no more, until it is opened by ``unlock``."""
        message = "what is kept of clients was locked again"
        with self._turn:
            self._private = None
            self._failed = LockedError(message, remedy="Unlock it with the passphrase first")

    def private_key(self) -> str:
        """Return the private key.

        Raises:
            LockedError: If nobody knows the passphrase, or the key cannot be read.
        """
        with self._turn:
            if self._failed:
                raise self._failed
            if self._private is None:
                try:
                    self._private = self._open()
                except LockedError as error:
                    self._failed = error
                    raise
            return self._private

    def _open(self) -> str:
        age()  # nobody is asked for what could not be opened here
        if named := self._environ.get(VARIABLE):
            return self._open_by_file(named)
        key = public_key(self._data)
        if key and key.in_keyring and (kept := system_keyring.recall(key.recipient)):
            try:
                return open_private_key(self._data, kept)
            except WrongPassphraseError:  # it was changed since, on another machine perhaps
                pass
        return self._open_by_asking()

    def _open_by_file(self, named: str) -> str:
        try:
            return open_private_key(self._data, read_passphrase(Path(named)))
        except WrongPassphraseError as error:
            message = f"the passphrase in {named} does not open what is kept of clients"
            remedy = "Name a file that has the passphrase set last"
            raise LockedError(message, remedy=remedy, where=VARIABLE) from error
        except (FileError, RequestError) as error:
            message = f"{named}: {error.message}"
            raise LockedError(message, remedy=error.remedy, where=VARIABLE) from error

    def _open_by_asking(self) -> str:
        question = "Passphrase of your clients"
        for _ in range(_TRIES):
            passphrase = self._ask(question) if self._ask else None
            if passphrase is None:
                message = "what is kept of clients is locked, and nobody is there to be asked"
                remedy = f"Run it at a terminal, or name a file with the passphrase in {VARIABLE}"
                raise LockedError(message, remedy=remedy)
            try:
                return open_private_key(self._data, passphrase)
            except WrongPassphraseError:
                question = "That is not it. Passphrase of your clients"
        message = f"none of {_TRIES} passphrases opens what is kept of clients"
        raise LockedError(message, remedy="Nothing was changed; try again")


def read_passphrase(file: Path) -> str:
    """Return the passphrase in a file, which has one line.

    Raises:
        FileError: If it cannot be read.
        RequestError: If it has several lines, or what cannot be a passphrase.
    """
    lines = read_text(expanded(file), FileError, 10_000).removeprefix("\ufeff").splitlines()
    if len(lines) != 1:
        message = f"a file with a passphrase has one line, and this one has {len(lines)}"
        raise RequestError(message, remedy="Write the passphrase in it, and nothing else")
    return lines[0]


def check_passphrase(passphrase: str) -> None:
    """Check that a passphrase can be set.

    Raises:
        RequestError: If it is too short, or could not be typed again.
    """
    if any(unicodedata.category(character) == "Cc" for character in passphrase):
        message, remedy = "there is a character in the passphrase that nobody can type", ""
        raise RequestError(message, remedy=remedy)
    if len(passphrase) < SHORTEST:
        message = f"a passphrase has at least {SHORTEST} characters"
        remedy = "Take four or more words that nobody expects beside each other"
        raise RequestError(message, remedy=remedy)
