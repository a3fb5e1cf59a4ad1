"""``cft-audio client pack``: what a client gets, put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.hand_over import KINDS, form_of, lines_of, password_file

if TYPE_CHECKING:
    from cft_audio.cli.face import Face


@click.command("pack")
@click.argument("code", type=option.Text("code"))
@click.option(
    "-o",
    "--output",
    type=option.UserPath(path_type=Path),
    metavar="DIR",
    help="The folder it goes to.  [default: output/hand-over]",
)
@click.option("--as", "kind", type=KINDS, default="folder", show_default=True)
@password_file
@option.field_option("no_name", "Greet nobody by name in the letter.")
@option.printing
@click.pass_obj
def pack_client(
    face: Face,
    /,
    *,
    code: str,
    output: Path | None,
    kind: str,
    password_file: Path | None,
    no_name: bool,
) -> None:
    """Put together what a client gets: their recordings, what lies beside them, and a letter.

    It is a folder, or a ZIP, called by the code, with every recording that was made with --client
    CODE, or by a roster, and is there as it was made. The letter says what each is, when to use it,
    in which order, how to stop, and whom to call. In it is the name, unless --no-name keeps it out.

    A ZIP can be locked: the password is the first line of a file, and never typed into a command.

    \b
    Examples:
      cft-audio client pack K7
      cft-audio client pack K7 --as zip --password-file password.txt
    """
    from cft_audio.application.clients.handing_over import HAND_OVER
    from cft_audio.application.clients.kept import kept_client
    from cft_audio.application.clients.packing import pack_client
    from cft_audio.people.clients.places import known_place

    form = form_of(kind, password_file)
    face.note(*(form.password.notes if form.password else ()))
    face.work_for(known_place(code, face.folders.data, face.folders.keys, "code"))
    kept = kept_client(code, face.folders, "code")
    place = output if output is not None else face.output(None) / HAND_OVER
    hidden = no_name or face.settings.for_client(kept.client).choices({})["no_name"]
    packed = pack_client(kept, place, form, face.folders, no_name=hidden)
    face.note(*packed.notes)
    face.show({**packed.as_object(), "notes": face.notes}, lines_of(packed))
