"""The worked example of docs/desk.md: its roster of twelve clients, and all of its commands.

    python benchmarks/desk.py docs/desk            write the roster
    python benchmarks/desk.py docs/desk --check    fail where the roster is another by now
    python benchmarks/desk.py docs/desk --run DIR  do what the page says, in an empty folder

The last makes 36 recordings, and prints how long each command took. CI does the same with the first
two clients (tests/cli/test_desk_page.py).
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from cft_audio.application.batches.roster_template import template_columns
from cft_audio.files.folders import default_folders
from cft_audio.references import plain_words
from cft_audio.rosters.template import write_template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.rosters.template import TemplateColumn

ROSTER = "clients.xlsx"
PAGE = Path(__file__).parents[1] / "docs" / "desk.md"
PASSWORD = "harbour quiet seven maple"  # noqa: S105 -- an example's
MOST_COMMANDS, LONGEST = 6, 60
"""How many commands there are at most, and of how many characters each."""

_FOR_ALL = {"with_handout": "html", "artist": "Dr Ada Okafor"}

CLIENTS: Mapping[str, tuple[Mapping[str, str], Sequence[Mapping[str, str]]]] = {
    "K01": (
        {"name": "Sam", "pace": "slow", "bed": "rain"},
        (
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "compassionate-imagery-safe-place"},
            {"practice": "loving-kindness", "slot.loved_one": "my sister Rosa"},
        ),
    ),
    "K02": (
        {"name": "Zoë", "for": "anxiety", "tone": "wind", "no_name": "yes"},
        (
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "soothing-rhythm-breathing-acute"},
            {"practice": "kind-body-scan", "bed": "forest"},
        ),
    ),
    "K03": (
        {"name": "Aoife", "for": "self-criticism", "pronounce": "Aoife=EE-fa"},
        (
            {"practice": "compassionate-attention"},
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "compassion-to-oneself"},
        ),
    ),
    "K04": (
        {"name": "Mr Brandt", "avoid": "sea, waves", "bed": "night"},
        (
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "kind-body-scan"},
            {"practice": "compassionate-imagery", "figure": "kind-grandparent"},
        ),
    ),
    "K05": (
        {"name": "Priya", "for": "sleep", "bed": "brown"},
        (
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "kind-body-scan"},
            {"practice": "compassionate-imagery-safe-place"},
        ),
    ),
    "K06": (
        {"name": "Tom", "pace": "steady"},
        (
            {"practice": "compassionate-exposure"},
            {"practice": "compassionate-exposure-during"},
            {"practice": "compassionate-exposure-after"},
        ),
    ),
    "K07": (
        {"name": "Ngozi", "bed": "stream"},
        (
            {"practice": "loving-kindness", "slot.loved_one": "Grandma"},
            {"practice": "compassion-to-another", "slot.other": "Grandma"},
            {"practice": "compassion-from-another"},
        ),
    ),
    "K08": (
        {"name": "Jean-Luc", "for": "low-mood"},
        (
            {"practice": "compassionate-mind-training"},
            {"practice": "compassionate-imagery-ideal-self"},
            {"practice": "compassionate-mind-training-daily"},
        ),
    ),
    "K09": (
        {"name": "Hana", "bed": "fire"},
        (
            {"practice": "soothing-rhythm-breathing", "minutes": "5"},
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "soothing-rhythm-breathing-acute", "minutes": "1"},
        ),
    ),
    "K10": (
        {"name": "Olu", "for": "trauma-sensitive", "tone": "none"},
        (
            {"practice": "soothing-rhythm-breathing"},
            {"practice": "compassionate-attention"},
            {"practice": "compassionate-imagery-safe-place"},
        ),
    ),
    "K11": (
        {"name": "María José", "pace": "fours", "tone": "bowls"},
        (
            {
                "practice": "soothing-rhythm-breathing",
                "first_words": "Last week you found a rhythm that suits you.",
            },
            {"practice": "compassionate-attention"},
            {"practice": "compassion-to-oneself"},
        ),
    ),
    "K12": (
        {"name": "Wim"},
        (
            {"practice": "compassionate-imagery", "figure": "my old dog Bello"},
            {"practice": "compassionate-imagery-ideal-self"},
            {"practice": "compassionate-letter", "minutes": "5"},
        ),
    ),
}
"""What each client is like, and what is made for them."""


def main() -> None:
    """Write, check or run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where the roster is")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--run", type=Path, metavar="DIR", help="do what the page says")
    options = parser.parse_args()
    file = options.folder / ROSTER
    if options.run:
        run_page(options.run)
    elif options.check:
        if cells_of(file) != [list(map(str, row)) for row in table()]:
            sys.exit(f"It is another by now. Write it: python benchmarks/desk.py {options.folder}")
    else:
        write_roster(file)


def rows(clients: int = len(CLIENTS)) -> Iterator[dict[str, str]]:
    """Yield each row of the roster of the first so many clients."""
    for code, (person, practices) in [*CLIENTS.items()][:clients]:
        for practice in practices:
            yield {"code": code, "minutes": "3", **_FOR_ALL, **person, **practice}


def columns() -> list[str]:
    """Return the names of the columns, in the order of the template."""
    return [column.name for column in template() if column.in_example]


def template() -> list[TemplateColumn]:
    """Return the columns of the template, of which those are shown that the example uses."""
    used = {name for row in rows() for name in row}
    known = [*template_columns(default_folders(), plain_words)]
    loved_one = next(column for column in known if column.name == "slot.loved_one")
    known.insert(known.index(loved_one) + 1, replace(loved_one, name="slot.other"))
    return [replace(column, in_example=column.name in used) for column in known]


def table() -> Iterator[list[str]]:
    """Yield what stands in each row of the sheet, its head first."""
    yield columns()
    for row in rows():
        yield [row.get(name, "") for name in columns()]


def write_roster(file: Path, clients: int = len(CLIENTS)) -> None:
    """Write the workbook: the template, filled in for the first so many clients."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_template(file, template(), list(rows(clients)), overwrite=True)


def cells_of(file: Path) -> list[list[str]]:
    """Return what stands in the first sheet of a workbook."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def commands() -> list[str]:
    """Return the commands of the page, in order."""
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines()]


def run_page(folder: Path) -> None:
    """Do what the page says with all clients, and print how long each command took."""
    folder.mkdir(parents=True)
    password = folder / "pw.txt"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    password.chmod(0o600)
    home = folder.absolute() / "home"
    home.mkdir()
    given = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    for number, command in enumerate(commands()):
        if number == 1:
            write_roster(folder / ROSTER)
        program, *arguments = shlex.split(command)
        assert program == "cft-audio"
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=folder,
            env=given | {"HOME": str(home), "PYTHONPATH": str(PAGE.parents[1])},
            check=True,
        )
        print(f"{time.monotonic() - began:7.1f} s  {command}", flush=True)


if __name__ == "__main__":
    main()
