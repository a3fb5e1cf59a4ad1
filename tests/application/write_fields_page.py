"""Write the table of fields into ``docs/fields.md``, for ``test_session_fields.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.fields import OUTPUT, SESSION_FIELDS
from cft_audio.references import plain_words, replace_references
from cft_audio.schema.suggest import range_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.schema.fields import Field

PAGE = Path(__file__).parents[2] / "docs" / "fields.md"


def fields_page(fields: Iterable[Field]) -> str:
    """Return ``fields`` as a table in Markdown."""
    lines = ["| field | what it is | kind | values | default |", "| --- | --- | --- | --- | --- |"]
    for field in fields:
        names = ", ".join(f"`{name}`" for name in (field.name, *field.aliases))
        values = ", ".join(f"`{choice}`" for choice in field.choices)
        if field.range != (None, None):
            values = range_words(*field.range)
        is_said = field.default not in (None, ()) and field.default is not False
        usual = field.usual or (f"`{field.default}`" if is_said else "")
        purpose = replace_references(field.help, plain_words)
        lines.append(f"| {names} | {purpose} | {field.kind} | {values} | {usual} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    before, _, _ = PAGE.read_text(encoding="utf-8").partition("| field |")
    PAGE.write_text(before + fields_page([*SESSION_FIELDS.values(), OUTPUT]), encoding="utf-8")
