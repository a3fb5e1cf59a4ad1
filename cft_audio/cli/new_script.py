"""``cft-audio new-script``: a practice of one's own, begun."""

import os

import click

from cft_audio.cli.face import Face
from cft_audio.script.practice import TECHNIQUES


@click.command("new-script")
@click.argument("name", metavar="PRACTICE")
@click.option(
    "--technique", type=click.Choice(TECHNIQUES), default=TECHNIQUES[0], help="Of which it is."
)
@click.option("--title", help="What a listener calls it.")
@click.pass_obj
def command(face: Face, /, *, name: str, technique: str, title: str | None) -> None:
    """Begin a practice of your own: scripts/PRACTICE.md, ready to be changed.

    docs/writing-practices.md goes from this blank page to a recording.

    \b
    Example:
      cft-audio new-script kind-morning --title "A kind morning"
    """
    from cft_audio.application.practices import begin_script
    from cft_audio.cli.wording import words

    path = begin_script(name, technique, title, face.folders, words)
    click.echo(f"{os.path.relpath(path)}\nCheck it with: cft-audio check {name}")
