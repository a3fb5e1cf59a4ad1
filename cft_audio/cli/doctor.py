"""``cft-audio doctor``: what is installed and what is missing, each with its remedy."""

import os

import click

from cft_audio.application.doctor import Finding, check_machine
from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.wording import words
from cft_audio.references import replace_references


@click.command("doctor")
@option.as_json
@click.pass_context
@click.pass_obj
def command(face: Face, ctx: click.Context, /) -> None:
    """Check that everything a recording needs is here. The status is 1 where something is not.

    \b
    Example:
      cft-audio doctor
    """
    findings = list(check_machine(face.folders, os.environ))
    face.show([finding.as_object() for finding in findings], map(_line, findings))
    ctx.exit(1 if any(finding.needed and not finding.ok for finding in findings) else 0)


def _line(finding: Finding) -> str:
    sign = "ok     " if finding.ok else "MISSING" if finding.needed else "not here"
    advice = "" if finding.ok else f"\n         {finding.remedy}"
    return replace_references(f"{sign}  {finding.what}: {finding.found}{advice}", words)
