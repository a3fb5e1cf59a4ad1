"""``cft-audio build``: one recording for one person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.fields import OUTPUT, SESSION_FIELDS
from cft_audio.cli.consenting import consented
from cft_audio.cli.options import UserPath, session_options
from cft_audio.cli.progress import Bar
from cft_audio.cli.requesting import checked_answers, request_of
from cft_audio.cli.warning import scope_of_client, warner, warnings_object
from cft_audio.files.folders import default_folders
from cft_audio.people.settings import read_config
from cft_audio.schema.durations import clock
from cft_audio.schema.fields import Field
from cft_audio.script.safety import THERAPIST_ADVISED
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from cft_audio.application.planning import Plan

_SWITCHES = tuple(Field(name, "flag", "") for name in ("force", "quiet", "verbose"))


def configured(path: Path) -> dict[str, Any]:
    """Return the configuration file's values as defaults for this command.

    Raises:
        ConfigError: If the file is wrong.
    """
    options = {
        name.lstrip("-").replace("-", "_"): str(parameter.name)
        for parameter in command.params
        for name in parameter.opts
    }
    values = read_config(path, (*SESSION_FIELDS.values(), OUTPUT, *_SWITCHES))
    return {options[name]: _as_option(value) for name, value in values.items()}


def _as_option(value: object) -> object:
    if isinstance(value, dict):
        return tuple(value.items())
    return value if isinstance(value, bool | float | tuple) else str(value)


class Configured(click.Command):
    """A command whose defaults are those of a build: the person's configuration, and variables."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for parameter in self.params:
            if isinstance(parameter, click.Option):
                # By the long option, as in the file, and not by what the code calls it.
                long = parameter.opts[-1].lstrip("-").upper().replace("-", "_")
                parameter.envvar = parameter.envvar or f"CFT_AUDIO_BUILD_{long}"

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the context, its defaults taken from the person's configuration."""
        extra.setdefault("default_map", configured(default_folders().config))
        extra.setdefault("auto_envvar_prefix", "CFT_AUDIO_BUILD")
        return super().make_context(info_name, args, parent, **extra)


@click.command("build", cls=Configured)
@click.argument("practice")
@session_options
@click.option(
    "-o",
    "--output",
    type=UserPath(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Where to write: a file ending in .mp3, or a folder.",
)
@click.option("-f", "--force", is_flag=True, help="Write over an existing file.")
@click.option("-n", "--dry-run", is_flag=True, help="Show the timed script; write no file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more of what was done.")
def command(
    *,
    practice: str,
    output: Path,
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
    from cft_audio.application.building import build, check_settings, destination_of
    from cft_audio.application.planning import plan
    from cft_audio.signal.memory import keep_freed_memory

    keep_freed_memory()
    folders = default_folders()
    ask = sys.stdin.isatty() and not as_json
    answers = checked_answers(practice, options, ask=ask)
    request = consented(request_of(practice, options, answers), ask=ask)
    warn = warner(options["client"], quiet=quiet)
    with Bar(shown=sys.stderr.isatty() and not quiet) as bar:
        if dry_run:
            check_settings(request)
            planned = plan(request, folders, bar.update, warn)
        else:
            destination = destination_of(request, output, overwrite=force)
            planned = plan(request, folders, bar.update, warn)
            recording = build(planned, destination, bar.update)
    if dry_run:
        if as_json or not quiet:
            _show_plan(planned, options["client"], as_json=as_json)
        return
    if planned.practice.about.therapist_advised and not quiet:
        click.echo(THERAPIST_ADVISED, err=True)
    if as_json:
        warnings = warnings_object(planned.doubts, scope_of_client(options["client"]))
        made = recording.as_object() | {"warnings": warnings}
        click.echo(json.dumps(made, ensure_ascii=False))
    elif not quiet:
        click.echo(
            f"{recording.file}  {clock(recording.duration_s)}  "
            f"{recording.loudness_lufs:.1f} LUFS  {recording.true_peak_dbtp:.1f} dBTP"
        )
    if verbose and not (as_json or quiet):
        _show_more(planned)


def _show_plan(planned: Plan, client: str | None, *, as_json: bool) -> None:
    from cft_audio.application.describe import plan_object, plan_table

    if as_json:
        warnings = warnings_object(planned.doubts, scope_of_client(client))
        shown = plan_object(planned) | {"warnings": warnings}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for line in plan_table(planned):
        click.echo(line)


def _show_more(planned: Plan) -> None:
    pace = planned.request.pace
    click.echo(f"practice {planned.practice.id}, sha256 {planned.practice_sha256}")
    click.echo(
        f"pace {pace.name}: {pace.breaths_per_minute:g} breaths per minute at {pace.pattern}, "
        f"from {pace.first_rate:g}"
    )
    for chapter in planned.timeline.chapters:
        click.echo(f"{clock(seconds(chapter.start)):>8}  {chapter.title}")
