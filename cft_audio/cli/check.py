"""``cft-audio check``: a script's errors and doubts, all at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial

import click

from cft_audio.errors import Problem, RequestError, ScriptError
from cft_audio.files.folders import default_folders
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of problems.")
@click.pass_context
def command(ctx: click.Context, *, files: tuple[str, ...], as_json: bool) -> None:
    """Check practice scripts: every error at once, and what may not be spoken well.

    FILE is a script, or the name of a practice. The status is 1 where there is an error;
    warnings alone leave it 0.

    \b
    Examples:
      cft-audio check scripts/my-practice.md
      cft-audio check soothing-rhythm-breathing
    """
    problems = [problem for file in files for problem in _problems(file)]
    if as_json:
        rows = [asdict(problem) for problem in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
        errors = sum(not problem.warning for problem in problems)
        click.echo(_summary(len(files), errors, len(problems) - errors))
    ctx.exit(1 if any(not problem.warning for problem in problems) else 0)


def _problems(file: str) -> list[Problem]:
    from cft_audio.script.review import review
    from cft_audio.script.templates import Templates
    from cft_audio.speech.text.rules import speakable

    try:
        opened = Library(default_folders().scripts).open(file)
    except RequestError as error:
        return [Problem(file, 0, error.message, error.remedy)]
    try:
        practice, problems = opened.read()
    except ScriptError as error:
        return list(error.problems)
    # The body is checked too where the front matter is wrong, except for what follows from it.
    figure_named = partial(find_figure, library=opened.library)
    found = review(practice, Templates(opened.library.folders), figure_named, speakable)
    return sorted({*problems, *found}, key=lambda problem: (problem.file, problem.line))


def _summary(files: int, errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return f"{files} script{'s' if files > 1 else ''} checked: all well."
    return (
        f"{errors} error{'' if errors == 1 else 's'}, "
        f"{warnings} warning{'' if warnings == 1 else 's'}."
    )
