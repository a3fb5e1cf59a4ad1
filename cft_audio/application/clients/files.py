"""A client's file begun and changed: checked as a whole first, and written whole or not at all."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.clients.kept import CLIENT_FIELDS, FILE_FIELDS, Kept
from cft_audio.application.clients.values import as_written, check_usable, field_named
from cft_audio.errors import CftAudioError, ClientError, OutputError, RequestError
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private
from cft_audio.people.clients import editing
from cft_audio.people.clients.client import PRONOUNCE, Client, parse_client
from cft_audio.people.clients.codes import check_code
from cft_audio.people.clients.made import move_made
from cft_audio.people.clients.places import (
    LOCK,
    place_of,
    read_private_text,
    write_private_text,
)
from cft_audio.people.clients.records import move_records
from cft_audio.people.lexicons.files import edit_words, entries
from cft_audio.people.lexicons.places import LexiconFile
from cft_audio.schema.files import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.places import ClientPlace

_EDITED = "edited.toml"
"""Where what a person wrote goes while another program changed the file it was meant for."""


COPY = ".cft-audio-editing-"
"""How the name of a folder begins in which a copy is open in an editor."""

_STALE_S = 7 * 86_400.0
"""Seconds after which nobody has it open any more."""


@dataclass(frozen=True)
class ClientFiles:
    """The files of clients, to be begun and changed.

    Attributes:
        folders: Where clients, voices and figures are found.
        settings: A person's settings, which may name patterns.
    """

    folders: Folders
    settings: Settings = field(repr=False)

    def check_new(self, code: str) -> None:
        """Check that a client's file can be begun under ``code``.

        Raises:
            RequestError: If it cannot be a code, or is somebody's.
        """
        check_code(code)
        _check_free(place_of(code, self.folders.data))

    def begin(
        self, code: str, typed: Mapping[str, Any], since: date, agree: Callable[[], bool]
    ) -> Kept:
        """Begin the file of a client, and return what is kept.

        Words that are kept under their code go with them, and if that is agreed to, all that is
        kept under their name.

        Args:
            code: Their code.
            typed: Values of fields as a person writes them.
            since: Today.
            agree: Asks whether somebody who is known by that name alone is the same person.

        Raises:
            RequestError: If the code cannot be one or is somebody's, or a value cannot be meant.
            LexiconError: If the words that are there cannot be read.
            OutputError: If it cannot be written.
        """
        self.check_new(code)
        ordered = {name: typed[name] for name in CLIENT_FIELDS if name in typed}
        written = {name: as_written(CLIENT_FIELDS[name], value) for name, value in ordered.items()}
        place = place_of(code, self.folders.data, self.folders.keys)
        former = self._known_by_name(written.get("name"), place)
        if former and not agree():
            former = None
        with self._change(place):
            _check_free(place)
            text = editing.new_text(place.called, since)
            for one in filter(None, (place, former)):
                if one.words.exists():
                    text = _with_words(text, one)
            text = editing.with_values(text, written, CLIENT_FIELDS.values())
            client = self._checked(text, place, typed)
            write_private_text(place.file, text, place.seal)
            place.words.unlink(missing_ok=True)
            if former:
                _take_over(former, place)
        return Kept(place, client)

    def change(self, place: ClientPlace, typed: Mapping[str, Any], unset: Sequence[str]) -> Kept:
        """Change single values of a client's file, and return what is kept then.

        Args:
            place: Where the client's things are.
            typed: Values of fields as a person writes them.
            unset: The fields, or as ``with.loved_one`` the pairs, of which nothing is kept then.

        Raises:
            RequestError: If there is no such field, it is not kept, or a value cannot be meant.
            ClientError: If the file cannot be read.
            OutputError: If it cannot be written.
        """
        fields = CLIENT_FIELDS.values()
        written = {name: as_written(CLIENT_FIELDS[name], value) for name, value in typed.items()}
        gone = [field_named(name) for name in unset]
        with self._change(place):
            text = read_private_text(place.file, ClientError, place.seal)
            parse_client(text, place, FILE_FIELDS)
            for known, part in gone:
                after = editing.without(text, known.name, part, fields)
                if after is None:
                    whole = f"{known.name}.{part}" if part else known.name
                    message = f"there is no '{whole}' in the file of client '{place.called}'"
                    raise RequestError(message, remedy="Leave it out", field="unset")
                text = after
            text = editing.with_values(text, written, fields)
            client = self._checked(text, place, typed)
            write_private_text(place.file, text, place.seal)
        return Kept(place, client)

    def replace(self, place: ClientPlace, before: str, copy: Path) -> bool:
        """Put what a person made of a copy of a client's file in its place.

        Args:
            place: Where the client's things are.
            before: What the copy was made of.
            copy: The copy.

        Returns:
            Whether anything was changed.

        Raises:
            ClientError: With everything wrong in it; the file is as it was.
            RequestError: If a value cannot be used, likewise.
            OutputError: If the file was changed meanwhile, or cannot be written.
        """
        text = read_private_text(copy, ClientError, None)
        if text == before:
            return False
        self._checked(text, place, {})
        with self._change(place):
            if read_private_text(place.file, ClientError, place.seal) != before:
                edited = place.folder / _EDITED
                write_private_text(edited, text, place.seal)
                message = "another program changed the file meanwhile, and it stays as that left it"
                remedy = f"What you wrote is in {edited}: edit the file again and take it over"
                raise OutputError(message, remedy=remedy, where=str(place.file))
            write_private_text(place.file, text, place.seal)
        return True

    @contextmanager
    def _change(self, place: ClientPlace) -> Iterator[None]:
        """Keep others from changing what is kept, and tell of a disk that does not take it."""
        try:
            make_private(self.folders.data)
            with hold_lock(self.folders.data, LOCK):
                yield
        except OSError as error:
            message = f"it cannot be written: {error.strerror}"
            remedy = "See to its rights, or to room on its disk"
            raise OutputError(message, remedy=remedy, where=str(place.file)) from error

    def _checked(self, text: str, place: ClientPlace, typed: Mapping[str, Any]) -> Client:
        """Return what a file says; raise if it could not be read again, or not be used."""
        if len(text.encode()) > LARGEST:
            message = f"a client's file has at most {LARGEST // 1000} kB"
            raise RequestError(message, remedy="Write less", field="notes" * ("notes" in typed))
        client = parse_client(text, place, FILE_FIELDS)
        settings = self.settings.for_client(client)
        try:
            check_usable(settings, self.folders)
        except CftAudioError as error:
            settings.name_in(error, typed)
            raise
        return client

    def _known_by_name(self, name: str | None, place: ClientPlace) -> ClientPlace | None:
        """Return where words are kept under ``name`` of somebody who has no file."""
        if name is None:
            return None
        with suppress(RequestError):  # it is no name that words could be kept under
            former = place_of(name, self.folders.data, self.folders.keys)
            is_other = former.folder != place.folder and not former.file.exists()
            return former if is_other and former.words.exists() else None
        return None


@contextmanager
def copy_to_edit(place: ClientPlace) -> Iterator[tuple[Path, str]]:
    """Give a copy of a client's file that an editor may change, and what it is a copy of.

    It lies in a folder for its owner alone, and goes with whatever an editor leaves beside it: in
    the client's own, or where the system keeps what is passing if that is locked.

    Raises:
        ClientError: If the file cannot be read.
        OutputError: If there is no room for a copy.
    """
    text = read_private_text(place.file, ClientError, place.seal)
    is_locked = place.seal is not None and place.seal.closes
    around = Path(tempfile.gettempdir()) if is_locked else place.folder
    _sweep_copies(around)
    folder = around / f"{COPY}{secrets.token_hex(6)}"
    copy = folder / place.file.name
    try:
        try:
            write_private_text(copy, text, None)
        except OSError as error:
            message = f"no copy of it can be written: {error.strerror}"
            raise OutputError(message, where=str(place.file)) from error
        yield copy, text
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep_copies(around: Path) -> None:
    """Remove the copies that programs left which were killed; one may be open for days."""
    oldest = time.time() - _STALE_S
    for left in around.glob(f"{COPY}*"):
        with suppress(OSError):
            if left.stat().st_mtime < oldest:
                shutil.rmtree(left)


def _check_free(place: ClientPlace) -> None:
    if place.file.exists():
        message = f"there is a file of a client called '{place.called}' already"
        remedy = f"Choose another code, or change it: ‹edit client:{place.called}›"
        raise RequestError(message, remedy=remedy, field="code")


def _with_words(text: str, place: ClientPlace) -> str:
    """Return a client's file with the words of a lexicon: the first of them with its comments."""
    words = entries(LexiconFile(place.called, place.words, "client", seal=place.seal))
    if f"[{PRONOUNCE}]" not in text:
        return editing.with_words(text, read_private_text(place.words, ClientError, place.seal))
    for word, sound in words.items():
        text = edit_words(text, word, sound, PRONOUNCE)
    return text


def _take_over(former: ClientPlace, place: ClientPlace) -> None:
    """Move what is left of somebody known by a name to their place under a code."""
    move_made(former.made, place.made, place.seal)
    move_records(former, place)
    takes, there = former.personal.folder, place.personal.folder
    if takes.exists() and not there.exists():
        takes.rename(there)
    shutil.rmtree(former.folder)
