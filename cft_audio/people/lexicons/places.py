"""Where lexicons are kept: a person's own, one for each client, and any file of a therapist's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from cft_audio.errors import RequestError, sentences
from cft_audio.files.folders import expanded
from cft_audio.files.names import is_device
from cft_audio.schema.suggest import nearest
from cft_audio.speech.text.lexicon import key_of

if TYPE_CHECKING:
    from pathlib import Path

_NAME, _CLIENTS = "lexicon.toml", "clients"

_LONGEST_NAME = 200
"""Characters of a folder's name; the usual file systems take 255 bytes."""


@dataclass(frozen=True)
class LexiconFile:
    """The file that a lexicon is kept in.

    Attributes:
        name: Whose it is, in a few words.
        file: The file, which need not exist.
        field: The field that names it; empty for a person's own.
    """

    name: str
    file: Path
    field: str = ""


def own_lexicon(data: Path) -> LexiconFile:
    """Return where the lexicon of whoever uses this machine's account is kept."""
    return LexiconFile("your own", data / _NAME)


def file_lexicon(path: Path) -> LexiconFile:
    """Return the lexicon in the file ``path``."""
    return LexiconFile(str(path), expanded(path), "lexicon")


def client_lexicon(client: str, data: Path) -> LexiconFile:
    """Return where the lexicon of ``client`` is kept; a name's case and form don't matter.

    Raises:
        RequestError: If it is no name.
    """
    # What is no text (a byte that a terminal could not read) is no part of a name.
    name = " ".join(client.encode(errors="ignore").decode().split())
    known = {key_of(other): other for other in clients(data)}
    known_name = known.get(key_of(name), name)
    folder = _folder_name(known_name)
    if not any(character.isalnum() for character in name) or len(folder) > _LONGEST_NAME:
        message = f"'{client}' cannot be a client's name"
        remedy = "Give a name with letters in it, and not a long one"
        raise RequestError(message, remedy=remedy, field="client")
    return LexiconFile(f"client {known_name}", data / _CLIENTS / folder / _NAME, "client")


def known_client(client: str, data: Path) -> LexiconFile:
    """Return where the lexicon of ``client`` is kept, which has to be there.

    Raises:
        RequestError: If nothing is kept for a client of that name.
    """
    lexicon = client_lexicon(client, data)
    if not lexicon.file.is_file():
        message, remedy = unknown_client(client, data)
        raise RequestError(message, remedy=remedy, field="client")
    return lexicon


def unknown_client(client: str, data: Path) -> tuple[str, str]:
    """Return in words that nothing is kept for ``client``, and what to do about it."""
    # Only a near miss is named: the list of clients is nobody else's to see.
    begin = f"Begin with: ‹pronounce client's word:{client}›"
    message = f"no words are kept for a client called '{client}'"
    return message, sentences(nearest(client, clients(data)), begin)


def clients(data: Path) -> list[str]:
    """Return the names of the clients that have a lexicon, sorted."""
    files = (data / _CLIENTS).glob(f"*/{_NAME}")
    return sorted((unquote(path.parent.name) for path in files), key=key_of)


def _folder_name(client: str) -> str:
    """Return a folder's name for ``client`` that every file system takes, and can be read back."""
    name = quote(client, safe=" ").replace(".", "%2E")
    # Con is a name of people as well.
    return f"%{ord(name[0]):02X}{name[1:]}" if is_device(name) else name
