"""``cft-audio play``: a sound file, by whatever the system has to play it."""

from pathlib import Path

import click

from cft_audio.cli.options import UserPath
from cft_audio.errors import CftAudioError


@click.command("play")
@click.argument("file", type=UserPath(exists=True, dir_okay=False, path_type=Path))
def command(*, file: Path) -> None:
    """Play FILE, a recording or any sound; Ctrl-C ends it.

    \b
    Example:
      cft-audio play output/soothing-rhythm-breathing-sam-10min.mp3
    """
    from cft_audio.files.playing import play, why_silent

    if not play(file):
        remedy = "Open it in any program that plays sound"
        raise CftAudioError(why_silent(), remedy=remedy, where=str(file))
