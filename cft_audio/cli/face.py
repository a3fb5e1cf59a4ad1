"""The face that every command shows: the folders, a person's settings, and a way to print."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli.terminal import echo, prompt_hidden
from cft_audio.cli.wording import words
from cft_audio.files.this_process import let_go
from cft_audio.people.clients.key_files import is_locked
from cft_audio.people.clients.unlocking import Unlocking
from cft_audio.references import replace_references
from cft_audio.schema.shown import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.choices import Choices
    from cft_audio.application.clients.kept import Kept
    from cft_audio.application.settings import Settings
    from cft_audio.errors import CftAudioError
    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.places import ClientPlace


@dataclass
class Face:
    """The command line's side of one run.

    Attributes:
        folders: Where everything is found and kept.
        can_send: Whether standard output leads anywhere.
        as_json: Whether a program reads what is printed.
        quiet: Whether nothing but errors is printed.
        verbose: Whether more is printed of what was done.
        no_play: Whether what is made to be heard is not played.
        play: Whether what is built is played.
        open: Whether what is built is shown in the file manager.
        chosen: The fields that were given as options; None until they are read.
        client: The client a session is for; None for nobody who is kept.
        notes: What was printed beside what was asked for, or would have been.
    """

    folders: Folders
    can_send: bool = True
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_play: bool = False
    play: bool = False
    open: bool = False
    chosen: dict[str, Any] | None = None
    client: Kept | None = None
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._keys = Unlocking(self.folders.data, os.environ, self._ask_passphrase)
        self.folders = replace(self.folders, keys=self._keys)

    @cached_property
    def settings(self) -> Settings:
        """What the person's configuration file and the environment say."""
        from cft_audio.application.settings import load_settings

        return load_settings(self.folders, os.environ)

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to be asked."""
        return sys.stdin.isatty() and not self.as_json

    @property
    def folders_unasked(self) -> Folders:
        """The folders, for what is not worth asking a person for the passphrase."""
        return replace(self.folders, keys=self._keys.unasked)

    def unlock(self) -> None:
        """Open what is kept of clients if it is locked, before a bar is on the screen.

        Raises:
            LockedError: If it cannot be opened.
        """
        if is_locked(self.folders.data):
            self._keys.private_key()

    def _ask_passphrase(self, question: str) -> str | None:
        return prompt_hidden(question) if self.can_ask else None

    def choices(self, options: Mapping[str, Any]) -> Choices:
        """Return the options that were given, over what is kept of the client, over the settings.

        Where a command has a client, ``folders`` have the client's own place from then on.

        Raises:
            RequestError: If an option cannot be meant, or nothing is kept of the client.
            CftAudioError: If settings or the client's file cannot be read.
        """
        from cft_audio.application.fields import parse_fields

        given = {field: v for field, v in options.items() if v not in (None, (), False)}
        chosen = parse_fields(given)
        self.chosen = (self.chosen or {}) | chosen
        if "client" in options:
            self._find_client(chosen.get("client") or self.settings.values.get("client"))
        return self._settings.choices(chosen)

    def name_in(self, error: CftAudioError) -> None:
        """Name the setting, or the line of a client's file, in an error about what nobody typed."""
        if self.chosen is not None:
            self._settings.name_in(error, self.chosen)

    @property
    def _settings(self) -> Settings:
        return self.settings.for_client(self.client.client) if self.client else self.settings

    def _find_client(self, client: str | None) -> None:
        from cft_audio.application.clients.kept import kept_client
        from cft_audio.people.clients.places import known_place

        if client is not None and self.client is None:
            place = known_place(client, self.folders.data, self.folders.keys)
            self.work_for(place)
            self.client = kept_client(client, self.folders)
            self.folders = self.client.folders(self.folders)

    def work_for(self, place: ClientPlace) -> None:
        """Keep a client from being forgotten until the command ends; what is kept is read then."""
        from cft_audio.people.clients.at_work import at_work

        own = replace(self.folders, personal=place.personal)
        click.get_current_context().with_resource(at_work(own))

    def output(self, chosen: Path | None) -> Path:
        """Return where to write: as chosen, as the settings have it, or the usual folder."""
        from cft_audio.application.fields import OUTPUT

        self.chosen = (self.chosen or {}) | {OUTPUT.name: chosen}
        output: Path = chosen or self.settings.values.get(OUTPUT.name) or OUTPUT.default
        return output

    def show(self, value: object, lines: Iterable[str]) -> None:
        """Print ``value`` as JSON, or ``lines``, or nothing where it is quiet."""
        if self.as_json:
            echo(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            self.tell(*lines)

    def tell(self, *lines: str) -> None:
        """Print lines for a person, as long as the work goes on."""
        if not (self.as_json or self.quiet):
            from cft_audio.application.layout import wrapped

            for line in "\n".join(lines).split("\n") if lines else ():
                echo(wrapped(line, terminal_width()))

    def note(self, *texts: str) -> None:
        """Print texts for a person beside what was asked for, each once, on standard error."""
        for text in (replace_references(text, words) for text in texts):
            if text not in self.notes and not self.quiet:
                complain(text)
            self.notes.append(text)


def complain(text: str) -> None:
    """Print what is printed even where it is quiet, on standard error, if anything takes it."""
    try:
        echo(text, err=True)
    except OSError:
        let_go(sys.stderr)


def terminal_width() -> int | None:
    """Return how many columns there are: COLUMNS, or the terminal's; None where nothing is cut."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and each row as the terminal has room for them."""
    from cft_audio.application.layout import table_lines

    return table_lines(columns, ([*map(on_one_line, row)] for row in rows), terminal_width())
