"""``cft-audio cover``: the picture of a practice."""

from pathlib import Path
from typing import Any

import click

from cft_audio.application.beside.handouts import LARGEST_COVER, SMALLEST_COVER
from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.files.output import Destination


@click.command("cover", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@option.session
@click.option(
    "--size",
    type=click.IntRange(SMALLEST_COVER, LARGEST_COVER),
    default=1000,
    show_default=True,
    help="Pixels a side.",
)
@click.option("--no-title", is_flag=True, help="Leave its title out.")
@option.writing("A file ending in .jpg, or a folder.  [default: output]")
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    practice: str,
    size: int,
    no_title: bool,
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Draw the cover of PRACTICE: the breath of its pace, in its technique's colours.

    It is the one that 'build' puts into recordings; a listener's name never stands on it.

    \b
    Examples:
      cft-audio cover soothing-rhythm-breathing
      cft-audio cover soothing-rhythm-breathing --pace slow --size 1600 --no-title -o cover.jpg
    """
    from cft_audio.application.beside.handouts import request_about, write_cover
    from cft_audio.application.naming import slug

    request = request_about(practice, face.choices(options), face.folders)
    place = face.output(output)
    if place.suffix.lower() not in (".jpg", ".jpeg") or place.is_dir():
        stem = slug(Path(request.session.practice).stem, "cover")
        place /= f"{stem}.jpg"
    destination = Destination(place, force)
    write_cover(request, destination, size, face.folders, titled=not no_title)
    face.show({"file": str(place), "size": size, "notes": face.notes}, [str(place)])
