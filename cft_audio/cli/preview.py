"""``cft-audio preview``: a stretch of a session, heard before all of it is made."""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from cft_audio.cli.build import Configured
from cft_audio.cli.consenting import consented
from cft_audio.cli.options import Finite, UserPath, session_options
from cft_audio.cli.progress import Bar
from cft_audio.cli.requesting import checked_answers, request_of
from cft_audio.cli.warning import scope_of_client, warner, warnings_object
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.schema.durations import clock, parse_minutes
from cft_audio.signal.audio import seconds

_ESTIMATED = (
    "Not all lines outside it have been spoken yet: in the recording, it may begin some seconds "
    "earlier or later, and its pauses may be a little longer or shorter."
)


_BEGINNING = re.compile(r"0+(?:[:.]0+)*")


class Moment(click.ParamType):
    """A place in a session as players show it: ``4:30``, ``0:00``, or minutes, ``4.5``."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the place in seconds."""
        if isinstance(value, float):
            return value
        if _BEGINNING.fullmatch(str(value).strip()):
            return 0.0
        try:
            return parse_minutes(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a place in a recording; write 4:30 or 4.5.", param, ctx)


@click.command("preview", cls=Configured)
@click.argument("practice")
@session_options
@click.option("--from", "chapter", metavar="CHAPTER", help="A chapter's number, or how it begins.")
@click.option("--at", "at_s", type=Moment(), help="A place in the recording, such as 4:30.")
@click.option(
    "--seconds",
    "length_s_heard",
    type=Finite(1, 3600),
    default=60.0,
    show_default=True,
    help="How much of it.",
)
@click.option(
    "-o",
    "--output",
    type=UserPath(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Where to write: a file ending in .wav or .mp3, or a folder.",
)
@click.option("-f", "--force", is_flag=True, help="Write over an existing file.")
@click.option("--no-play", is_flag=True, help="Write the file, and do not play it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    *,
    practice: str,
    chapter: str | None,
    at_s: float | None,
    length_s_heard: float,
    output: Path,
    force: bool,
    no_play: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Hear a stretch of the session that 'build' would make of PRACTICE with the same options.

    Only its own lines are spoken, unless they were before; without --from or --at it is the
    beginning. It is written to a file, and played if that is possible.

    \b
    Examples:
      cft-audio preview soothing-rhythm-breathing --name Sam --from "kind company"
      cft-audio preview soothing-rhythm-breathing --name Sam --from 3 --seconds 30
      cft-audio preview soothing-rhythm-breathing --name Sam -m 12 --at 4:30 --bed rain
    """
    if chapter is not None and at_s is not None:
        raise RequestError(
            "--from and --at name two places", remedy="Give one of them", where="preview"
        )
    from cft_audio.application.excerpt import (
        glimpse,
        preview_destination,
        stretch_at,
        stretch_from_chapter,
        write_preview,
    )
    from cft_audio.files.playing import play, why_silent

    ask = sys.stdin.isatty() and not as_json
    answers = checked_answers(practice, options, ask=ask)
    request = consented(request_of(practice, options, answers), ask=ask)
    destination = preview_destination(request, output, overwrite=force)
    stretch_of = (
        partial(stretch_at, at_s=at_s or 0.0, length_s=length_s_heard)
        if chapter is None
        else partial(stretch_from_chapter, chapter=chapter, length_s=length_s_heard)
    )
    warn = warner(options["client"], quiet=quiet)
    with Bar(shown=sys.stderr.isatty() and not quiet) as bar:
        found = glimpse(request, default_folders(), stretch_of, bar.update, warn)
        write_preview(found, destination)
    file, stretch = destination.path, found.stretch
    if not (quiet or as_json):
        span = f"{clock(seconds(stretch.start))} to {clock(seconds(stretch.stop))}"
        click.echo(f"{file}  {span}, {stretch.chapter}")
        if found.estimated:
            click.echo(_ESTIMATED, err=True)
    played = not no_play and play(file)
    if as_json:
        shown = {
            "file": str(file),
            "chapter": stretch.chapter,
            "start_s": round(seconds(stretch.start), 4),
            "duration_s": round(seconds(stretch.stop - stretch.start), 4),
            "estimated_lines": found.estimated,
            "played": played,
            "warnings": warnings_object(found.doubts, scope_of_client(options["client"])),
        }
        click.echo(json.dumps(shown, ensure_ascii=False))
    elif not (played or no_play or quiet):
        click.echo(f"It was not played: {why_silent()}.", err=True)
