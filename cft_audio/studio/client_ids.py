"""Clients by id: what one is called in addresses, which tells nobody who it is.

The id is good as long as the studio is open. A code would not do: that of somebody for whom only
words were kept is their name.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from cft_audio.people.clients.places import known_clients, place_of
from cft_audio.people.clients.records import NoRecordError

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.places import ClientPlace

_SECRET = secrets.token_bytes(32)


def id_of_client(called: str) -> str:
    """Return what a client is called in addresses."""
    return hmac.digest(_SECRET, called.encode(errors="surrogateescape"), "sha256").hex()[:16]


def place_with_id(identity: str, folders: Folders) -> ClientPlace:
    """Return where the things of a client are kept.

    Raises:
        NoRecordError: If nothing is kept of anybody with that id.
    """
    for called in known_clients(folders.data):
        if hmac.compare_digest(id_of_client(called).encode(), identity.encode()):
            return place_of(called, folders.data, folders.keys)
    raise NoRecordError(identity)
