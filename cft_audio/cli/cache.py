"""``cft-audio cache``: the clip cache, its size and its end."""

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face


@click.group("cache", invoke_without_command=True)
@option.as_json
@click.pass_context
@click.pass_obj
def command(face: Face, ctx: click.Context, /) -> None:
    """Show where spoken lines are kept for the next build, and how much they take.

    The cache holds every line that was spoken, names included, readable by you alone. Of what was
    spoken for a client (--client), lines with something personal are kept with the client.

    \b
    Examples:
      cft-audio cache
      cft-audio cache clear
    """
    if ctx.invoked_subcommand:
        return
    from cft_audio.speech.takes.cache import ClipCache

    folder = face.folders.cache
    usage = ClipCache(folder).usage()
    value = {"folder": str(folder), "clips": usage.entries, "bytes": usage.bytes}
    line = f"{usage.entries} clips, {usage.bytes / 1e6:.1f} MB in {folder}"
    face.show(value, [line])


@command.command("clear")
@option.as_json
@click.pass_obj
def clear(face: Face) -> None:
    """Remove every clip; the next build speaks its lines anew."""
    from cft_audio.speech.takes.cache import ClipCache

    usage = ClipCache(face.folders.cache).clear()
    line = f"Removed {usage.entries} clips, {usage.bytes / 1e6:.1f} MB."
    face.show({"clips": usage.entries, "bytes": usage.bytes}, [line])
