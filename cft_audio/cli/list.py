"""``cft-audio list``: the practices there are, and the figures."""

from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, table
from cft_audio.cli.wording import words
from cft_audio.languages.registry import ENGLISH
from cft_audio.schema.durations import clock

_SHORT = ("id", "title", "length", "note", "summary")
_COMPARED = ("id", "complexity", "resources", "outcomes", "ideal_uses", "advantages", "speed")


@click.command("list")
@click.option("--compare", is_flag=True, help="Show what each needs, may bring, and is used for.")
@click.option("--figures", is_flag=True, help="List the compassionate figures instead.")
@option.as_json
@click.pass_obj
def command(face: Face, /, *, compare: bool, figures: bool) -> None:
    """List the practices, your own among them.

    \b
    Examples:
      cft-audio list
      cft-audio list --compare
      cft-audio list --figures
    """
    from cft_audio.application.practices import list_figures, practice_row
    from cft_audio.library.practices import Library

    library, rows = Library(face.folders.scripts), list[dict[str, Any]]()
    if figures:
        known, problems = list_figures(face.folders)
        rows = [
            {"id": key, "name": figure.name, "pronouns": figure.pronouns or ENGLISH.figure.usual}
            for key, figure in known
        ]
    else:
        practices, problems = library.practices()
        rows = [practice_row(practice, library) for practice in practices]
    for problem in problems:
        complain(f"cft-audio: {problem.worded(words)}")
    columns = ("id", "name", "pronouns") if figures else _COMPARED if compare else _SHORT
    cells = [[str(_for_people(row)[column]) for column in columns] for row in rows]
    face.show(rows, table(columns, cells))


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    if "own" not in row:
        return row
    note = ["your own"] * row["own"] + ["with a therapist"] * row["therapist_advised"]
    note += [f"from {clock(row['shortest'])} on"] * bool(row["shortest"])
    return row | {"length": clock(row["length"]), "note": ", ".join(note)}
