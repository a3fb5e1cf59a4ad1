"""``cft-audio build``: one recording for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest


@click.command("build")
@click.argument("practice")
@option.session
@option.writing("Where to write: a file ending in .mp3, or a folder.  [default: output]")
@option.dry_run
@option.printing
@click.option("-v", "--verbose", is_flag=True, help="Say more of what was done.")
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    practice: str,
    output: Path | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
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
    from cft_audio.application.plans import plan
    from cft_audio.application.recordings import build, check_settings, choose_destination
    from cft_audio.cli.asking import ask_for_session
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import warner, warnings_object
    from cft_audio.languages.english import SAFETY
    from cft_audio.schema.durations import clock
    from cft_audio.signal.memory import keep_freed_memory

    request = ask_for_session(face, practice, options, as_json=as_json)
    client = face.choices(options)["client"]
    warn = warner(client, quiet=quiet)
    if dry_run:
        check_settings(request)
        with Bar(quiet=quiet) as bar:
            planned = plan(request, face.folders, bar.update, warn)
        _show_plan(planned, client, as_json=as_json, quiet=quiet, verbose=verbose)
        return
    keep_freed_memory()
    destination = choose_destination(request, face.output(output), overwrite=force)
    with Bar(quiet=quiet) as bar:
        built = build(request, destination, face.folders, bar.update, warn)
    recording, planned = built.recording, built.plan
    if planned.practice.about.therapist_advised and not quiet:
        complain(SAFETY.therapist_advised)
    warnings = warnings_object(planned.warnings, client)
    line = (
        f"{recording.file}  {clock(recording.duration_s)}  "
        f"{recording.loudness_lufs:.1f} LUFS  {recording.true_peak_dbtp:.1f} dBTP"
    )
    more = _details(planned) if verbose else ()
    value = recording.as_object() | {"warnings": warnings}
    show(value, [line, *more], as_json=as_json, quiet=quiet)


def _show_plan(
    planned: Plan, client: str | None, *, as_json: bool, quiet: bool, verbose: bool
) -> None:
    from cft_audio.application.plan_report import plan_object, plan_table
    from cft_audio.cli.warning import warnings_object

    value = plan_object(planned) | {"warnings": warnings_object(planned.warnings, client)}
    more = _details(planned) if verbose else ()
    show(value, [*plan_table(planned), *more], as_json=as_json, quiet=quiet)


def _details(planned: Plan) -> Iterator[str]:
    from cft_audio.schema.durations import clock
    from cft_audio.signal.audio import seconds

    request: SessionRequest = planned.request
    pace, mix = request.session.adapted_pace, planned.mix
    yield f"practice {planned.practice.id}, sha256 {planned.practice_sha256}"
    yield (
        f"pace {pace.name}: {pace.breaths_per_minute:g} breaths per minute at {pace.pattern}, "
        f"from {pace.first_rate:g}"
    )
    yield (
        f"tone {mix.tone}, bed {mix.bed}, both at {mix.ambience_gain_db:+.1f} dB, ducked "
        f"{len(mix.ducking.spans)} times"
    )
    for chapter in planned.timeline.chapters:
        yield f"{clock(seconds(chapter.start)):>8}  {chapter.title}"
