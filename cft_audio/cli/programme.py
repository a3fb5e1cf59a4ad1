"""``cft-audio programme``: ordered courses, rendered as a numbered album with a plan."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, table
from cft_audio.cli.wording import words
from cft_audio.schema.durations import clock


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
def list_programmes(face: Face, /) -> None:
    """List the programmes, your own among them."""
    from cft_audio.application.programmes import list_programmes, programme_row

    programmes, problems = list_programmes(face.folders)
    for problem in problems:
        complain(f"cft-audio: {problem.worded(words)}")
    rows = [programme_row(programme) for programme in programmes]
    keys = ("id", "title", "sessions", "length", "summary")
    shown = [row | {"length": clock(row["length"])} for row in rows]
    face.show(rows, table(keys, [[str(row[key]) for key in keys] for row in shown]))


@command.command("show")
@click.argument("course", metavar="NAME", type=option.Text("programme"))
@option.as_json
@click.pass_obj
def show_programme(face: Face, /, course: str) -> None:
    """Show the plan of a programme: NAME, or a TOML file of your own."""
    from cft_audio.application.programmes import plan_page
    from cft_audio.library.practices import Library
    from cft_audio.library.programmes import find_programme

    library = Library(face.folders.scripts)
    programme = find_programme(course, library)
    face.show(asdict(programme), plan_page(programme, library))


@command.command("build", cls=option.SessionCommand)
@click.argument("course", metavar="NAME", type=option.Text("programme"))
@partial(option.session, never="minutes")
@option.writing(
    "A folder; the programme gets one of its own inside.  [default: output]",
    force="Make recordings anew that are there already.",
    file_okay=False,
)
@click.option("--starts", metavar="DATE", help="The day it begins, as 2027-01-31, for its plan.")
@click.option("--feed", metavar="URL", help="Write a podcast feed for this folder of the web.")
@option.dry_run
@option.printing
@click.pass_obj
def build_programme(
    face: Face,
    /,
    *,
    course: str,
    output: Path | None,
    force: bool,
    starts: str | None,
    feed: str | None,
    dry_run: bool,
    **options: Any,
) -> None:
    """Make every recording of a programme, numbered, with a plan for each day.

    NAME is a programme, or a TOML file of your own. An interrupted run goes on where it stopped:
    recordings that were made with the same name and options are kept. Beside them lie the plan, to
    read (plan.txt) and to print (plan.html), a playlist and the course's cover.

    With --feed, a podcast feed is written as well. What is fed is public: nothing personal may be
    spoken in it, so that it has to be made for anybody, with --name friend.

    \b
    Examples:
      cft-audio programme build first-week --name Sam
      cft-audio programme build sleep-fortnight --name Sam --bed rain -o ~/Music
      cft-audio programme build ./my-course.toml --name Sam --starts 2027-01-31
      cft-audio programme build first-week --name friend --feed https://example.org/week/
    """
    from cft_audio.application.albums import album as albums
    from cft_audio.application.albums import feeds
    from cft_audio.application.programmes import advice
    from cft_audio.cli.asking import ask_for_sessions
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import Warner
    from cft_audio.library.practices import Library
    from cft_audio.library.programmes import find_programme
    from cft_audio.signal.memory import keep_freed_memory

    keep_freed_memory()
    choices, folders = face.choices(options), face.folders
    library = Library(folders.scripts)
    programme = find_programme(course, library)
    wanted = [(step.practice, choices.for_programme(step)) for step in programme.sessions]
    url = feeds.parse_address(feed) if feed else ""
    first_day = albums.parse_day(starts) if starts else None
    requests = ask_for_sessions(face, wanted, f"the programme '{programme.id}'")
    if url:
        requests = feeds.public_requests(programme, requests, folders)
    album = albums.album_of(programme, requests, face.output(output), folders, first_day)
    warner = Warner(face, choices["client"], choices["voice"])
    done = []
    with Bar(quiet=face.quiet) as bar:
        if dry_run:
            steps = album.plan(folders, bar.update, warner)
        else:
            steps = album.build(folders, bar.update, warner, overwrite=force)
        try:
            for step in steps:
                bar.end()
                done.append(step)
                length = [clock(step["duration_s"])] if "duration_s" in step else []
                face.tell("  ".join([step["file"], *length, step["state"]]))
                for note in step.get("notes", ()):
                    face.note(f"Note: {note}")
        except KeyboardInterrupt:
            complain("\nWhat is made is kept: run the same command again to go on.")
            raise
    fed = []
    if url and not dry_run:
        fed = feeds.write_feed(album, url, requests[0].output.made_on, folders)
        face.tell(*map(str, fed[-1:]))
    face.show({"programme": programme.id, "recordings": done, "feed": [*map(str, fed)]}, ())
    if care := advice(programme, library):
        face.note(care)
