"""Where lexicons are kept: a person's own, one for each client, and any file of a therapist's."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.files.folders import expanded
from cft_audio.people.clients.client import PRONOUNCE
from cft_audio.people.clients.places import place_of

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.files.folders import Keys, Seal
    from cft_audio.people.clients.places import ClientPlace

_NAME = "lexicon.toml"


@dataclass(frozen=True)
class LexiconFile:
    """The file that a lexicon is kept in.

    Attributes:
        name: Whose it is, in a few words.
        file: The file, which need not exist.
        field: The field that names it; empty for a person's own.
        table: The table of the file that it is; empty for all of it.
        seal: What closes a client's; None for nothing.
    """

    name: str
    file: Path
    field: str = ""
    table: str = ""
    seal: Seal | None = dataclasses.field(default=None, repr=False, compare=False)


def own_lexicon(data: Path) -> LexiconFile:
    """Return where the lexicon of whoever uses this machine's account is kept."""
    return LexiconFile("your own", data / _NAME)


def file_lexicon(path: Path) -> LexiconFile:
    """Return the lexicon in the file ``path``."""
    return LexiconFile(str(path), expanded(path), "lexicon")


def client_lexicon(client: str, data: Path, keys: Keys | None = None) -> LexiconFile:
    """Return where the lexicon of ``client`` is kept, in their file where there is one.

    Raises:
        RequestError: If it is no code and no name.
    """
    return lexicon_at(place_of(client, data, keys))


def lexicon_at(place: ClientPlace) -> LexiconFile:
    """Return where the lexicon of the client is kept whose things are at ``place``."""
    whose = f"client {place.called}"
    if place.file.exists():
        return LexiconFile(whose, place.file, "client", PRONOUNCE, place.seal)
    return LexiconFile(whose, place.words, "client", seal=place.seal)
