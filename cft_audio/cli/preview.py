"""``cft-audio preview``: an excerpt of a session, heard before all of it is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, show
from cft_audio.errors import RequestError
from cft_audio.schema.durations import clock, parse_minutes

if TYPE_CHECKING:
    from pathlib import Path

_ESTIMATED = (
    "Not all lines outside it have been spoken yet: in the recording, it may begin some seconds "
    "earlier or later, and its pauses may be a little longer or shorter."
)
_BEGINNING = re.compile(r"0+(?:[:.]0+)*")


class _Moment(click.ParamType):
    """A place in a session as players show it: ``4:30``, ``0:00``, or minutes, ``4.5``."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the place in seconds."""
        if _BEGINNING.fullmatch(str(value).strip()):
            return 0.0
        try:
            return parse_minutes(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a place in a recording; write 4:30 or 4.5.", param, ctx)


@click.command("preview")
@click.argument("practice")
@option.session
@click.option("--from", "chapter", metavar="CHAPTER", help="A chapter's number, or how it begins.")
@click.option("--at", type=_Moment(), help="A place in the recording, such as 4:30.")
@click.option(
    "--seconds", type=click.FloatRange(1, 3600), default=60, show_default=True, help="How much."
)
@option.writing("Where to write: a file ending in .wav or .mp3, or a folder.  [default: output]")
@option.no_play
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    practice: str,
    chapter: str | None,
    at: float | None,
    seconds: float,
    output: Path | None,
    force: bool,
    no_play: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Hear an excerpt of the session that 'build' would make of PRACTICE with the same options.

    Only its own lines are spoken, unless they were before; without --from or --at it is the
    beginning. It is written to a file, and played if that is possible.

    \b
    Examples:
      cft-audio preview soothing-rhythm-breathing --name Sam --from "kind company"
      cft-audio preview soothing-rhythm-breathing --name Sam --from 3 --seconds 30
      cft-audio preview soothing-rhythm-breathing --name Sam -m 12 --at 4:30 --bed rain
    """
    if chapter is not None and at is not None:
        raise RequestError("--from and --at name two places", remedy="Give one of them")
    from cft_audio.application.excerpts import (
        ExcerptChoice,
        choose_excerpt_destination,
        make_excerpt,
    )
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.playback import play_or_say_why
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import warner, warnings_object
    from cft_audio.signal.audio import seconds as seconds_of

    request = ask_for_session(face, practice, options, as_json=as_json)
    client = face.choices(options)["client"]
    destination = choose_excerpt_destination(request, face.output(output), overwrite=force)
    choice = ExcerptChoice(chapter, at or 0.0, seconds)
    warn = warner(client, quiet=quiet)
    with Bar(quiet=quiet) as bar:
        plan = make_excerpt(request, choice, destination, face.folders, bar.update, warn)
    file, excerpt = destination.path, plan.excerpt
    start, stop = seconds_of(excerpt.start), seconds_of(excerpt.stop)
    if not (quiet or as_json):
        click.echo(f"{file}  {clock(start)} to {clock(stop)}, {excerpt.chapter}")
        if plan.estimated:
            complain(_ESTIMATED)
    played = not no_play and play_or_say_why(file, quiet=quiet or as_json)
    value = {
        "file": str(file),
        "chapter": excerpt.chapter,
        "start_s": round(start, 4),
        "duration_s": round(stop - start, 4),
        "estimated_lines": plan.estimated,
        "played": played,
        "warnings": warnings_object(plan.warnings, client),
    }
    show(value, (), as_json=as_json)
