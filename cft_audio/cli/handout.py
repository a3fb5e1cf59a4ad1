"""``cft-audio handout``: a page about a practice, to read or to print."""

from pathlib import Path
from typing import Any

import click

from cft_audio.application.beside.kinds import PAPERS
from cft_audio.cli import options as option
from cft_audio.cli.face import Face


@click.command("handout", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@option.session
@click.option(
    "--as",
    "kinds",
    type=click.Choice(PAPERS),
    multiple=True,
    help="A page, or the same printed.  May be repeated.  [default: html]",
)
@option.writing("A file ending in .html or .pdf, or a folder.  [default: output]")
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    practice: str,
    kinds: tuple[str, ...],
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Write a page about PRACTICE: how to practise it, when to stop, whom to call.

    It needs nothing of a listener; with a --name it is for them. A letter and an exposure come with
    a worksheet. What you write into NAME.handout.md beside a script of your own stands in it.

    \b
    Examples:
      cft-audio handout soothing-rhythm-breathing
      cft-audio handout compassionate-letter --name Sam --as pdf -o handouts
    """
    from cft_audio.application.beside.handouts import choose_handout, request_about, write_handout

    request = request_about(practice, face.choices(options), face.folders)
    files = choose_handout(request, face.output(output), kinds, overwrite=force)
    written = write_handout(request, files, face.folders, overwrite=force)
    face.note(*written.notes)
    face.show({"files": [*map(str, written.files)], "notes": face.notes}, map(str, written.files))
