"""How hand-overs are asked for, and told of, by every command that makes them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import complain
from cft_audio.cli.wording import words
from cft_audio.errors import sentences
from cft_audio.references import replace_references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.application.clients.handing_over import HandOverForm
    from cft_audio.application.clients.packing import Packed
    from cft_audio.cli.face import Face

KINDS = click.Choice(["folder", "zip"])

password_file = click.option(
    "--password-file",
    type=option.UserPath(path_type=Path),
    metavar="FILE",
    help="Lock each ZIP with the first line of this file.",
)


def form_of(kind: str, password_file: Path | None) -> HandOverForm:
    """Return what becomes of hand-overs, as it was asked for.

    Raises:
        RequestError: If that cannot be meant, or the file has no password.
        OutputError: If nothing is installed that locks a ZIP.
    """
    from cft_audio.application.clients.packing import hand_over_form
    from cft_audio.application.requests import recording_date

    return hand_over_form(kind, password_file, recording_date(os.environ))


def tell_packed(face: Face, packed: Iterable[Packed]) -> list[Packed]:
    """Tell of each hand-over as soon as it is at its place, and return all of them."""
    told = []
    for each in packed:
        told.append(each)
        face.note(*each.notes)
        if each.error:
            text = sentences(each.error.message, each.error.remedy)
            where = f"{each.error.where}: " if each.error.where else ""
            complain(f"{each.code}: {where}{replace_references(text, words)}")
        face.tell(*lines_of(each))
    return told


def lines_of(packed: Packed) -> list[str]:
    """Return what a hand-over came to, as lines to read."""
    if packed.put_down is None:
        return []
    down = packed.put_down
    count = f"{down.recordings} recording{'s' * (down.recordings != 1)} and a letter"
    kept = ", unchanged" if down.state == "kept" else ""
    opening = [f"{down.opening}  how to open it, to send along"] if down.opening else []
    return [f"{down.path}  {count}{kept}", *opening]
