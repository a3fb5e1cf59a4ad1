"""``cft-audio doctor``: what is installed and what is missing, each with its remedy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cft_audio.errors import ConfigError
from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from cft_audio.application.doctor import Finding


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Check that everything a recording needs is here. The status is 1 where something is not.

    \b
    Example:
      cft-audio doctor
    """
    from cft_audio.application.doctor import checkup

    findings = [*checkup(default_folders()), _configuration()]
    if as_json:
        rows = [
            {"what": f.what, "ok": f.ok, "needed": f.needed, "found": f.found, "remedy": f.remedy}
            for f in findings
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding))
    ctx.exit(1 if any(finding.needed and not finding.ok for finding in findings) else 0)


def _configuration() -> Finding:
    from cft_audio.application.doctor import Finding
    from cft_audio.cli.build import configured

    path = default_folders().config
    try:
        configured(path)
    except ConfigError as error:
        return Finding("configuration", ok=False, found=str(error), remedy="Correct that file")
    return Finding("configuration", ok=True, found=str(path) if path.exists() else "none")


def _line(finding: Finding) -> str:
    sign = "ok     " if finding.ok else "MISSING" if finding.needed else "not here"
    advice = "" if finding.ok else f"\n         {finding.remedy}"
    return f"{sign}  {finding.what}: {finding.found}{advice}"
