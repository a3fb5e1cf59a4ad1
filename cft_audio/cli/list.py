"""``cft-audio list``: the practices there are, and the figures."""

from __future__ import annotations

import json
import shutil

import click

from cft_audio.cli.table import table, wrapped_table
from cft_audio.errors import ScriptError
from cft_audio.files.folders import default_folders
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.schema.durations import clock
from cft_audio.script.figure import PRONOUNS

_FIGURES = ("id", "name", "pronouns")
_SHORT = ("id", "title", "length", "complexity", "speed", "therapist")
_COMPARED = (
    *("id", "complexity", "resources", "outcomes"),
    *("ideal_uses", "advantages", "speed"),
)


@click.command("list")
@click.option("--compare", is_flag=True, help="Show what each needs, may bring, and is used for.")
@click.option("--figures", is_flag=True, help="List the compassionate figures instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(*, compare: bool, figures: bool, as_json: bool) -> None:
    """List the practices, your own among them.

    \b
    Examples:
      cft-audio list
      cft-audio list --compare
      cft-audio list --figures
    """
    library = Library(default_folders().scripts)
    rows = _figures(library) if figures else _practices(library)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if compare and not figures:
        width = shutil.get_terminal_size((120, 24)).columns
        lines = wrapped_table(_COMPARED, _cells(rows, _COMPARED), width)
    else:
        columns = _FIGURES if figures else _SHORT
        lines = table(columns, _cells(rows, columns))
    for line in lines:
        click.echo(line)


def _practices(library: Library) -> list[dict[str, object]]:
    found, wrong = library.practices()
    for problem in wrong:
        click.echo(f"cft-audio: {problem}", err=True)
    return [
        {
            "id": practice.id,
            "technique": practice.technique,
            "title": practice.title,
            "slots": list(practice.slots),
            "length": clock(practice.natural_s),
            "complexity": practice.about.complexity,
            "resources": practice.about.resources,
            "outcomes": practice.about.outcomes,
            "ideal_uses": practice.about.ideal_uses,
            "advantages": practice.about.advantages,
            "speed": practice.about.speed,
            "therapist": "advised" if practice.about.therapist_advised else "",
        }
        for practice in found
    ]


def _figures(library: Library) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name in library.figure_files():
        try:
            figure = find_figure(name, library)
        except ScriptError as error:
            click.echo(f"cft-audio: {error}", err=True)
            continue
        pronouns = next(typed for typed, known in PRONOUNS.items() if known == figure.pronouns)
        rows.append({"id": name, "name": figure.name, "pronouns": pronouns})
    return rows


def _cells(rows: list[dict[str, object]], columns: tuple[str, ...]) -> list[list[str]]:
    return [[str(row[column]) for column in columns] for row in rows]
