"""``cft-audio cache``: the clip cache, its size and its end."""

from __future__ import annotations

import json

import click

from cft_audio.files.folders import default_folders


@click.group("cache", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Show where spoken lines are kept for the next build, and how much they take.

    The cache holds every line that was spoken, names included, readable by you alone.

    \b
    Examples:
      cft-audio cache
      cft-audio cache clear
    """
    if ctx.invoked_subcommand:
        return
    from cft_audio.speech.takes.cache import ClipCache

    folder = default_folders().cache
    usage = ClipCache(folder).usage()
    if as_json:
        found = {"folder": str(folder), "clips": usage.entries, "bytes": usage.bytes}
        click.echo(json.dumps(found))
        return
    click.echo(f"{usage.entries} clips, {usage.bytes / 1e6:.1f} MB in {folder}")


@command.command("clear")
def clear() -> None:
    """Remove every clip; the next build speaks its lines anew."""
    from cft_audio.speech.takes.cache import ClipCache

    usage = ClipCache(default_folders().cache).clear()
    click.echo(f"Removed {usage.entries} clips, {usage.bytes / 1e6:.1f} MB.")
