"""A therapist's desk without a command line: a roster, read and made by the application itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from program_runs import HELLO, SHORT

from cft_audio.application.batches.batch import Batch
from cft_audio.application.batches.checks import check_orders
from cft_audio.application.batches.consent import GOOGLE
from cft_audio.application.batches.estimates import Estimates
from cft_audio.application.batches.file_names import USUAL
from cft_audio.application.batches.orders import RosterReader
from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS
from cft_audio.application.batches.run import Runners, Watch
from cft_audio.application.batches.work import make_recording, say_lines
from cft_audio.application.settings import Settings
from cft_audio.errors import RosterError
from cft_audio.files.folders import Folders, default_folders
from cft_audio.files.targets import FolderTarget
from cft_audio.rosters.reading import read_roster
from cft_audio.running.here import Here

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.application.batches.orders import Order, Orders
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.running.tasks import Runner

HERE = Here(make_recording)
SAYING = Here(say_lines)

COLUMNS = ("code", "name", "practice")

TWO = (("K01", "Sam", "hello"), ("K02", "Bea", "hello"))
"""Two recordings of a few seconds."""


@dataclass(frozen=True)
class Desk:
    """A folder with two short practices of its own, a home, and the clips that all tests share.

    Attributes:
        folder: Where rosters are written and recordings go.
        folders: Where the application finds and keeps everything.
    """

    folder: Path
    folders: Folders

    def roster(
        self, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS, name: str = "r.csv"
    ) -> Path:
        """Write a roster and return where it is."""
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    def reader(self, *, sends: bool = False, shows: bool = False) -> RosterReader:
        """Return what reads rows."""
        agreed = frozenset({GOOGLE} if sends else ())
        return RosterReader(Settings(), self.folders, None, agreed, shows)

    def read(
        self,
        rows: Sequence[Sequence[str]],
        columns: Sequence[str] = COLUMNS,
        *,
        shows: bool = False,
    ) -> Orders:
        """Return what rows ask for."""
        return self.reader(shows=shows).read(
            read_roster(self.roster(rows, columns), ROSTER_COLUMNS)
        )

    def orders(
        self,
        rows: Sequence[Sequence[str]] = TWO,
        columns: Sequence[str] = COLUMNS,
        template: str = USUAL,
    ) -> tuple[Order, ...]:
        """Return what rows ask for, checked and named."""
        read = self.read(rows, columns)
        return tuple(check_orders(read, self.reader(), Estimates(), template, lambda _: None))

    def told(
        self,
        rows: Sequence[Sequence[str]],
        columns: Sequence[str] = COLUMNS,
        template: str = USUAL,
        *,
        shows: bool = False,
    ) -> list[str]:
        """Return everything wrong with rows, as a person reads it, without the file."""
        read = self.read(rows, columns, shows=shows)
        reader = self.reader(shows=shows)
        try:
            check_orders(read, reader, Estimates(), template, lambda _: None)
        except RosterError as error:
            return [str(problem).partition(": ")[2] for problem in error.problems]
        return []

    def batch(self, orders: Sequence[Order], output: str = "out") -> Batch:
        """Return the recordings that rows ask for, and where they go."""
        return Batch(tuple(orders), FolderTarget(self.folder / output), self.folders)

    def make(
        self,
        orders: Sequence[Order] | None = None,
        output: str = "out",
        rendering: Runner = HERE,
        speaking: Runner = SAYING,
        *,
        anew: bool = False,
    ) -> list[RowOutcome]:
        """Make what rows ask for, and return what became of them."""
        batch = self.batch(self.orders() if orders is None else orders, output)
        runners, watch = Runners(speaking, rendering), Watch(lambda _: None)
        return batch.run(runners, Estimates(), watch, anew=anew)

    def files(self, output: str = "out") -> dict[str, bytes]:
        """Return what is in each file where recordings go, by its name there."""
        folder = self.folder / output
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def change(self, practice: str, old: str, new: str) -> None:
        """Write something else into a practice."""
        script = self.folder / "scripts" / f"{practice}.md"
        script.write_text(script.read_text().replace(old, new))


def desk_in(folder: Path, clips: Path) -> Desk:
    """Return a desk in a folder, whose lines may have been spoken into ``clips`` before."""
    (folder / "scripts").mkdir()
    (folder / "scripts" / "hello.md").write_text(HELLO)
    (folder / "scripts" / "short.md").write_text(SHORT)
    shipped = default_folders()
    folders = replace(
        shipped,
        scripts=(folder / "scripts", shipped.scripts[-1]),
        voices=shipped.voices[-1:],
        cache=clips,
        config=folder / "home" / "config.toml",
        data=folder / "home" / "data",
    )
    return Desk(folder, folders)


def states(outcomes: Sequence[RowOutcome]) -> dict[str, tuple[str, str]]:
    """Return what became of each row and why, by its client's code."""
    return {outcome.order.code: (outcome.state, outcome.why) for outcome in outcomes}
