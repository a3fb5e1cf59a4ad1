"""``cft-audio show``: one practice as a page."""

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.wording import words


@click.command("show")
@click.argument("practice", type=option.Text("practice"))
@option.as_json
@click.pass_obj
def command(face: Face, /, *, practice: str) -> None:
    """Show what PRACTICE is, what it asks for, and its chapters.

    \b
    Example:
      cft-audio show soothing-rhythm-breathing
    """
    from cft_audio.application.pages import practice_page
    from cft_audio.application.practices import show_practice

    shown = show_practice(practice, face.folders)
    make = f"\nMake it:  cft-audio build {shown.practice.id} --name Sam"
    face.show(shown.as_object(), [*practice_page(shown, words), make])
