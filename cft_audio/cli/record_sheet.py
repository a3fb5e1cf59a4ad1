"""``cft-audio record-sheet``: the lines of a session, to be read aloud by a person."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from cft_audio.cli.build import Configured
from cft_audio.cli.options import UserPath, session_options, typed
from cft_audio.cli.requesting import checked_answers, request_of
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import shelf_with


@click.command("record-sheet", cls=Configured)
@click.argument("practice")
@session_options
@click.option(
    "-o",
    "--output",
    "folder",  # not the "output" of a build, by configuration or environment
    envvar="CFT_AUDIO_RECORD_SHEET_OUTPUT",
    type=UserPath(path_type=Path, file_okay=False),
    default=Path("record-sheet"),
    show_default=True,
    help="The folder for the sheet, and later for the recordings.",
)
@click.option("-f", "--force", is_flag=True, help="Write over a sheet in that folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    *, practice: str, folder: Path, force: bool, as_json: bool, quiet: bool, **options: Any
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
    from cft_audio.own_voice.sheet import make_sheet
    from cft_audio.own_voice.sheet_file import check_sheet, write_sheet

    if options["no_name"] and typed("no_name"):
        raise RequestError(
            "a sheet holds every line to be read, the name among them",
            remedy="Leave it out, and keep the sheet to yourself",
            field="no_name",
        )
    folders = default_folders()
    answers = checked_answers(practice, options, ask=sys.stdin.isatty() and not as_json)
    request = request_of(practice, options, answers)
    check_sheet(folder, overwrite=force)
    title = shelf_with(None, folders.scripts).practice(practice).title
    sheet = make_sheet(request, folders, title)
    page = write_sheet(sheet, folder, overwrite=force, words=words) if sheet.lines else None
    if as_json:
        lines = [
            {"number": line.number, "text": line.text, "most_s": line.most_s}
            for line in sheet.lines
        ]
        click.echo(json.dumps({"page": page and str(page), "lines": lines}, ensure_ascii=False))
    elif page is None and not quiet:
        click.echo(f"The voice '{request.voice}' has every line of this session already.")
    elif not quiet:
        click.echo(f"{page}  {len(sheet.lines)} lines")
        click.echo(
            f"Print it or open it, read the lines aloud, put the recordings into {folder}, and run:"
            f"\n  cft-audio voice-from-recordings {shlex.quote(str(folder))}",
            err=True,
        )
