"""Where each client's things are kept: a folder of their own, for its owner alone.

It is called by the client's code; that of somebody for whom only words were ever kept, by the name
that they were kept under. Whatever is read and written there as text goes through
``read_private_text`` and ``write_private_text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from cft_audio.errors import Problem, RequestError, sentences
from cft_audio.files.folders import PersonalPlace
from cft_audio.files.names import is_device
from cft_audio.files.private import write_private_bytes
from cft_audio.people.clients.codes import is_code
from cft_audio.people.clients.sealing import MORE_BYTES, ClientSeal
from cft_audio.schema.files import LARGEST, read_bytes, text_of
from cft_audio.schema.suggest import nearest
from cft_audio.speech.text.lexicon import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.errors import FileError
    from cft_audio.files.folders import Keys, Seal

LOCK = "people"
"""Held while anything that is kept of people is changed, so that none undoes another's change."""

CLIENTS = "clients"
"""The folder of all clients, in what a person keeps that is theirs alone."""

STUDIO = "studio"
"""The folder of what the studio keeps, among what a person keeps, and among each client's."""

NOTES = "notes"
"""The folder, in that one, of what is noted of listening to recordings."""

ROSTERS = "rosters"
"""The folder of copies of rosters that were given to the studio: they name many clients at once."""

_FILE, _WORDS, _TAKES, _MADE = "client.toml", "lexicon.toml", "takes", "made.jsonl"

_LONGEST_NAME = 200
"""Characters of a folder's name; the usual file systems take 255 bytes."""


@dataclass(frozen=True)
class ClientPlace:
    """The folder of one client, which need not exist.

    Attributes:
        called: The client's code, or the name that words are kept under.
        folder: The folder.
        seal: What closes what is kept there; None for nothing.
    """

    called: str
    folder: Path
    seal: Seal | None = field(default=None, repr=False, compare=False)

    @property
    def file(self) -> Path:
        """The client's file."""
        return self.folder / _FILE

    @property
    def words(self) -> Path:
        """The lexicon of a client who has no file."""
        return self.folder / _WORDS

    @property
    def made(self) -> Path:
        """Where it is noted which files were made for the client."""
        return self.folder / _MADE

    @property
    def personal(self) -> PersonalPlace:
        """Where lines are kept in which something of the client's own is said."""
        return PersonalPlace(self.folder / _TAKES, self.seal, self.made)

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept of the client."""
        kept = (self.file, self.words, self.made, self.folder / _TAKES)
        try:
            return any(path.exists() for path in kept)
        except OSError:  # it may not be looked into, and so there is something
            return True


def place_of(
    client: str, data: Path, keys: Keys | None = None, field: str = "client"
) -> ClientPlace:
    """Return where the things of ``client`` are kept; the case and form of a name don't matter.

    Args:
        client: A code, or the name that words are kept under.
        data: What a person keeps that is theirs alone.
        keys: Gives the key to what is locked.
        field: The field that an error is about.

    Raises:
        RequestError: If it is neither.
    """
    # What is no text (a byte that a terminal could not read) is no part of a name.
    name = " ".join(client.encode(errors="ignore").decode().split())
    known = {_key(other): other for other in known_clients(data)}
    called = known.get(_key(name), name)
    folder = _folder_name(called)
    if not any(character.isalnum() for character in name) or len(folder) > _LONGEST_NAME:
        message = f"'{client}' cannot be a client's name"
        remedy = "Give a name with letters in it, and not a long one"
        raise RequestError(message, remedy=remedy, field=field)
    return ClientPlace(called, data / CLIENTS / folder, ClientSeal(data, keys))


def known_place(
    client: str, data: Path, keys: Keys | None = None, field: str = "client"
) -> ClientPlace:
    """Return where the things of ``client`` are kept, of whom there has to be something.

    Args:
        client: As ``place_of``.
        data: Likewise.
        keys: Likewise.
        field: Likewise.

    Raises:
        RequestError: If nothing is kept of them. Another client is named only if that is very
            likely the one who was meant: who they are is nobody else's to see.
    """
    place = place_of(client, data, keys, field)
    if not place.is_kept:
        begin = f"‹new client:{client}›" if is_code(client) else "‹new client›"
        remedy = sentences(nearest(client, known_clients(data)), f"Begin with {begin}")
        message = f"nothing is kept for a client called '{client}'"
        raise RequestError(message, remedy=remedy, field=field)
    return place


def client_folder(code: str, data: Path) -> Path:
    """Return the folder of the client called ``code``.

    Raises:
        RequestError: If no client can be called so.
    """
    return place_of(code, data).folder


def known_clients(data: Path) -> list[str]:
    """Return the codes, and names, of the clients of whom something is kept, sorted."""
    try:
        folders = [path for path in (data / CLIENTS).iterdir() if path.is_dir()]
    except OSError:  # there is none yet, or it may not be looked into
        return []
    places = (ClientPlace(unquote(folder.name), folder) for folder in folders)
    return sorted((place.called for place in places if place.is_kept), key=key_of)


def read_private_text(
    file: Path,
    error: type[FileError],
    seal: Seal | None,
    largest: int = LARGEST,
    *,
    needed: bool = True,
) -> str:
    """Return what is written in a file of a client's folder.

    Args:
        file: The file.
        error: What is raised.
        seal: What opens it, if it is closed; None for a file that nobody has closed.
        largest: The most bytes that it may have.
        needed: Whether it is wrong for the file not to be there; it is read as empty otherwise.

    Raises:
        FileError: As ``error``, if it cannot be read.
        LockedError: If it is locked, and cannot be opened.
    """
    if not (needed or file.exists()):
        return ""
    content = read_bytes(file, error, largest + MORE_BYTES)
    try:
        opened = seal.open(content) if seal else content
    except ValueError as fault:
        raise error([Problem(str(file), 0, f"it cannot be opened: {fault}")]) from fault
    return text_of(opened, file, error, largest)


def write_private_text(file: Path, text: str, seal: Seal | None) -> None:
    """Write a file of a client's folder, whole or not at all, for its owner alone.

    Args:
        file: The file.
        text: What is written.
        seal: What closes it, where that is wished; None for nothing.

    Raises:
        OSError: If the disk does not allow it.
        LockedError: If it cannot be closed.
    """
    content = text.encode()
    write_private_bytes(file, seal.close(content) if seal else content)


def _key(client: str) -> str:
    """Return the one form of all that mean the same client; files cannot tell A_1 from a-1."""
    return key_of(client).replace("_", "-")


def _folder_name(client: str) -> str:
    """Return a folder's name for ``client`` that every file system takes, and can be read back."""
    name = quote(client, safe=" ").replace(".", "%2E")
    # Con is a name of people as well.
    return f"%{ord(name[0]):02X}{name[1:]}" if is_device(name) else name
