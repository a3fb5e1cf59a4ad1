"""Compassionate figures: found in a library, read from a file, or in a person's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, ScriptError, concerning
from cft_audio.files.folders import expanded, is_path
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

_FILE = re.compile(
    r"\w\.(txt|md|docx?|odt|rtf|pdf|html?|pages|json|ya?ml|csv|png|jpe?g|mp3|wav)$", re.IGNORECASE
)
"""How the name of a file ends that no figure is called by."""


_PATHS = ("/", "./", "../", "~")
"""What words do not begin with, and paths do."""


def find_figure(answer: str, library: Library, pronouns: str | None = None) -> Figure:
    """Return the figure that ``answer`` means.

    Args:
        answer: A figure's id or name, in capitals or not, a TOML file, or any words: a figure of
            the person's own.
        library: Where figures are looked for.
        pronouns: Its pronouns, in place of its own.

    Raises:
        RequestError: If the pronouns are not known, a figure's id is misspelt, or it is a file
            that describes none.
        ScriptError: If its file is wrong.
    """
    files = library.figure_files()
    key = "-".join(answer.casefold().split())
    if key in files:
        figure = _read(files[key])
    elif expanded(answer).name.endswith(".toml"):
        with concerning("figure"):
            figure = _read(expanded(answer))
    elif named := _by_name(answer, files.values()):
        figure = named
    elif is_path(answer) or _FILE.search(answer):
        message = f"'{answer}' is a file, and no figure's"
        remedy = (
            "Give the name of a figure (‹list figures›), a TOML file that describes one, or a few "
            'words: "my aunt Rosa"'
        )
        raise RequestError(message, remedy=remedy, field="figure")
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
