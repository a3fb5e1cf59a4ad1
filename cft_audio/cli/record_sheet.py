"""``cft-audio record-sheet``: the lines of a session, to be read aloud by a person."""

import shlex
from functools import partial
from pathlib import Path
from typing import Any

import click

from cft_audio.application.command_lines import command_line
from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError


@click.command("record-sheet", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@partial(option.session, never="no_name")
@option.writing("Folder for sheet and recordings.  [default: record-sheet]", file_okay=False)
@option.printing
@click.pass_obj
def command(
    face: Face, /, *, practice: str, output: Path | None, force: bool, **options: Any
) -> None:
    """Write the lines of a session of PRACTICE as a page to print and read aloud.

    It takes the options of 'build', and its lines are those that 'build' will say with the same
    options. With a recorded voice as --voice, they are the ones that it still lacks. Record them,
    put the recordings into the folder, and run 'cft-audio voice-from-recordings'.

    \b
    Examples:
      cft-audio record-sheet soothing-rhythm-breathing --name Sam --minutes 10
      cft-audio record-sheet compassionate-imagery --name Sam --voice my-voice -o more-lines
    """
    from cft_audio.application.own_voices import write_record_sheet
    from cft_audio.cli.asking import ask_for_session

    if options["no_name"]:
        raise RequestError(
            "a sheet holds every line to be read, the name among them",
            remedy="Leave it out, and keep the sheet to yourself",
            field="no_name",
        )
    request = ask_for_session(face, practice, options)
    # What is avoided is nobody's but the listener's, and the page may be anybody's who reads it.
    shown = {name: value for name, value in options.items() if name != "avoid"}
    told: Any = {"words": words, "command": command_line("build", practice, shown)}
    page, sheet = write_record_sheet(request, output, face.folders, overwrite=force, **told)
    line = f"{page}  {len(sheet['lines'])} lines" + "  made already" * (sheet["state"] == "kept")
    if page is None:
        line = f"The voice '{request.voicing.voice}' has every line of this session already."
    face.show(sheet, [line])
    if page:
        face.note(
            "Print it or open it, read the lines aloud, put the recordings beside it, and run:"
            f"\n  cft-audio voice-from-recordings {shlex.quote(str(page.parent))}"
        )
