"""``cft-audio new-script``: a practice of one's own, begun."""

import os

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.script.practice import TECHNIQUES


@click.command("new-script")
@click.argument("script", metavar="PRACTICE")
@click.option(
    "--technique", type=click.Choice(TECHNIQUES), default=TECHNIQUES[0], help="Of which it is."
)
@click.option("--title", type=option.Text(), help="What a listener calls it.")
@option.as_json
@click.pass_obj
def command(face: Face, /, *, script: str, technique: str, title: str | None) -> None:
    """Begin a practice of your own: scripts/PRACTICE.md, ready to be changed.

    docs/writing-practices.md goes from this blank page to a recording.

    \b
    Example:
      cft-audio new-script kind-morning --title "A kind morning"
    """
    from cft_audio.application.practices import begin_script
    from cft_audio.cli.wording import words

    path = begin_script(script, technique, title, face.folders, words)
    face.show(
        {"practice": script, "file": str(path)},
        [f"{os.path.relpath(path)}\nCheck it:  cft-audio check {script}"],
    )
