"""Clients: whom something is kept of, and what that means for a recording."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import FileError, LockedError, RequestError
from cft_audio.people.clients.client import NOT_KEPT, Client, read_client
from cft_audio.people.clients.made import read_made
from cft_audio.people.clients.own_fields import OWN_FIELDS
from cft_audio.people.clients.places import ClientPlace, known_clients, known_place, place_of
from cft_audio.people.lexicons.files import entries
from cft_audio.people.lexicons.places import lexicon_at
from cft_audio.speech.takes.cache import ClipCache, Usage

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders
    from cft_audio.schema.fields import Field

CLIENT_FIELDS: dict[str, Field] = {
    **{name: field for name, field in SESSION_FIELDS.items() if name not in NOT_KEPT},
    **OWN_FIELDS,
}
"""Every field that can be kept of a client, by name."""

FILE_FIELDS = tuple(field for name, field in CLIENT_FIELDS.items() if name not in OWN_FIELDS)
"""Those of them that say something of a recording."""


@dataclass(frozen=True)
class Kept:
    """A client of whom something is kept.

    Attributes:
        place: Where.
        client: What their file says.
    """

    place: ClientPlace
    client: Client

    def folders(self, folders: Folders) -> Folders:
        """Return ``folders`` with the client's own place for lines that are personal."""
        return replace(folders, personal=self.place.personal)

    def as_object(self) -> dict[str, Any]:
        """Return all that the file says as one object of plain values, for JSON."""
        client = self.client
        values = {name: CLIENT_FIELDS[name].plain(v) for name, v in client.values.items()}
        return {
            "code": self.place.called,
            "file": str(self.place.file) if self.place.file.exists() else None,
            "since": client.since.isoformat() if client.since else None,
            "pronouns": client.pronouns,
            "notes": client.notes,
            "fields": values,
        }


@dataclass(frozen=True)
class ClientRow:
    """A client in a list, of whom it tells no more than it has to.

    Attributes:
        place: Where their things are.
        since: The day their file was begun, or why it cannot be told; empty where there is none.
        name: What they are called; empty where that is not known.
        words: How many words are kept; None where that is locked.
        takes: How many spoken lines.
        made: How many files are noted that were made for them; None where that is locked.
    """

    place: ClientPlace
    since: str
    name: str = field(repr=False)
    words: int | None
    takes: Usage
    made: int | None

    @property
    def is_named(self) -> bool:
        """Whether the client is known by a name alone."""
        return not self.place.file.exists() and self.place.words.exists()

    def as_object(self, *, named: bool) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON, with names if they are wanted."""
        told = {
            "code": None if self.is_named else self.place.called,
            "since": self.since or None,
            "words": self.words,
            "lines": self.takes.entries,
            "bytes": self.takes.bytes,
            "files": self.made,
        }
        return told | ({"name": self.name or None} if named else {})


def kept_client(client: str, folders: Folders, field: str = "client") -> Kept:
    """Return what is kept of a client.

    Args:
        client: The code, or the name that words are kept under.
        folders: Where clients are kept.
        field: The field that gave it, for errors.

    Raises:
        RequestError: If nothing is: a recording that leaves out what they are to be spared is worse
            than none.
        ClientError: If their file cannot be read.
        LockedError: If it is locked, and cannot be opened.
    """
    place = known_place(client, folders.data, folders.keys, field)
    return Kept(place, read_client(place, FILE_FIELDS))


def place_with_file(code: str, folders: Folders) -> ClientPlace:
    """Return where the file of a client is, which has to be there and may be wrong.

    Raises:
        RequestError: If there is none.
    """
    place = known_place(code, folders.data, folders.keys, "code")
    if not place.file.exists():
        message = f"there is no file of a client called '{code}', though something is kept of them"
        raise RequestError(message, remedy="Begin with ‹new client›", field="code")
    return place


def list_clients(folders: Folders) -> list[ClientRow]:
    """Return every client of whom something is kept, by code.

    A file that is wrong, or locked and not to be opened, says so.
    """
    called = known_clients(folders.data)
    return [_row(place_of(each, folders.data, folders.keys)) for each in called]


def _row(place: ClientPlace) -> ClientRow:
    since, name, words = "", place.called, 0
    takes = ClipCache(place.personal.folder).usage()
    try:
        words = len(entries(lexicon_at(place)))
        if place.file.exists():
            client = read_client(place, FILE_FIELDS)
            name = client.values.get("name", "")
            since = client.since.isoformat() if client.since else "not told"
        made = _count_made(place)
    except FileError:
        since, made = "cannot be read", _count_made(place)
    except LockedError:
        return ClientRow(place, "locked", "" if place.file.exists() else name, None, takes, None)
    return ClientRow(place, since, name, words, takes, made)


def _count_made(place: ClientPlace) -> int | None:
    try:
        return len(read_made(place.made, place.seal))
    except FileError:
        return 0
    except LockedError:
        return None
