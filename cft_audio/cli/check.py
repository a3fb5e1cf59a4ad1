"""``cft-audio check``: a script's errors and warnings, all at once."""

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.wording import words


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=option.Text("practice"))
@option.field_option("avoid", "Find every line that says this, in any wording: sea, deep water.")
@option.field_option("client", "Find what is to be spared this client as well, by code.")
@option.as_json
@click.pass_context
@click.pass_obj
def command(
    face: Face,
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    avoid: tuple[str, ...],
    client: str | None,
) -> None:
    """Check practice scripts: every error at once, and what may not be spoken well.

    FILE is a script, or the name of a practice. It is tried and planned at many lengths and in
    every adaptation; nothing is spoken. An error stops 'build' as well, once a session comes to
    it, and the status is 1 where there is one; warnings alone leave it 0.

    \b
    Examples:
      cft-audio check scripts/my-practice.md
      cft-audio check soothing-rhythm-breathing
      cft-audio check scripts/my-practice.md --avoid "sea, waves"
      cft-audio check scripts/my-practice.md --client K7
    """
    from cft_audio.application.practices import check_scripts, check_summary

    choices = face.choices({"avoid": avoid, "client": client})
    voice = face.settings.values.get("voice")
    problems = check_scripts(files, face.folders, voice, choices["avoid"])
    errors = sum(not problem.warning for problem in problems)
    lines = [problem.worded(words) for problem in problems]
    summary = check_summary(len(files), errors, len(problems) - errors)
    face.show([problem.as_object() for problem in problems], [*lines, summary])
    ctx.exit(1 if errors else 0)
