"""A roster to begin with: a filled example, in any of the three formats."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.files.output import Destination, new_file
from cft_audio.rosters.file_kinds import CSV, ENDINGS, YAML

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cft_audio.rosters.template_columns import TemplateColumn

_PLAIN = re.compile(r"[^\W_](?:[\w .+/-]*[\w.+/-])?")
"""Text that YAML takes as it is, without quotes."""

_COMMENT = textwrap.TextWrapper(
    96, initial_indent="# ", subsequent_indent="#     ", break_on_hyphens=False
)


def write_template(
    path: Path,
    columns: Sequence[TemplateColumn],
    examples: Sequence[Mapping[str, str]],
    *,
    overwrite: bool = False,
) -> None:
    """Write a roster that is filled with examples, and explains its columns as far as it can.

    Its format is what the name of the file ends with: CSV, a workbook, which explains the columns
    on a sheet of its own and has drop-downs for choices, or YAML, which explains them in comments.

    Args:
        path: The file.
        columns: The columns, in their order.
        examples: The rows, their texts by the names of the columns.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        RequestError: If the name of the file has none of these endings.
        OutputError: If it cannot be written, or a file is there and may not be replaced.
    """
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        message = f"'{path.name}' does not say in which format the roster is to be"
        remedy = "Let its name end in .xlsx, .csv or .yaml"
        raise RequestError(message, remedy=remedy, field="template")
    shown = [column for column in columns if column.in_example]
    with new_file(Destination(path, overwrite)) as unfinished:
        if kind == CSV:
            unfinished.write_text(_csv(shown, examples, path), encoding="utf-8-sig", newline="")
        elif kind == YAML:
            unfinished.write_text(_yaml(columns, examples), encoding="utf-8")
        else:
            from cft_audio.rosters.template_workbook import template_workbook

            unfinished.write_bytes(template_workbook(columns, examples))


def _csv(
    columns: Sequence[TemplateColumn], examples: Sequence[Mapping[str, str]], path: Path
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
    writer.writerow([column.name for column in columns])
    writer.writerows([row.get(column.name, "") for column in columns] for row in examples)
    return text.getvalue()


def _yaml(columns: Sequence[TemplateColumn], examples: Sequence[Mapping[str, str]]) -> str:
    names = {column.name: None for column in columns if column.in_example}
    lines = [
        "# A roster: one entry below 'clients' for each recording. What is the same for all of",
        "# them can stand once, in a table 'defaults'. What an entry can have is told at the end.",
        "",
        "clients:",
    ]
    for row in examples:
        entries = [f"{name}: {_scalar(row[name])}" for name in names if row.get(name)]
        lines += [f"  {'  ' if n else '- '}{entry}" for n, entry in enumerate(entries)]
    lines.append("")
    for column in columns:
        values = f" One of: {', '.join(column.choices)}." if column.choices else ""
        told = f"{column.name}: {column.help} Written as {column.written}.{values}"
        lines += _COMMENT.wrap(told)
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
