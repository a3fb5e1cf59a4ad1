"""``cft-audio programme``: ordered courses, rendered as a numbered album with a plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, show, table
from cft_audio.cli.wording import words
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from pathlib import Path


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
@option.as_json
@click.pass_obj
def list_programmes(face: Face, /, *, as_json: bool) -> None:
    """List the programmes, your own among them."""
    from cft_audio.application.programmes import list_programmes

    programmes, problems = list_programmes(face.folders)
    for problem in problems:
        complain(f"cft-audio: {problem.worded(words)}")
    keys = ("id", "title", "sessions", "length")
    rows = [(p.id, p.title, str(len(p.sessions)), clock(p.length_s)) for p in programmes]
    objects = [dict(zip(keys, row, strict=True)) for row in rows]
    show(objects, table(keys, rows), as_json=as_json)


@command.command("show")
@click.argument("name")
@option.as_json
@click.pass_obj
def show_programme(face: Face, /, name: str, *, as_json: bool) -> None:
    """Show the plan of a programme: NAME, or a TOML file of your own."""
    from cft_audio.application.programmes import plan_page, read_programme_called

    programme = read_programme_called(name, face.folders)
    show(asdict(programme), plan_page(programme, face.folders), as_json=as_json)


@command.command("build")
@click.argument("name_of_programme", metavar="NAME")
@option.session
@option.writing(
    "A folder; the programme gets one of its own inside.  [default: output]", file_okay=False
)
@option.dry_run
@option.printing
@click.pass_obj
def build_programme(
    face: Face,
    /,
    *,
    name_of_programme: str,
    output: Path | None,
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
    from cft_audio.application.albums import album_of
    from cft_audio.application.programmes import advice, plan_page, read_programme_called
    from cft_audio.cli.asking import ask_for_sessions
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import warner
    from cft_audio.signal.memory import keep_freed_memory

    keep_freed_memory()
    folders, choices = face.folders, face.choices(options)
    programme = read_programme_called(name_of_programme, folders)
    wanted = [(step.practice, choices.for_programme(step)) for step in programme.sessions]
    what = f"the programme '{programme.id}'"
    requests = ask_for_sessions(face, wanted, what, as_json=as_json)
    album = album_of(
        programme, requests, face.output(output), folders, plan_page(programme, folders)
    )
    if not dry_run:
        album.check(overwrite=force)
    warn = warner(choices["client"], quiet=quiet or as_json)
    done = []
    with Bar(quiet=quiet) as bar:
        steps = (
            album.plan(folders, bar.update, warn)
            if dry_run
            else album.build(folders, bar.update, warn, overwrite=force)
        )
        try:
            for step in steps:
                bar.end()
                done.append(step.as_object())
                if not (quiet or as_json):
                    length = [] if step.duration_s is None else [clock(step.duration_s)]
                    click.echo("  ".join([str(step.track.file), *length, step.state]))
        except KeyboardInterrupt:
            complain("\nWhat is made is kept: run the same command again to go on.")
            raise
    show({"programme": programme.id, "recordings": done}, (), as_json=as_json)
    if advice(programme, folders) and not (quiet or as_json):
        complain(advice(programme, folders))
