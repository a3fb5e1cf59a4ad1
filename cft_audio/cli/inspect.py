"""``cft-audio inspect``: what a sound file is and holds, and the command that makes it again."""

from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face


@click.command("inspect")
@click.argument("file", type=option.UserPath(path_type=Path))
@option.printing
@click.pass_obj
def command(face: Face, /, *, file: Path) -> None:
    """Show what FILE is: length, loudness, silence, words, breaths, chapters.

    FILE is any sound file. Breaths a minute are measured from what is heard, and not found where
    that is not clear. Of a recording of this program, the command is shown that makes it again.

    \b
    Examples:
      cft-audio inspect output/soothing-rhythm-breathing-sam-10min.mp3
      cft-audio inspect meditation.flac --json
    """
    from cft_audio.application.command_lines import command_line
    from cft_audio.application.inspecting import inspect, inspection_lines
    from cft_audio.cli.progress import Bar

    with Bar(quiet=face.quiet, first="Listening") as bar:
        found = inspect(file, bar.update)
    again: dict[str, Any] = {"command": None, "epoch": None}
    lines = list(inspection_lines(found))
    if found.again:
        typed = command_line("build", found.again.practice, found.again.fields)
        epoch = found.again.epoch
        again = {"command": typed, "epoch": epoch}
        date = [] if epoch is None else [f"SOURCE_DATE_EPOCH={epoch}"]
        lines += ["", "Make it again:", "  " + " ".join([*date, typed])]
        if found.edits:
            lines.append(
                "In the place of EDITS give the file of edits that it was made with: with it, "
                f"'cft-audio build … --dry-run --verbose' names edits {found.edits}."
            )
        if found.again.withheld:
            lines.append(
                "The name was kept out of it, and whom else it speaks of, and what it was told "
                "for: fill in what is in capitals, and add --for if it had any."
            )
    face.show(found.as_object() | again, lines)
