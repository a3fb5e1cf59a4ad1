"""``cft-audio picture``: a session drawn, voice, breath, silences and all."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.files.output import Destination, check_writable


@click.command("picture", cls=option.SessionCommand)
@click.argument("source", type=option.Text("practice"))
@option.session
@option.writing("A file ending in .svg, or a folder.  [default: output]")
@option.printing
@click.pass_obj
def command(
    face: Face, /, *, source: str, output: Path | None, force: bool, **options: Any
) -> None:
    """Draw SOURCE: where somebody speaks, each breath, bells, the bed, loudness, long silences.

    SOURCE is a sound file, or what 'build' takes, with its options. The picture is an SVG, which
    every browser shows.

    \b
    Examples:
      cft-audio picture output/soothing-rhythm-breathing-sam-10min.mp3
      cft-audio picture soothing-rhythm-breathing --name Sam --minutes 20 -o session.svg
    """
    from cft_audio.application.beside.pictures import (
        picture_of_file,
        picture_of_request,
        write_picture,
    )
    from cft_audio.application.naming import file_name
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.sources import sound_at
    from cft_audio.cli.warning import Warner

    place, file = face.output(output), sound_at(source)
    if file:
        named, draw = f"{file.stem}.svg", partial(picture_of_file, file, face.folders)
    else:
        request = ask_for_session(face, source, options)
        warner = Warner(face, None, request.voicing.voice)
        named = file_name(request, ".svg")
        draw = partial(picture_of_request, request, face.folders, warn=warner)
    if place.suffix.lower() != ".svg" or place.is_dir():
        place /= named
    destination = Destination(place, force)
    check_writable(destination)
    with Bar(quiet=face.quiet) as bar:
        write_picture(draw(progress=bar.update), destination, face.folders)
    face.show({"file": str(place), "notes": face.notes}, [str(place)])
