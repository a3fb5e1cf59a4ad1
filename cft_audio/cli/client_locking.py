"""``cft-audio client lock``, ``unlock`` and ``change-passphrase``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.terminal import prompt_hidden
from cft_audio.errors import LockedError, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.cli.face import Face

_TRIES = 3

_passphrase_file = click.option(
    "--passphrase-file",
    type=option.UserPath(path_type=Path),
    metavar="FILE",
    help="Read the new passphrase from a file, which has nothing else in it.",
)
_keyring = click.option(
    "--keyring", is_flag=True, help="Let this system's keyring keep it, so that nobody is asked."
)


@click.command("lock")
@_passphrase_file
@_keyring
@option.as_json
@click.pass_obj
def lock_clients(face: Face, /, *, passphrase_file: Path | None, keyring: bool) -> None:
    """Close all that is kept of your clients, so that it takes a passphrase to read it.

    That is their files, words, notes and spoken lines; recordings stay as they are. You are asked
    for the passphrase once whenever something of it is read, or it is taken from the file that
    CFT_AUDIO_PASSPHRASE_FILE names. A lost passphrase is final. Given again, it closes what is not
    closed yet.

    \b
    Examples:
      cft-audio client lock
      cft-audio client lock --keyring
    """
    from cft_audio.application.clients import locking
    from cft_audio.people.clients.codes import is_code
    from cft_audio.people.clients.places import known_clients

    was_set = False

    def new_passphrase() -> str:
        nonlocal was_set
        was_set = True
        face.note(*locking.ABOUT)
        return _new_passphrase(face, passphrase_file)

    changed = locking.lock_clients(face.folders, new_passphrase, keyring=keyring)
    _tell_of_keyring(face, wanted=keyring, was_set=was_set, kept=changed.in_keyring)
    if named := sum(not is_code(called) for called in known_clients(face.folders.data)):
        face.note(
            f"{named} of your clients are known by a name alone, and their folders are called by "
            "it: begin a file for each, under a code."
        )
    told = {"locked": True, "files": changed.files, "keyring": changed.in_keyring}
    line = f"Your clients are locked: {_files(changed.files)} closed."
    if not (changed.files or was_set):
        line = "Your clients were locked already."
    face.show(told | {"notes": face.notes}, [line])


@click.command("unlock")
@option.as_json
@click.pass_obj
def unlock_clients(face: Face, /) -> None:
    """Open all that is kept of your clients again, so that no passphrase is needed any more.

    \b
    Example:
      cft-audio client unlock
    """
    from cft_audio.application.clients import locking

    changed = locking.unlock_clients(face.folders)
    told = {"locked": False, "files": changed.files}
    face.show(told, [f"Your clients are not locked any more: {_files(changed.files)} opened."])


@click.command("change-passphrase")
@_passphrase_file
@_keyring
@option.as_json
@click.pass_obj
def change_passphrase(face: Face, /, *, passphrase_file: Path | None, keyring: bool) -> None:
    """Set another passphrase for your clients; you are asked for the present one first.

    An older copy of the file clients.key is still opened by the older passphrase.

    \b
    Example:
      cft-audio client change-passphrase
    """
    from cft_audio.application.clients import locking

    def new_passphrase() -> str:
        face.note(locking.ABOUT[-1])
        return _new_passphrase(face, passphrase_file)

    changed = locking.change_passphrase(face.folders, new_passphrase, keyring=keyring)
    _tell_of_keyring(face, wanted=keyring, was_set=True, kept=changed.in_keyring)
    told = {"changed": True, "keyring": changed.in_keyring, "notes": face.notes}
    face.show(told, ["The passphrase is changed."])


COMMANDS = (lock_clients, unlock_clients, change_passphrase)
"""What the group of commands about clients has of these."""


def _new_passphrase(face: Face, file: Path | None) -> str:
    """Return the passphrase to be set, from a file or typed twice.

    Raises:
        CftAudioError: If there is none.
    """
    from cft_audio.files.private import is_open_to_others
    from cft_audio.people.clients.unlocking import check_passphrase, read_passphrase

    if file is not None:
        if is_open_to_others(file):
            face.note(f"Others on this machine can read {file}. 'chmod 600' keeps it to you.")
        return read_passphrase(file)
    if not face.can_ask:
        remedy = "Run it at a terminal, or give a file that has it: --passphrase-file"
        raise LockedError("nobody is there to set a passphrase", remedy=remedy)
    ask: Callable[[str], str] = prompt_hidden
    for _ in range(_TRIES):
        first = ask("New passphrase")
        try:
            check_passphrase(first)
        except RequestError as error:
            face.note(str(error))
            continue
        if ask("The same once more") == first:
            return first
        face.note("These are two different ones.")
    raise LockedError("no passphrase was typed twice", remedy="Nothing was changed; try again")


def _tell_of_keyring(face: Face, *, wanted: bool, was_set: bool, kept: bool) -> None:
    if wanted and not was_set and not kept:
        face.note("The passphrase was set before: 'change-passphrase --keyring' lets it be kept.")
    elif wanted and not kept:
        face.note(
            "No keyring of this system keeps it: you are asked each time. "
            "It takes the package keyring, and a desktop that has one."
        )


def _files(count: int) -> str:
    return f"{count} file{'s' * (count != 1)}"
