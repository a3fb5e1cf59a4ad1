"""``cft-audio build``: one recording for one person."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli.options import session_options
from cft_audio.cli.progress import Bar
from cft_audio.config import read_config
from cft_audio.durations import clock
from cft_audio.errors import RequestError
from cft_audio.folders import default_folders
from cft_audio.practices import read_letter, shelf_with
from cft_audio.request import SessionRequest
from cft_audio.script.answers import missing_slots, option
from cft_audio.script.safety import THERAPIST_ADVISED
from cft_audio.timeline.pace import PRESETS, adjusted, parse_pattern

if TYPE_CHECKING:
    from cft_audio.script.practice import Practice
    from cft_audio.session import Plan

_TABLES = {"pronounce", "with"}
"""Settings that are a table in the configuration file and pairs on the command line."""


def configured(path: Path) -> dict[str, Any]:
    """Return the configuration file's values as defaults for this command.

    Raises:
        ConfigError: If the file is wrong.
    """
    names = {
        parameter.opts[-1].lstrip("-"): parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.name not in ("as_json", "dry_run")
    }
    values = read_config(path, names)
    return {str(names[key]): _as_option(key, value) for key, value in values.items()}


def _as_option(key: str, value: object) -> object:
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(str(value).split(",")) if key == "for" else value


class _Configured(click.Command):
    """A command whose defaults come from the person's configuration file."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        extra.setdefault("default_map", configured(default_folders().config))
        return super().make_context(info_name, args, parent, **extra)


@click.command("build", cls=_Configured)
@click.argument("practice")
@session_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
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
    from cft_audio.recording import build, destination_of
    from cft_audio.session import plan

    folders = default_folders()
    answers = checked_answers(practice, options, ask=sys.stdin.isatty() and not as_json)
    request = request_of(practice, options, answers)
    with Bar(shown=sys.stderr.isatty() and not quiet) as bar:
        if dry_run:
            planned = plan(request, folders, bar.update)
        else:
            destination = destination_of(request, output, overwrite=force)
            planned = plan(request, folders, bar.update)
            recording = build(planned, destination, bar.update)
    if dry_run:
        _show_plan(planned, as_json=as_json)
        return
    if planned.practice.about.therapist_advised and not quiet:
        click.echo(THERAPIST_ADVISED, err=True)
    if as_json:
        click.echo(json.dumps(recording.as_object(), ensure_ascii=False))
    elif not quiet:
        click.echo(
            f"{recording.file}  {clock(recording.duration_s)}  "
            f"{recording.loudness_lufs:.1f} LUFS  {recording.true_peak_dbtp:.1f} dBTP"
        )
    if verbose and not as_json:
        _show_more(planned)


def request_of(practice: str, options: dict[str, Any], answers: dict[str, str]) -> SessionRequest:
    """Return the session that the options of a command ask for.

    Raises:
        RequestError: If the pace could not be breathed safely, or a pattern cannot be read.
    """
    ratio = options["ratio"]
    return SessionRequest(
        practice=practice,
        answers=answers,
        figure_pronouns=options["figure_pronouns"],
        length_s=options["length_s"],
        adaptations=options["adaptations"],
        pace=adjusted(
            PRESETS[options["pace"]],
            breaths_per_minute=options["breaths_per_minute"],
            pattern=parse_pattern(ratio) if ratio else None,
            first_rate=options["ease_from"],
        ),
        voice=options["voice"],
        pronounce=dict(options["pronounce"]),
        tone=options["tone"],
        bed=options["bed"],
        loudness_lufs=options["loudness"],
        bitrate_kbps=int(options["bitrate"]),
        seed=options["seed"],
        artist=options["artist"],
        name_in_tags=not options["no_name"],
        made_on=_today().date(),
    )


def checked_answers(practice: str, options: dict[str, Any], *, ask: bool) -> dict[str, str]:
    """Return the answers to the slots of ``practice``, asked on the terminal where ``ask``.

    Raises:
        RequestError: If any is missing and there is nobody to ask.
    """
    shelf = shelf_with(None, default_folders().scripts)
    found = shelf.practice(practice)
    answers = dict(options["slots"])
    for name in ("name", "figure"):
        answer = options[name]
        if answer is None:
            continue
        # A default of the person's own must not stop a practice that has no such slot.
        source = click.get_current_context().get_parameter_source(name)
        if name in found.slots or source is click.core.ParameterSource.COMMANDLINE:
            answers[name] = answer
    answers |= _letters(found, answers, options["letter"])
    missing = missing_slots(found, answers)
    if missing and ask:
        for slot in missing:
            kind = click.Choice(slot.choices) if slot.choices else str
            answers[slot.name] = click.prompt(slot.ask, type=kind, err=True)
        answers |= _letters(found, answers, None) if missing else {}
    elif missing:
        raise RequestError(
            f"the practice '{found.id}' also needs "
            + ", ".join(f"{option(slot.name)} ({slot.ask})" for slot in missing),
            remedy="Give each of them on the command line",
        )
    return answers


def _letters(practice: Practice, answers: dict[str, str], letter: Path | None) -> dict[str, str]:
    """Return the text of each letter, from the file that was given for it."""
    slots = [slot.name for slot in practice.slots.values() if slot.type == "letter"]
    if letter is not None and not slots:
        raise RequestError(
            f"the practice '{practice.id}' reads no letter",
            remedy="Try compassionate-letter-reading",
            where="--letter",
        )
    given = {name: Path(answers[name]) for name in slots if name in answers}
    if letter is not None:
        given[slots[0]] = letter
    return {name: read_letter(path) for name, path in given.items()}


def _today() -> datetime:
    """Return the time of the build; SOURCE_DATE_EPOCH sets it, as for any reproducible build."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise RequestError(
            f"'{epoch}' is not a time",
            remedy="Give whole seconds since 1970",
            where="SOURCE_DATE_EPOCH",
        ) from None


def _show_plan(planned: Plan, *, as_json: bool) -> None:
    from cft_audio.describe import plan_object, plan_table

    if as_json:
        click.echo(json.dumps(plan_object(planned), ensure_ascii=False, indent=2))
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
        click.echo(f"{clock(chapter.start / 44_100):>8}  {chapter.title}")
