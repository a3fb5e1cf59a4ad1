"""``cft-audio programme``: ordered courses, rendered as a numbered album with a plan."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli.build import Configured
from cft_audio.cli.consenting import consented
from cft_audio.cli.options import UserPath, session_options, typed
from cft_audio.cli.progress import Bar
from cft_audio.cli.requesting import answers_of_all, request_of
from cft_audio.cli.table import table
from cft_audio.cli.warning import warner
from cft_audio.errors import LengthError, RequestError, ScriptError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.library.programmes import find_programme, read_programme
from cft_audio.schema.durations import clock
from cft_audio.script.safety import THERAPIST_ADVISED
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.albums import Track
    from cft_audio.application.planning import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.output import Destination
    from cft_audio.library.programme import Programme, Session

_ADVICE = THERAPIST_ADVISED.replace("this practice", "some of these practices")


@click.group("programme")
def command() -> None:
    """Courses of practices over days or weeks.

    Your own are TOML files: in ./scripts/programmes, or wherever you name one.

    \b
    Examples:
      cft-audio programme list
      cft-audio programme show first-week
      cft-audio programme build first-week --name Sam
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def list_programmes(*, as_json: bool) -> None:
    """List the programmes, your own among them."""
    library = Library(default_folders().scripts)
    keys = ("id", "title", "sessions", "length")
    rows = []
    for path in library.programme_files().values():
        try:
            found = read_programme(path, library)
        except ScriptError as error:
            click.echo(f"cft-audio: {error}", err=True)
            continue
        rows.append((found.id, found.title, str(len(found.sessions)), clock(found.length_s)))
    if as_json:
        click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        return
    for line in table(keys, rows):
        click.echo(line)


@command.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(name: str, *, as_json: bool) -> None:
    """Show the plan of a programme: NAME, or a TOML file of your own."""
    library = Library(default_folders().scripts)
    programme = find_programme(name, library)
    if as_json:
        click.echo(json.dumps(asdict(programme), ensure_ascii=False, indent=2))
        return
    for line in _plan(programme, library):
        click.echo(line)


@command.command("build", cls=Configured)
@click.argument("programme_name", metavar="NAME")
@session_options
@click.option(
    "-o",
    "--output",
    type=UserPath(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="A folder; the programme gets one of its own inside.",
)
@click.option("-f", "--force", is_flag=True, help="Make recordings anew that are there already.")
@click.option("-n", "--dry-run", is_flag=True, help="Plan every session; write no file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def build_programme(
    *,
    programme_name: str,
    output: Path,
    force: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Make every recording of a programme, numbered, with a plan for each day.

    NAME is a programme, or a TOML file of your own. An interrupted run goes on where it stopped:
    recordings that were made with the same name and options are kept.

    \b
    Examples:
      cft-audio programme build first-week --name Sam
      cft-audio programme build sleep-fortnight --name Sam --bed rain -o ~/Music
      cft-audio programme build ./my-course.toml --name Sam --dry-run
    """
    from cft_audio.application.albums import Album
    from cft_audio.files.output import Destination

    library = Library(default_folders().scripts)
    programme = find_programme(programme_name, library)
    requests = _requests(programme, options, ask=sys.stdin.isatty() and not as_json)
    album = Album.of(programme, requests, output, default_folders())
    if not dry_run:
        album.check(overwrite=force)
    warn = warner(options["client"], quiet=quiet or as_json)
    rows = []
    for track in album.tracks:
        with Bar(shown=sys.stderr.isatty() and not quiet) as bar, _named(track):
            if dry_run:
                row = _planned(track, bar.update, warn)
            elif album.holds(track) and not force:
                row = {"file": str(track.file), "state": "kept"}
            else:
                row = _made(track, Destination(track.file, force), bar.update, warn)
                album.note(track)
                album.write_plan(_plan(programme, library))
        rows.append(row)
        if not (quiet or as_json):
            length = [clock(row["duration_s"])] if "duration_s" in row else []
            click.echo("  ".join([row["file"], *length, row["state"]]))
    if as_json:
        shown = {"programme": programme.id, "recordings": rows}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif not quiet and _therapist_advised(programme, library):
        click.echo(_ADVICE, err=True)


def _planned(track: Track, progress: Progress, warn: Warn) -> dict[str, Any]:
    from cft_audio.application.planning import plan

    timeline = plan(track.request, default_folders(), progress, warn).timeline
    return {"file": str(track.file), "duration_s": seconds(timeline.length), "state": "planned"}


def _made(track: Track, to: Destination, progress: Progress, warn: Warn) -> dict[str, Any]:
    from cft_audio.application.building import build
    from cft_audio.application.planning import plan

    made = build(plan(track.request, default_folders(), progress, warn), to, progress)
    return made.as_object() | {"state": "made"}


@contextmanager
def _named(track: Track) -> Iterator[None]:
    """Say of which recording it is that something keeps it from being made, or a person does."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nWhat is made is kept: run the same command again to go on.", err=True)
        raise
    except LengthError as error:
        raise RequestError(
            f"recording {track.number}, '{track.request.title}': {error.message}",
            remedy=error.remedy,
        ) from None


def _requests(programme: Programme, options: dict[str, Any], *, ask: bool) -> list[SessionRequest]:
    """Return what is wanted of each session, the person's own options with the programme's."""
    if typed("length_s"):
        raise RequestError(
            "the recordings of a programme have lengths of their own",
            remedy="Leave it out, or build a single practice",
            field="minutes",
        )
    wanted = [(session.practice, _options(options, session)) for session in programme.sessions]
    answers = answers_of_all(wanted, f"the programme '{programme.id}'", ask=ask)
    return [
        consented(request_of(practice, chosen, said), ask=ask)
        for (practice, chosen), said in zip(wanted, answers, strict=True)
    ]


def _options(options: dict[str, Any], session: Session) -> dict[str, Any]:
    """Return the person's options with what the session says; what they typed is stronger."""
    return options | {
        "length_s": session.length_s,
        "adaptations": tuple(dict.fromkeys((*session.adaptations, *options["adaptations"]))),
        "pace": options["pace"] if typed("pace") else session.pace or options["pace"],
        "seed": session.seed + options["seed"],
        "slots": tuple((dict(session.answers) | dict(options["slots"])).items()),
    }


def _therapist_advised(programme: Programme, library: Library) -> bool:
    return any(
        library.open(session.practice).practice().about.therapist_advised
        for session in programme.sessions
    )


def _plan(programme: Programme, library: Library) -> list[str]:
    lines = [programme.title, ""]
    if programme.summary:
        lines += [click.wrap_text(programme.summary, 78), ""]
    for number, session in enumerate(programme.sessions, start=1):
        lines.append(f"{number:3}  {session.title}  ({clock(session.length_s)})")
        lines.append(f"     {session.practice}")
        if session.plan:
            lines.append(click.wrap_text(session.plan, 78, "     ", "     "))
        lines.append("")
    if _therapist_advised(programme, library):
        lines.append(click.wrap_text(_ADVICE, 78))
    return lines
