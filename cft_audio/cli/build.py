"""``cft-audio build``: one recording for one person."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli import options as option
from cft_audio.cli import playback
from cft_audio.cli.face import Face, terminal_width
from cft_audio.errors import RequestError
from cft_audio.files.this_process import send
from cft_audio.languages.registry import ENGLISH
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from cft_audio.application.choices import Choices
    from cft_audio.application.plans import Plan
    from cft_audio.application.recordings import Built
    from cft_audio.application.request import SessionRequest
    from cft_audio.cli.warning import Warner


@click.command("build", cls=option.SessionCommand)
@click.argument("practice", type=option.Text("practice"))
@option.session
@option.writing(
    "A file, whose ending says its format, a folder, or - for standard output.  [default: output]",
    allow_dash=True,
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
      cft-audio build "Kind company" --name Sam -o kind-company.m4b
      cft-audio build "Kind company" --name Sam --preset phone
    """
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.warning import Warner

    request = ask_for_session(face, practice, options)
    choices = face.choices(options)
    warner = Warner(face, choices["client"], choices["voice"])
    place = face.output(output)
    if dry_run:
        _show_plan(face, request, warner)
    elif place == Path("-"):
        _check_sending(face, request)
        face.folders = face.folders.for_passing
        with TemporaryDirectory() as passing:
            send(_build(face, request, choices, Path(passing), warner).recording.file)
    else:
        built = _build(face, request, choices, place, warner, overwrite=force)
        _show_built(face, built, warner)


def _show_plan(face: Face, request: SessionRequest, warner: Warner) -> None:
    """Print the plan of a session, of which nothing is written."""
    from cft_audio.application.figure_voices import figure_voice_notes
    from cft_audio.application.plan_lines import line_table
    from cft_audio.application.plan_report import plan_details, plan_object, plan_table
    from cft_audio.application.plan_screen import plan_screen
    from cft_audio.application.plans import plan
    from cft_audio.application.recordings import check_settings
    from cft_audio.cli.progress import Bar

    with Bar(quiet=face.quiet) as bar:
        check_settings(request)
        planned = plan(request, face.folders, bar.update, warner)
        face.note(*figure_voice_notes(request, face.folders))
        _note_plan(face, planned)
        face.note(*planned.practice.about.not_alone)
    screen = plan_screen(planned, terminal_width())
    more = (*plan_details(planned), "", *line_table(planned.lines)) if face.verbose else ()
    face.tell(*screen, *plan_table(planned), *more)
    told = {"warnings": warner.as_objects(planned.warnings), "notes": face.notes}
    face.show(plan_object(planned) | told, ())


def _build(
    face: Face,
    request: SessionRequest,
    choices: Choices,
    place: Path,
    warner: Warner,
    *,
    overwrite: bool = False,
) -> Built:
    """Make a recording, and tell what a person should know of it."""
    from cft_audio.application.chapters import build_chapters, choose_chapter_folder
    from cft_audio.application.notes import format_notes
    from cft_audio.application.recordings import build, choose_destination
    from cft_audio.cli.progress import Bar
    from cft_audio.signal.memory import keep_freed_memory

    with Bar(quiet=face.quiet) as bar:
        keep_freed_memory()
        if request.output.split_chapters:
            folder = choose_chapter_folder(request, place)
            face.note(*format_notes(request.output, "", choices))
            built = build_chapters(
                request, folder, face.folders, bar.update, warner, overwrite=overwrite
            )
        else:
            destination = choose_destination(request, place, face.folders, overwrite=overwrite)
            face.note(*format_notes(request.output, destination.path.suffix, choices))
            built = build(request, destination, face.folders, bar.update, warner)
    _note_plan(face, built.plan)
    about = built.plan.practice.about
    if about.therapist_advised:
        face.note(ENGLISH.safety.therapist_advised)
    face.note(*about.not_alone, *built.notes)
    return built


def _show_built(face: Face, built: Built, warner: Warner) -> None:
    """Print what was built, and play it if that was asked."""
    from cft_audio.application.plan_report import levels_words, plan_details

    made, planned = built.recording, built.plan
    line = f"{made.file}  {clock(made.duration_s)} long{', made already' * made.was_there}"
    more = [*plan_details(planned), levels_words(made)] if face.verbose else []
    play = f"Play it:  cft-audio play {shlex.quote(str(made.file))}"
    face.tell(line, *map(str, built.beside), *more, play)
    done = playback.play_and_open(face, made.file)
    told = {"warnings": warner.as_objects(planned.warnings), "notes": face.notes}
    face.show(built.as_object() | done | told, ())


def _note_plan(face: Face, planned: Plan) -> None:
    from cft_audio.application.notes import plan_notes

    face.note(*planned.notes, *plan_notes(planned.request, planned.timeline))


def _check_sending(face: Face, request: SessionRequest) -> None:
    """Raise RequestError if a recording cannot go to standard output."""
    remedy = "Send it to a file or a program, without --json, --play and --open"
    from cft_audio.application.request import Beside

    if sys.stdout.isatty() or face.as_json or face.play or face.open:
        raise RequestError("standard output takes only the recording", remedy=remedy, where="-o -")
    if not face.can_send:
        remedy = "Send it to a file or a program"
        raise RequestError("standard output is closed", remedy=remedy, where="-o -")
    if request.beside != Beside() or request.output.split_chapters:
        message = "standard output takes one file"
        raise RequestError(message, remedy="Name a file or a folder", where="-o -")
