"""``cft-audio build``: one recording for one person."""

import shlex
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli import playback
from cft_audio.cli.face import Face
from cft_audio.errors import RequestError
from cft_audio.files.this_process import send
from cft_audio.languages.registry import ENGLISH
from cft_audio.schema.durations import clock


@click.command("build", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@option.session
@option.writing(
    "A file ending in .mp3, a folder, or - for standard output.  [default: output]", allow_dash=True
)
@option.dry_run
@option.play
@option.shown
@option.printing
@option.verbose
@click.pass_obj
def command(
    face: Face, /, *, practice: str, output: Path | None, force: bool, dry_run: bool, **options: Any
) -> None:
    """Make a recording of PRACTICE.

    PRACTICE is a name or a title from 'cft-audio list', or a script file of your own. Anything it
    asks for and you left out is asked on the terminal. 'cft-audio choose' finds one for you.

    \b
    Examples:
      cft-audio build soothing-rhythm-breathing --name Sam
      cft-audio build soothing-rhythm-breathing --name Sam --figure wise-elder \\
          --pace gentle --minutes 10
      cft-audio build soothing-rhythm-breathing --name Xiomara \\
          --pronounce Xiomara=see-oh-MAR-ah --breaths-per-minute 5.5 --ratio 4:0:6:0
      cft-audio build "Kind company" --name Sam --minutes 12:30 --dry-run
    """
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import Warner

    request = ask_for_session(face, practice, options)
    choices = face.choices(options)
    warner = Warner(face, choices["client"], choices["voice"])
    place, lines = face.output(output), []
    is_sent = place == Path("-") and not dry_run
    if is_sent and (sys.stdout.isatty() or face.as_json or face.play or face.open):
        remedy = "Send it to a file or a program, without --json, --play and --open"
        raise RequestError("standard output takes only the MP3", remedy=remedy, where="-o -")
    if is_sent and not face.can_send:
        remedy = "Send it to a file or a program"
        raise RequestError("standard output is closed", remedy=remedy, where="-o -")
    with Bar(quiet=face.quiet) as bar, TemporaryDirectory() as passing:
        from cft_audio.application.figure_voices import figure_voice_notes
        from cft_audio.application.notes import plan_notes
        from cft_audio.application.plan_report import (
            levels_words,
            plan_details,
            plan_object,
            plan_table,
        )
        from cft_audio.application.plans import plan
        from cft_audio.application.recordings import build, check_settings, choose_destination

        if dry_run:
            check_settings(request)
            planned = plan(request, face.folders, bar.update, warner)
            value, lines = plan_object(planned), list(plan_table(planned))
            face.note(*figure_voice_notes(request, face.folders))
        else:
            from cft_audio.signal.memory import keep_freed_memory

            keep_freed_memory()
            path = Path(passing, "session.mp3") if is_sent else place
            destination = choose_destination(request, path, overwrite=force)
            planned, made = build(request, destination, face.folders, bar.update, warner)
            if is_sent:
                send(made.file)
            value, lines = made.as_object(), [f"{made.file}  {clock(made.duration_s)} long"]
            lines[0] += ", made already" * made.was_there
    face.note(*planned.notes, *plan_notes(request, planned.timeline))
    about = planned.practice.about
    if not dry_run and about.therapist_advised:
        face.note(ENGLISH.safety.therapist_advised)
    face.note(*about.not_alone)
    if is_sent:
        return
    more = list(plan_details(planned)) if face.verbose else []
    if not dry_run:
        more += [levels_words(made)] if face.verbose else []
        more += [f"Play it:  cft-audio play {shlex.quote(str(made.file))}"]
    face.tell(*lines, *more)
    done = {} if dry_run else playback.play_and_open(face, made.file)
    told = {"warnings": warner.as_objects(planned.warnings), "notes": face.notes}
    face.show(value | done | told, ())
