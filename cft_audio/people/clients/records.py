"""What the studio keeps of its work: small private files, each whole, with their client's things.

What is for a client lies in the client's own folder, so that it is locked, and forgotten, with
everything else of them. A record is found by a random id, which says nothing of anybody.
"""

from __future__ import annotations

import json
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.errors import CftAudioError, FileError
from cft_audio.people.clients.places import (
    CLIENTS,
    STUDIO,
    known_place,
    read_private_text,
    write_private_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.places import ClientPlace

FOLDER = STUDIO
"""The folder of the studio, in what a person keeps and in what is kept of each client."""

_ID = re.compile(r"[0-9a-f]{16}")


class NoRecordError(Exception):
    """Nothing is kept by that id."""


@dataclass(frozen=True)
class Records:
    """Records of one kind.

    Attributes:
        folders: Where they are kept.
        kind: What they are, in a word that is their folder's name.
    """

    folders: Folders
    kind: str

    def add(self, content: Mapping[str, Any], client: str) -> str:
        """Keep a new record and return its id.

        Args:
            content: The record, of plain values.
            client: The code of the client it is for; empty for nobody of whom things are kept.

        Raises:
            CftAudioError: If nothing is kept of the client, or it cannot be closed.
            OSError: If the disk does not allow it.
        """
        identity = secrets.token_hex(8)
        self._write(identity, content, client)
        return identity

    def read(self, identity: str) -> dict[str, Any]:
        """Return a record.

        Raises:
            NoRecordError: If there is none by that id.
            LockedError: If it is locked, and cannot be opened.
        """
        return self._read(self._find(identity))

    def change(self, identity: str, content: Mapping[str, Any], client: str) -> None:
        """Keep a record anew, with another client's things where it is for another now.

        Raises:
            NoRecordError: If there is none by that id.
            CftAudioError: As ``add``, with OSError.
        """
        before = self._find(identity)
        after = self._write(identity, content, client)
        if after != before:
            before.unlink(missing_ok=True)

    def keep(self, identity: str, content: Mapping[str, Any], client: str) -> None:
        """Keep a record by an id that somebody else gave, in the place of one that is there.

        Raises:
            NoRecordError: If it is no id.
            CftAudioError: As ``add``, with OSError.
        """
        if not _ID.fullmatch(identity):
            raise NoRecordError(identity)
        try:
            self.change(identity, content, client)
        except NoRecordError:
            self._write(identity, content, client)

    def remove(self, identity: str) -> None:
        """Remove a record.

        Raises:
            NoRecordError: If there is none by that id.
            OSError: If the disk does not allow it.
        """
        self._find(identity).unlink(missing_ok=True)

    def by_age(self) -> list[str]:
        """Return the ids of all records, the latest first."""
        files = [file for folder in self._all() for file in folder.glob("*.json")]
        dated = sorted(((_changed(file), file.stem) for file in files), reverse=True)
        return [identity for changed, identity in dated if changed and _ID.fullmatch(identity)]

    def _find(self, identity: str) -> Path:
        if _ID.fullmatch(identity):
            for folder in self._all():
                file = folder / f"{identity}.json"
                if file.exists():
                    return file
        raise NoRecordError(identity)

    def _all(self) -> Iterator[Path]:
        yield self.folders.data / FOLDER / self.kind
        yield from (self.folders.data / CLIENTS).glob(f"*/{FOLDER}/{self.kind}")

    def _read(self, file: Path) -> dict[str, Any]:
        from cft_audio.people.clients.sealing import ClientSeal

        seal = ClientSeal(self.folders.data, self.folders.keys)
        content: dict[str, Any] = json.loads(read_private_text(file, FileError, seal))
        return content

    def _write(self, identity: str, content: Mapping[str, Any], client: str) -> Path:
        data, name = self.folders.data, f"{identity}.json"
        text = json.dumps(content, ensure_ascii=False)
        if client:
            place = known_place(client, data, self.folders.keys)
            file, seal = place.folder / FOLDER / self.kind / name, place.seal
        else:
            file, seal = data / FOLDER / self.kind / name, None
        write_private_text(file, text, seal)
        return file


def move_records(former: ClientPlace, place: ClientPlace) -> None:
    """Keep what the studio keeps of somebody at another place, where they are called otherwise.

    What is there from before is left for the caller to remove; what cannot be read is passed over.

    Args:
        former: Where they were kept.
        place: Where they are kept from now on.

    Raises:
        OSError: If the disk does not allow it.
    """
    for file in sorted((former.folder / FOLDER).rglob("*.json")):
        with suppress(CftAudioError, ValueError):
            content = json.loads(read_private_text(file, FileError, former.seal))
            text = json.dumps(_renamed(content, former.called, place.called), ensure_ascii=False)
            there = place.folder / file.relative_to(former.folder)
            write_private_text(there, text, place.seal)


def _renamed(told: object, former: str, called: str) -> object:
    """Return what a record tells, with a client called otherwise in it."""
    if isinstance(told, list):
        return [_renamed(each, former, called) for each in told]
    if not isinstance(told, dict):
        return told
    renamed = {name: _renamed(each, former, called) for name, each in told.items()}
    if str(told.get("client", "")).casefold() == former.casefold():
        renamed["client"] = called
    return renamed


def _changed(file: Path) -> float:
    """Return when a file was last changed, in seconds since 1970; 0 if it has gone."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
