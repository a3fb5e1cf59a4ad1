"""A sheet as files: a page to print, and the lines that recordings are compared with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.errors import Problem, SheetError
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.own_voice.sheet import CUES, Sheet
from cft_audio.references import plain_words
from cft_audio.schema.files import read_json
from cft_audio.schema.reader import Reader

if TYPE_CHECKING:
    from cft_audio.references import Wording

LINES = "lines.json"
PAGE = "record-sheet.html"

_FORMAT = 1
_REMEDY = "Write the sheet anew with the same choices: ‹write record sheet›"


def check_sheet(folder: Path, *, overwrite: bool) -> None:
    """Check that a sheet can be written into ``folder``.

    Raises:
        OutputError: If it cannot, or one is there and may not be overwritten.
    """
    for name in (LINES, PAGE):
        check_writable(Destination(folder / name, overwrite))


@dataclass(frozen=True)
class Made:
    """What a sheet was made for, as its page says it, so that two are told from each other.

    Attributes:
        listener: What the listener is called; empty to leave it out.
        date: The day it is written; empty to leave it out.
        command: How the face that wrote it asks for the session; empty to leave it out.
    """

    listener: str = field(default="", repr=False)
    date: str = ""
    command: str = field(default="", repr=False)


def holds_sheet(folder: Path, sheet: Sheet) -> bool:
    """Return whether ``folder`` has the page and the lines of this very sheet."""
    try:
        text = (folder / LINES).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return False
    return text == _as_lines(sheet) and (folder / PAGE).is_file()


def write_sheet(
    sheet: Sheet,
    folder: Path,
    *,
    overwrite: bool,
    words: Wording = plain_words,
    made: Made | None = None,
) -> Path:
    """Write ``sheet`` into ``folder``, each of its files whole or not at all.

    Args:
        sheet: The sheet.
        folder: Where it goes.
        overwrite: Whether a sheet that is there may be overwritten.
        words: How the page words the next step, making a voice of the recordings.
        made: What it was made for; None to say nothing of that.

    Returns:
        The page to print.

    Raises:
        OutputError: If it cannot be written, or one is there and may not be overwritten.
    """
    for name, content in ((LINES, _as_lines(sheet)), (PAGE, _as_page(sheet, words, made))):
        with new_file(Destination(folder / name, overwrite)) as file:
            file.write_text(content, encoding="utf-8", newline="\n")
    return folder / PAGE


def read_sheet(folder: Path) -> Sheet:
    """Read the sheet in ``folder``.

    Raises:
        SheetError: If there is none, or with everything that is wrong in it.
    """
    path = folder / LINES
    if not path.is_file():
        message = "there is no record sheet in that folder"
        remedy = f"Put the recordings beside the {LINES} of the sheet: ‹write record sheet›"
        raise SheetError([Problem(str(folder), 0, message, remedy)])
    table = read_json(path, SheetError, _REMEDY)
    reader = Reader(str(path), SheetError, _REMEDY)
    reader.check_format(table, _FORMAT)
    sheet = reader.fill(Sheet, table)
    if not sheet.lines:
        reader.report(0, "it has no lines")
    reader.check()
    return sheet


def _as_lines(sheet: Sheet) -> str:
    return json.dumps({"format": _FORMAT, **asdict(sheet)}, ensure_ascii=False, indent=1) + "\n"


def _as_page(sheet: Sheet, words: Wording, made: Made | None) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = Path(__file__).with_name("sheet.html.jinja").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        sheet=sheet,
        made=made,
        cues=CUES,
        next_step=words("make own voice", "FOLDER"),
        minutes=max(1, round(sum(line.about_s + 4 for line in sheet.lines) / 60)),
        sounds={
            word.text: word.respelling or f"/{word.ipa}/"
            for word in sheet.fragments
            if word.respelling or word.ipa
        },
    )
