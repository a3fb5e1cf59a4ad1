"""Compassionate figures: found in a library, read from a file, or in a person's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, ScriptError
from cft_audio.files.folders import expanded
from cft_audio.library.practices import read_each, title_key
from cft_audio.schema.files import read_toml
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import nearest
from cft_audio.script.figure import Figure, pronouns_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cft_audio.library.practices import Library

_SLIP = 0.75
"""How alike an answer and a figure's id are, as ``difflib`` has it, for a slip of the finger."""


def find_figure(answer: str, library: Library, pronouns: str | None = None) -> Figure:
    """Return the figure that ``answer`` means.

    Args:
        answer: A figure's id or name, in capitals or not, a TOML file, or any words: a figure of
            the person's own.
        library: Where figures are looked for.
        pronouns: Its pronouns, in place of its own.

    Raises:
        RequestError: If the pronouns are not known, or a figure's id is misspelt.
        ScriptError: If its file is wrong.
    """
    files = library.figure_files()
    key = "-".join(answer.casefold().split())
    if key in files:
        figure = _read(files[key])
    elif answer.endswith(".toml"):
        figure = _read(expanded(answer))
    elif named := _by_name(answer, files.values()):
        figure = named
    else:
        _check_spelling(key, answer, files)
        figure = Figure(answer)
    return figure if pronouns is None else replace(figure, pronouns=pronouns_of(pronouns))


def _by_name(answer: str, files: Iterable[Path]) -> Figure | None:
    """Return the figure whose name is ``answer``, whatever its case and blanks; None for none."""
    figures, _ = read_each(files, _read)
    return next((each for each in figures if title_key(each.name) == title_key(answer)), None)


def _check_spelling(key: str, answer: str, files: Iterable[str]) -> None:
    """Raise RequestError if one word is nearly a figure's id: it would be spoken as it stands."""
    guess = nearest(key, files, _SLIP)
    if guess and " " not in answer.strip():
        remedy = f'{guess} A figure of your own is given in words: "my aunt Rosa"'
        raise RequestError(f"there is no figure called '{answer}'", remedy=remedy, field="figure")


def _read(path: Path) -> Figure:
    table = read_toml(path, ScriptError)
    reader = Reader(str(path), ScriptError)
    figure = reader.fill(Figure, table)
    reader.check()
    return figure
