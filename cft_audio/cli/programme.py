"""``cft-audio programme``: ordered courses, rendered as a numbered album with a plan."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from cft_audio.cli.consenting import consented
from cft_audio.cli.options import session_options
from cft_audio.cli.progress import Bar
from cft_audio.cli.requesting import checked_answers, request_of
from cft_audio.cli.table import table
from cft_audio.cli.warning import warner
from cft_audio.durations import clock
from cft_audio.folders import default_folders
from cft_audio.practices import Shelf
from cft_audio.programmes import Programme, Session, find_programme, read_programme
from cft_audio.script.safety import THERAPIST_ADVISED

PLAN = "plan.txt"


@click.group("programme")
def command() -> None:
    """Courses of practices over days or weeks.

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
    files = Shelf(default_folders().scripts).programme_files()
    found = [read_programme(path) for path in files.values()]
    rows = [(p.id, p.title, str(len(p.sessions)), clock(_total(p))) for p in found]
    if as_json:
        keys = ("id", "title", "sessions", "length")
        click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        return
    for line in table(("id", "title", "sessions", "length"), rows):
        click.echo(line)


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show the plan of a programme: NAME, or a TOML file of your own."""
    for line in _plan(_found(name)):
        click.echo(line)


@command.command("build")
@click.argument("programme_name", metavar="NAME")
@session_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="A folder; the programme gets one of its own inside.",
)
@click.option("-f", "--force", is_flag=True, help="Make recordings anew that are there already.")
@click.option("-n", "--dry-run", is_flag=True, help="Check every session; write no file.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def build_programme(
    *,
    programme_name: str,
    output: Path,
    force: bool,
    dry_run: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Make every recording of a programme, numbered, with a plan for each day.

    NAME is a programme, or a TOML file of your own. Recordings that are there already are kept,
    so that an interrupted run goes on where it stopped.
    """
    from cft_audio.master.output_file import Destination, check_writable
    from cft_audio.recording import build
    from cft_audio.session import plan

    programme = _found(programme_name)
    folder = output / programme.id
    ask = sys.stdin.isatty() and not dry_run
    requests = []
    for number, session in enumerate(programme.sessions, start=1):
        chosen = _options(options, session)
        answers = checked_answers(session.practice, chosen, ask=ask)
        # What was asked for one session is not asked again for the next.
        options["slots"] = (*options["slots"], *answers.items())
        request = request_of(session.practice, chosen, answers)
        requests.append((number, session, consented(request, ask=sys.stdin.isatty())))
    width = len(str(len(requests)))
    warn = warner(options["client"], quiet=quiet)
    for number, session, request in requests:
        file = folder / f"{number:0{width}} {_safe(session.title)}.mp3"
        if file.exists() and not force:
            if not quiet:
                click.echo(f"{file}  kept")
            continue
        destination = Destination(file, force)
        if not dry_run:
            check_writable(destination)
        with Bar(shown=sys.stderr.isatty() and not quiet) as bar:
            planned = plan(
                _in_album(request, programme, number, session),
                default_folders(),
                bar.update,
                warn,
            )
            if not dry_run:
                build(planned, destination, bar.update)
        if not quiet:
            length = clock(planned.timeline.length / 44_100)
            click.echo(f"{file}  {length}{'  planned' if dry_run else ''}")
    if not dry_run:
        (folder / PLAN).write_text("\n".join(_plan(programme)) + "\n", encoding="utf-8")


def _found(name: str) -> Programme:
    return find_programme(name, Shelf(default_folders().scripts).programme_files())


def _options(options: dict[str, Any], session: Session) -> dict[str, Any]:
    """Return the person's options with what the session itself says."""
    chosen = dict(options)
    chosen["length_s"] = session.length_s
    chosen["adaptations"] = tuple(dict.fromkeys((*session.adaptations, *options["adaptations"])))
    chosen["pace"] = session.pace or options["pace"]
    chosen["seed"] = session.seed + options["seed"]
    shelf = Shelf(default_folders().scripts)
    slots = shelf.practice(session.practice).slots
    given = {**dict(options["slots"]), **session.answers}
    chosen["slots"] = tuple((name, value) for name, value in given.items() if name in slots)
    return chosen


def _in_album(request: Any, programme: Programme, number: int, session: Session) -> Any:
    from dataclasses import replace

    track = f"{number}/{len(programme.sessions)}"
    return replace(request, album=programme.title, track=track, title=session.title)


def _safe(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum() or letter in " -").strip()


def _total(programme: Programme) -> float:
    return sum(session.length_s for session in programme.sessions)


def _plan(programme: Programme) -> list[str]:
    lines = [programme.title, "", click.wrap_text(programme.summary, 78), ""]
    shelf = Shelf(default_folders().scripts)
    advised = False
    for number, session in enumerate(programme.sessions, start=1):
        lines.append(f"{number:3}  {session.title}  ({clock(session.length_s)})")
        lines.append(f"     {session.practice}")
        if session.plan:
            lines.append(click.wrap_text(session.plan, 78, "     ", "     "))
        lines.append("")
        advised = advised or shelf.practice(session.practice).about.therapist_advised
    if advised:
        lines.append(THERAPIST_ADVISED.replace("this practice", "some of these practices"))
    return lines
