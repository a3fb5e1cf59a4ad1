"""``cft-audio config``: every default of a session and where it comes from."""

from __future__ import annotations

import json

import click
from click.core import ParameterSource

from cft_audio.cli.table import table
from cft_audio.files.folders import default_folders

_ORIGINS = {
    ParameterSource.DEFAULT: "built in",
    ParameterSource.DEFAULT_MAP: "configuration file",
    ParameterSource.ENVIRONMENT: "environment",
}


@click.command("config")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, as_json: bool) -> None:
    """Show the defaults of 'cft-audio build' and the origin of each.

    Defaults are read from the configuration file this prints first: TOML, with the long options
    as keys. A variable such as CFT_AUDIO_BUILD_PACE comes before the file, the command line
    before both. How words are said is kept by 'cft-audio pronounce'; a [pronounce] table is read
    as well, and listed there.

    \b
    Example of a file:
      name = "Sam"
      pace = "slow"
      lexicon = "/home/sam/clinic.toml"
    """
    from cft_audio.cli.build import command as build
    from cft_audio.cli.build import configured

    path = default_folders().config
    context = click.Context(
        build, info_name="build", auto_envvar_prefix="CFT_AUDIO_BUILD", default_map=configured(path)
    )
    build.parse_args(context, ["-"])
    rows = []
    for parameter in build.params:
        if isinstance(parameter, click.Option) and parameter.name in context.params:
            source = context.get_parameter_source(parameter.name)
            if source in _ORIGINS and parameter.name != "help":
                value = context.params[parameter.name]
                rows.append((parameter.opts[-1].lstrip("-"), _shown(value), _ORIGINS[source]))
    if as_json:
        values = {key: {"value": value, "origin": origin} for key, value, origin in rows}
        shown = {"file": str(path), "values": values, "data": str(default_folders().data)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(f"{path}{'' if path.exists() else '  (not there)'}")
    own = default_folders().data
    click.echo(f"Your own practices and voices: ./scripts, ./voices, {own}/scripts, {own}/voices\n")
    for line in table(("setting", "value", "origin"), rows):
        click.echo(line)


def _shown(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return ", ".join(item if isinstance(item, str) else "=".join(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
