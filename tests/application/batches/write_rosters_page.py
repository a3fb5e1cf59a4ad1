"""Write the table of columns into ``docs/rosters.md``, for ``test_roster_columns.py``."""

from __future__ import annotations

from pathlib import Path

from cft_audio.application.batches.roster_columns import ROSTER_FIELDS
from cft_audio.application.batches.roster_template import written
from cft_audio.references import plain_words, replace_references

PAGE = Path(__file__).parents[3] / "docs" / "rosters.md"
_SLOT = (
    "| `slot.NAME` | The answer to the slot NAME of the practice, such as `slot.loved_one`. "
    "| text |  |"
)


def columns_table() -> str:
    """Return every column that a roster can have as a table in Markdown."""
    lines = ["| column | what it is | how it is written | values |", "| --- | --- | --- | --- |"]
    for field in ROSTER_FIELDS.values():
        names = ", ".join(f"`{name}`" for name in (field.name, *field.aliases))
        values = ", ".join(f"`{choice}`" for choice in field.choices)
        purpose = replace_references(field.help, plain_words)
        lines.append(f"| {names} | {purpose} | {written(field)} | {values} |")
    return "\n".join([*lines, _SLOT]) + "\n"


if __name__ == "__main__":
    before, _, _ = PAGE.read_text(encoding="utf-8").partition("| column |")
    PAGE.write_text(before + columns_table(), encoding="utf-8")
