"""A roster of sixty faults, as CSV, workbook and YAML: each is told at its cell, all at once."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from openpyxl.utils import get_column_letter
from program_runs import HELLO, SHORT, Machine

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Xqzamara"

FAULTS = (
    ("practice", "helo"),
    ("practice", "no such practice"),
    ("practice", "scripts/gone.md"),
    ("practice", ""),
    ("code", ""),
    ("code", "../../x"),
    ("code", "C:\\x"),
    ("code", "CON"),
    ("code", "a."),
    ("code", "-"),
    ("code", "K 1"),
    ("code", "nul"),
    ("code", "K" * 300),
    ("code", "K/1"),
    ("code", "Zoë!"),
    ("code", ".K1"),
    ("code", "LPT1"),
    ("client", "K99"),
    ("name", ""),
    ("name", "x" * 10_000),
    ("name", "Sam\u202eevil"),
    ("minutes", "300"),
    ("minutes", "0:02"),
    ("minutes", "-3"),
    ("minutes", "soon"),
    ("minutes", "7-May"),
    ("minutes", "1e400"),
    ("minutes", "0"),
    ("pace", "slwo"),
    ("pace", "fast"),
    ("breaths_per_minute", "40"),
    ("breaths_per_minute", "none"),
    ("ratio", "4:0:6"),
    ("pattern", "4-99-8"),
    ("ease_from", "99"),
    ("voice", "jo"),
    ("voice", "gone.onnx"),
    ("figure_voice", "nobody"),
    ("pronounce", "Sam"),
    ("pronounce", "Xqzamara=/x9/"),
    ("lexicon", "gone.toml"),
    ("letter", "gone.txt"),
    ("for", "anxeity"),
    ("for", "anxiety, sleeep"),
    ("core", "no-such-core"),
    ("returning", "perhaps"),
    ("avoid", "stop"),
    ("avoid", "hello, sea"),
    ("tone", "oceean"),
    ("ticks", "sometimes"),
    ("bed", "rainn"),
    ("bed", "gone.wav"),
    ("bell", "gong"),
    ("bells", "two"),
    ("bells_at", "middle"),
    ("bell_every", "never"),
    ("bed_level", "loud"),
    ("loudness", "-2"),
    ("loudness", "quiet"),
    ("preset", "telephone"),
    ("format", "mp5"),
    ("bitrate", "7"),
    ("channels", "three"),
    ("sample_rate", "8000"),
    ("seed", "one"),
    ("split_chapters", "maybe"),
    ("with_text", "doc"),
    ("with_handout", "docx"),
    ("cover", "gone.png"),
    ("no_name", "kind of"),
    ("slot.pet", "a dog"),
)
"""The column of a fault, and what stands in it."""

COLUMNS = tuple(dict.fromkeys(("code", "name", "practice", *(column for column, _ in FAULTS))))


def rows() -> list[dict[str, str]]:
    """Return a row for each fault, and one that gives a code to somebody else."""
    found = []
    for number, (column, text) in enumerate(FAULTS):
        row = {"code": f"K{number:02}", "name": NAME, "practice": "hello"}
        if column == "client":
            del row["code"], row["name"]
        found.append({name: cell for name, cell in (row | {column: text}).items() if cell})
    found.append({"code": "K30", "name": "Una", "practice": "hello"})
    return found


def write_csv(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-16") as file:
        table = csv.DictWriter(file, COLUMNS, delimiter=";", restval="")
        table.writeheader()
        table.writerows(rows())


def write_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(COLUMNS)
    for row in rows():
        sheet.append([row.get(column, "") for column in COLUMNS])
    book.save(path)


def write_yaml(path: Path) -> None:
    """Write what is text to YAML itself: a sign that acts on a terminal spoils all of a file."""
    text = yaml.safe_dump(rows(), allow_unicode=True).replace("\u202e", "?" * 5001)
    path.write_text(text, encoding="utf-8")


def place(number: int, column: str, kind: str) -> str:
    """Return how the place of a cell is told, as a pattern."""
    if kind == "yaml":
        return rf"row {number}(, {re.escape(column)} \(line \d+\))?:"
    cell = f"{get_column_letter(COLUMNS.index(column) + 1)}{number + 1}"
    return rf"row {number + 1}, column {re.escape(column)} \({cell}\):"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "yaml"])
def test_each_of_sixty_faults_is_told_at_its_cell_and_nothing_is_written(
    bare: Machine, kind: str
) -> None:
    (bare.folder / "scripts").mkdir()
    (bare.folder / "scripts" / "hello.md").write_text(HELLO)
    (bare.folder / "scripts" / "short.md").write_text(SHORT)
    {"csv": write_csv, "xlsx": write_workbook, "yaml": write_yaml}[kind](bare.folder / f"r.{kind}")
    before = bare.left_behind()
    refused = bare.run("batch", f"r.{kind}", status=2)

    assert len(FAULTS) >= 60
    note, *told = refused.stderr.splitlines()
    assert note == "What is said of somebody is left out (…). --log-names shows it."
    for number, (column, text) in enumerate((*FAULTS, ("code", "K30")), start=1):
        pattern = re.compile(place(number, column, kind))
        assert any(pattern.search(line) for line in told), (column, text[:20])
    assert len(told) == len(FAULTS) + 1
    assert "Did you mean 'hello'?" in refused.stderr
    assert NAME not in refused.stderr
    assert refused.stdout == ""
    assert bare.left_behind() == before
    assert not list(bare.home.rglob("clients"))
