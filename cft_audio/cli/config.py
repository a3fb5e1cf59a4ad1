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
    """
    from cft_audio.schema.fields import as_json, as_words

    path, own = face.folders.config, face.folders.data
    fields = list(face.settings.every_field())
    rows = [(key, as_words(value), origin) for key, value, origin in fields]
    values = {key: {"value": as_json(value), "origin": origin} for key, value, origin in fields}
    lines = [
        f"{path}{'' if path.exists() else '  (not there)'}",
        f"Your own practices and voices: ./scripts, ./voices, {own}/scripts, {own}/voices\n",
        *table(("setting", "value", "origin"), rows),
    ]
    face.show({"file": str(path), "values": values, "data": str(own)}, lines)
