"""The template of a roster: which columns it shows, how they are explained, and its examples."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.batches.roster_columns import ROSTER_FIELDS, SLOT
from cft_audio.application.names import names_of
from cft_audio.references import replace_references
from cft_audio.rosters.template import write_template
from cft_audio.rosters.template_columns import TemplateColumn
from cft_audio.schema.suggest import range_words

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders
    from cft_audio.references import Wording
    from cft_audio.schema.fields import Field

_EXAMPLES = (
    {
        "code": "K01",
        "name": "Sam",
        "practice": "soothing-rhythm-breathing",
        "minutes": "10",
        "pace": "slow",
        "figure": "kind-grandparent",
        "bed": "rain",
    },
    {
        "code": "K01",
        "name": "Sam",
        "practice": "loving-kindness",
        "minutes": "12:30",
        "bed": "none",
        "first_words": "Last week you found a rhythm that suits you.",
        "slot.loved_one": "my sister Rosa",
    },
    {
        "code": "K02",
        "name": "Zoë",
        "practice": "compassionate-imagery-safe-place",
        "minutes": "10",
        "for": "anxiety, self-criticism",
        "tone": "wind",
        "bed": "forest",
        "no_name": "yes",
    },
    {
        "code": "K02",
        "name": "Zoë",
        "practice": "kind-body-scan",
        "minutes": "7.5",
        "for": "anxiety",
        "tone": "wind",
        "bed": "none",
        "no_name": "yes",
    },
)
_IN_EXAMPLE = (
    *("code", "name", "practice", "minutes", "pace", "for", "figure", "tone", "bed"),
    *(f"{SLOT}loved_one", "first_words", "no_name"),
)
_NAMED = ("practice", "figure")
"""The columns whose choices are what there is on this machine."""

_WRITTEN = {
    "text": "text",
    "text or path": "a name or text, or a file from the folder of the roster",
    "choice": "one of the values",
    "list of choices": "one or several of the values, with commas between them",
    "list of texts": "words or phrases, with commas between them",
    "minutes": "minutes: 10, 7.5 or 12:30",
    "path": "a file, from the folder of the roster",
    "flag": "yes or no",
    "whole number": "a whole number",
}
"""How the values of each kind of field are written in a cell."""


def write_roster_template(
    path: Path, folders: Folders, words: Wording, *, overwrite: bool = False
) -> None:
    """Write a roster to begin with: CSV, a workbook or YAML, by how the name of the file ends.

    Args:
        path: The file.
        folders: Where the practices and figures are found that it offers.
        words: The words of the face for the fields and steps that its explanations refer to.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        RequestError: If the name of the file has another ending.
        OutputError: If it cannot be written, or a file is there and may not be replaced.
    """
    write_template(path, template_columns(folders, words), _EXAMPLES, overwrite=overwrite)


def roster_template(ending: str, folders: Folders, words: Wording) -> bytes:
    """Return a roster to begin with, as ``write_roster_template`` writes it.

    Args:
        ending: How the name of its file would end, without the dot.
        folders: As of ``write_roster_template``.
        words: Likewise.

    Raises:
        RequestError: If it is another ending.
        OutputError: If the disk has no room for it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"roster.{ending}"
        write_roster_template(file, folders, words)
        return file.read_bytes()


def template_columns(folders: Folders, words: Wording) -> list[TemplateColumn]:
    """Return every column that a roster can have, those of the example first."""
    slot = TemplateColumn(
        f"{SLOT}loved_one",
        replace_references(
            f"The answer to the slot loved_one of a practice; {SLOT}NAME likewise for any other "
            "(‹show practice› names them).",
            words,
        ),
        "text",
        in_example=True,
    )
    known = {name: _column(field, folders, words) for name, field in ROSTER_FIELDS.items()}
    every = {**known, slot.name: slot}
    return [every[name] for name in dict.fromkeys((*_IN_EXAMPLE, *every))]


def _column(field: Field, folders: Folders, words: Wording) -> TemplateColumn:
    choices = tuple(map(str, field.choices))
    if field.name in _NAMED:
        choices = tuple(names_of(field.name, folders)[0])
    help_text = replace_references(field.help, words)
    if field.aliases:
        help_text += f" It may be called {' or '.join(field.aliases)} as well."
    is_shown = field.name in _IN_EXAMPLE
    only = field.kind == "choice"
    return TemplateColumn(field.name, help_text, written(field), choices, only, is_shown)


def written(field: Field) -> str:
    """Return how the values of ``field`` are written in a cell, in a few words."""
    if field.kind == "pairs":
        return f"{field.metavar}, several with semicolons between them"
    if field.kind == "number":
        return f"a number {range_words(*field.range)}"
    return _WRITTEN.get(field.kind, field.kind)
