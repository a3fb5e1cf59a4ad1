"""What every command has: the folders, a person's settings, and a way to print."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.choices import Choices
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders


class Face:
    """The command line's side of one run.

    Args:
        folders: Where everything is found and kept.
    """

    def __init__(self, folders: Folders) -> None:
        self.folders = folders

    @cached_property
    def settings(self) -> Settings:
        """What the person's configuration file and the environment say."""
        from cft_audio.application.settings import load_settings

        return load_settings(self.folders, os.environ)

    def choices(self, options: Mapping[str, Any]) -> Choices:
        """Return the options that were given, over the settings."""
        from cft_audio.application.choices import Choices
        from cft_audio.application.fields import parse_fields

        given = {field: v for field, v in options.items() if v not in (None, (), False)}
        return Choices(parse_fields(given), self.settings.values)

    def output(self, chosen: Path | None) -> Path:
        """Return where to write: as chosen, as the settings have it, or the usual folder."""
        from cft_audio.application.fields import OUTPUT

        output: Path = chosen or self.settings.values.get(OUTPUT.name) or OUTPUT.default
        return output


def somebody_is_here(*, as_json: bool) -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty() and not as_json


def show(value: object, lines: Iterable[str], *, as_json: bool, quiet: bool = False) -> None:
    """Print ``value`` as JSON, or ``lines``, or nothing where ``quiet``."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    elif not quiet:
        for line in lines:
            click.echo(line)


def complain(text: str) -> None:
    """Print a text beside what was asked for, on standard error."""
    click.echo(text, err=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and a line for each row, two blanks between the columns."""
    everything = [list(columns), *[list(row) for row in rows]]
    widths = [max(len(row[index]) for row in everything) for index in range(len(columns))]
    for row in everything:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def wrapped_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and each row, its cells wrapped so that all columns fit the terminal.

    The columns share the width evenly, at least twelve characters each; an empty line parts rows.
    """
    width = shutil.get_terminal_size((120, 24)).columns
    each = max(12, (width + 2) // len(columns) - 2)
    for row in (columns, *rows):
        cells = [textwrap.wrap(cell, each) or [""] for cell in row]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(part.ljust(each) for part in line).rstrip()
        yield ""


def wrap(text: str, first: str = "", later: str = "") -> str:
    """Return ``text`` wrapped for reading, its first line and the later ones indented."""
    return click.wrap_text(text, 78, first, later)
