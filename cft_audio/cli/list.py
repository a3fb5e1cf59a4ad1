"""``cft-audio list``: the practices there are, and the figures."""

from __future__ import annotations

import json

import click

from cft_audio.cli.table import table
from cft_audio.errors import ScriptError
from cft_audio.folders import default_folders
from cft_audio.practices import Shelf


@click.command("list")
@click.option("--figures", is_flag=True, help="List the compassionate figures instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(*, figures: bool, as_json: bool) -> None:
    """List the practices, your own among them.

    \b
    Examples:
      cft-audio list
      cft-audio list --figures
    """
    shelf = Shelf(default_folders().scripts)
    rows = _figures(shelf) if figures else _practices(shelf)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("id", "name", "pronouns") if figures else ("id", "title", "complexity", "speed")
    for line in table(columns, [[_cell(row[column]) for column in columns] for row in rows]):
        click.echo(line)


def _practices(shelf: Shelf) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for path in shelf.practice_files().values():
        practice, problems = shelf.read(path)
        if problems:
            for problem in problems:
                click.echo(f"cft-audio: {problem}", err=True)
            continue
        rows.append(
            {
                "id": practice.id,
                "technique": practice.technique,
                "title": practice.title,
                "slots": list(practice.slots),
                "complexity": practice.about.complexity,
                "speed": practice.about.speed,
            }
        )
    return rows


def _figures(shelf: Shelf) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name in shelf.figure_files():
        try:
            figure = shelf.figure(name)
        except ScriptError as error:
            click.echo(f"cft-audio: {error}", err=True)
            continue
        pronouns = f"{figure.pronouns.they}/{figure.pronouns.them}"
        rows.append({"id": name, "name": figure.name, "pronouns": pronouns})
    return rows


def _cell(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
