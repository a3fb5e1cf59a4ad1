"""``cft-audio config``: every default of a session and where it comes from."""

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, table


@click.command("config")
@option.as_json
@click.pass_obj
def command(face: Face, /) -> None:
    """Show the defaults of 'cft-audio build' and the origin of each.

    Defaults are read from the configuration file this prints first: TOML, with the long options
    as keys. A variable such as CFT_AUDIO_BUILD_PACE comes before the file, the command line before
    both. How words are said is kept by 'cft-audio pronounce'; a [pronounce] table is read as
    well, and listed there.

    \b
    Example of a file:
      name = "Sam"
      pace = "slow"
      lexicon = "/home/sam/clinic.toml"
      patterns = { evening = "4-0-8" }
    """
    path, own = face.folders.config, face.folders.data
    every = list(face.settings.every_field())
    values = {o.key: {"value": o.value, "origin": o.origin, "where": o.where} for o in every}
    lines = [
        f"{path}{'' if path.exists() else '  (not there)'}",
        f"Your own practices and voices: ./scripts, ./voices, {own}/scripts, {own}/voices\n",
        *table(("setting", "value", "origin"), [one.as_row() for one in every]),
    ]
    face.show({"file": str(path), "values": values, "data": str(own)}, lines)
