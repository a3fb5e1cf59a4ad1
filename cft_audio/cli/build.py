"""``cft-audio build``: one recording for one person."""

from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face


@click.command("build", cls=option.SessionCommand)
@click.argument("practice")
@option.session
@option.writing("Where to write: a file ending in .mp3, or a folder.  [default: output]")
@option.dry_run
@option.printing
@option.verbose
@click.pass_obj
def command(
    face: Face, /, *, practice: str, output: Path | None, force: bool, dry_run: bool, **options: Any
) -> None:
    """Make a recording of PRACTICE.

    PRACTICE is a name from 'cft-audio list' or a script file of your own. Anything it asks for
    and you left out is asked on the terminal.

    \b
    Examples:
      cft-audio build soothing-rhythm-breathing --name Sam
      cft-audio build soothing-rhythm-breathing --name Sam --figure wise-elder \\
          --pace gentle --minutes 10
      cft-audio build soothing-rhythm-breathing --name Xiomara \\
          --pronounce Xiomara=see-oh-MAR-ah --breaths-per-minute 5.5 --ratio 4:0:6:0
      cft-audio build soothing-rhythm-breathing --name Sam --minutes 12:30 --dry-run
    """
    from cft_audio.application.notes import plan_notes
    from cft_audio.application.plan_report import plan_details, plan_object, plan_table
    from cft_audio.application.plans import plan
    from cft_audio.application.recordings import build, check_settings, choose_destination
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import Warner
    from cft_audio.languages.registry import ENGLISH
    from cft_audio.schema.durations import clock
    from cft_audio.signal.memory import keep_freed_memory

    request = ask_for_session(face, practice, options)
    warner = Warner(face, face.choices(options)["client"])
    if dry_run:
        check_settings(request)
        with Bar(quiet=face.quiet) as bar:
            planned = plan(request, face.folders, bar.update, warner)
        value, lines = plan_object(planned), list(plan_table(planned))
    else:
        keep_freed_memory()
        destination = choose_destination(request, face.output(output), overwrite=force)
        with Bar(quiet=face.quiet) as bar:
            planned, recording = build(request, destination, face.folders, bar.update, warner)
        if planned.practice.about.therapist_advised:
            face.note(ENGLISH.safety.therapist_advised)
        value = recording.as_object()
        levels = f"{recording.loudness_lufs:.1f} LUFS  {recording.true_peak_dbtp:.1f} dBTP"
        lines = [f"{recording.file}  {clock(recording.duration_s)}  {levels}"]
        lines[0] += "  made already, of the same" * recording.was_there
    face.note(*planned.notes, *plan_notes(request, planned.timeline))
    more = plan_details(planned) if face.verbose else ()
    told = {"warnings": warner.as_objects(planned.warnings), "notes": face.notes}
    face.show(value | told, [*lines, *more])
