"""``cft-audio play``: a sound file, by whatever the system has to play it."""

from pathlib import Path

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.errors import SoundError


@click.command("play")
@click.argument("file", type=option.UserPath(exists=True, dir_okay=False, path_type=Path))
@option.as_json
@click.pass_obj
def command(face: Face, /, *, file: Path) -> None:
    """Play FILE, a recording or any sound; Ctrl-C ends it.

    \b
    Example:
      cft-audio play output/soothing-rhythm-breathing-sam-10min.mp3
    """
    from cft_audio.files.playing import play

    if why := play(file):
        raise SoundError(why, where=str(file))
    face.show({"file": str(file), "played": True}, ())
