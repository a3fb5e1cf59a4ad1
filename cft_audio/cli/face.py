"""The face that every command shows: the folders, a person's settings, and a way to print."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from cft_audio.cli.terminal import echo
from cft_audio.schema.shown import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.choices import Choices
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders


@dataclass
class Face:
    """The command line's side of one run.

    Attributes:
        folders: Where everything is found and kept.
        as_json: Whether a program reads what is printed.
        quiet: Whether nothing but errors is printed.
        verbose: Whether more is printed of what was done.
        no_play: Whether what is made to be heard is not played.
    """

    folders: Folders
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_play: bool = False

    @cached_property
    def settings(self) -> Settings:
        """What the person's configuration file and the environment say."""
        from cft_audio.application.settings import load_settings

        return load_settings(self.folders, os.environ)

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to be asked."""
        return sys.stdin.isatty() and not self.as_json

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

    def show(self, value: object, lines: Iterable[str]) -> None:
        """Print ``value`` as JSON, or ``lines``, or nothing where it is quiet."""
        if self.as_json:
            echo(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            self.tell(*lines)

    def tell(self, *lines: str) -> None:
        """Print lines for a person, as long as the work goes on."""
        if not (self.as_json or self.quiet):
            for line in lines:
                echo(line)

    def note(self, text: str) -> None:
        """Print a text for a person beside what was asked for, on standard error."""
        if not self.quiet:
            complain(text)


def complain(text: str) -> None:
    """Print what is printed even where it is quiet, on standard error."""
    echo(text, err=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and a line for each row, two blanks between the columns."""
    everything = [columns, *([*map(on_one_line, row)] for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*everything, strict=True)]
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
        cells = [textwrap.wrap(on_one_line(cell), each) or [""] for cell in row]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(part.ljust(each) for part in line).rstrip()
        yield ""
