"""``cft-audio preview``: an excerpt of a session, heard before all of it is made."""

from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face

_ESTIMATED = (
    "Not all lines outside it have been spoken yet: in the recording, it may begin some seconds "
    "earlier or later, and its pauses may be a little longer or shorter."
)


@click.command("preview", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@option.session
@option.field_option("chapter")
@option.field_option("at")
@option.field_option("seconds")
@option.writing(
    "Where to write: a file, whose ending says its format, or a folder.  [default: output]"
)
@option.no_play
@option.printing
@click.pass_obj
def command(
    face: Face, /, *, practice: str, output: Path | None, force: bool, **options: Any
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
    from cft_audio.application.excerpts import (
        ExcerptChoice,
        choose_excerpt_destination,
        make_excerpt,
    )
    from cft_audio.application.fields import EXCERPT_FIELDS
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.playback import play_or_say_why
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import Warner
    from cft_audio.schema.durations import clock
    from cft_audio.signal.audio import seconds

    choice = ExcerptChoice.of(**{name: options.pop(name) for name in EXCERPT_FIELDS})
    request = ask_for_session(face, practice, options)
    place = face.output(output)
    destination = choose_excerpt_destination(request, place, face.folders, overwrite=force)
    choices = face.choices(options)
    warner = Warner(face, choices["client"], choices["voice"])
    with Bar(quiet=face.quiet) as bar:
        plan = make_excerpt(request, choice, destination, face.folders, bar.update, warner)
    file, excerpt = destination.path, plan.excerpt
    start_s, stop_s = seconds(excerpt.start), seconds(excerpt.stop)
    face.tell(f"{file}  {clock(start_s)} to {clock(stop_s)}, {excerpt.chapter}")
    if plan.estimated and not face.as_json:
        face.note(_ESTIMATED)
    value = plan.as_object(file) | {"warnings": warner.as_objects(plan.warnings)}
    face.show(value | {"played": play_or_say_why(face, file)}, ())
