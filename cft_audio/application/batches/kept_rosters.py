"""Rosters that came from a page: a copy of each kept privately, looked at, made, and handed over.

What takes long can be pickled and is done by a function of this module, for a process of its own.
"""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.batches.batch import Batch
from cft_audio.application.batches.checks import check_orders, expected_s, plan_rows
from cft_audio.application.batches.consent import GOOGLE, lines_sent
from cft_audio.application.batches.estimates import Estimates
from cft_audio.application.batches.file_names import USUAL
from cft_audio.application.batches.orders import RosterReader
from cft_audio.application.batches.outcomes import RowOutcome
from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS
from cft_audio.application.batches.run import Watch
from cft_audio.application.batches.this_machine import runners_here
from cft_audio.application.batches.without_files import read_no_letter, without_files
from cft_audio.application.clients.packing import pack_batch
from cft_audio.errors import CftAudioError, RosterError
from cft_audio.files.cores import usable_cores
from cft_audio.files.private import write_private_bytes
from cft_audio.files.targets import FolderTarget
from cft_audio.people.clients.places import ROSTERS
from cft_audio.people.clients.sealing import ClientSeal
from cft_audio.people.consent import service_of
from cft_audio.rosters.file_kinds import ENDINGS, bytes_of
from cft_audio.rosters.reading import roster_of
from cft_audio.rosters.roster import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cft_audio.application.batches.checks import RowPlan
    from cft_audio.application.batches.orders import Order, Orders
    from cft_audio.application.clients.handing_over import HandOverForm
    from cft_audio.application.clients.packing import Packed
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.rosters.roster import Told

_KEPT_S = 7 * 86_400.0
"""Seconds that a copy is kept of which nobody has said that it is needed no more."""

_ID = re.compile(r"[0-9a-f]{16}")


def keep_roster(content: bytes, name: str, folders: Folders) -> str:
    """Keep a copy of a roster, closed where clients are locked, and return its id.

    Args:
        content: What its file holds.
        name: What the file is called; only its ending counts.
        folders: Where it is kept.

    Raises:
        OSError: If the disk does not allow it.
        LockedError: If it cannot be closed.
    """
    there, ending = folders.data / ROSTERS, Path(name.lower()).suffix
    for old in there.glob("*"):
        if old.stat().st_mtime < time.time() - _KEPT_S:
            old.unlink(missing_ok=True)
    identity = secrets.token_hex(8)
    file = there / f"{identity}{ending if ending in ENDINGS else '.csv'}"
    write_private_bytes(file, ClientSeal(folders.data).close(content))
    return identity


def roster_with_id(identity: str, folders: Folders) -> Path:
    """Return the copy of a roster.

    Raises:
        CftAudioError: If none is kept with that id.
    """
    known = _ID.fullmatch(identity)
    for file in (folders.data / ROSTERS).glob(f"{identity}.*") if known else ():
        return file
    remedy = "Give it once more; what was made of it is kept"
    raise CftAudioError("the copy of the roster was removed", remedy=remedy)


@dataclass(frozen=True)
class LookedRoster:
    """A roster that was looked at.

    Attributes:
        rows: What each row would come to, as plain values.
        expected_s: About how many seconds all would take.
        notes: What a person should know of it, as sentences.
        problems: Everything wrong with it, each with its place, and what to do; nothing would be
            made then.
    """

    rows: tuple[dict[str, Any], ...] = ()
    expected_s: float = 0.0
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[Told, str], ...] = ()


@dataclass(frozen=True)
class RosterWork:
    """A roster, and what it is made with.

    Attributes:
        file: The copy of it.
        sends: Whether somebody agreed that what is said may be sent to Google.
        settings: The person's settings.
        folders: Where everything is found and kept.
        output: The folder that recordings go to.
        made_on: The date for tags.
    """

    file: Path
    sends: bool
    settings: Settings = field(repr=False)
    folders: Folders
    output: Path
    made_on: date | None

    def look(self) -> LookedRoster:
        """Return what it would come to, or everything that is wrong with it.

        Raises:
            CftAudioError: If that is about no row of it.
        """
        estimates, notes = Estimates(), tuple[str, ...]()
        try:
            read, reader = self._read()
            notes = read.warnings
            batch = self._batch(check_orders(read, reader, estimates, USUAL, lambda _: None))
        except RosterError as error:
            apart = tuple((told_apart(one), one.remedy) for one in error.problems)
            return LookedRoster(notes=notes, problems=apart)
        plans = list(plan_rows(batch, estimates, anew=False))
        whole_s = expected_s(plans, batch.notes().seconds_per_second, usable_cores())
        sent = (
            f"{one.told}, are sent to {service_of(one.engine)} by the voice '{one.voice}'."
            for one in lines_sent(batch.orders, estimates)
        )
        return LookedRoster(tuple(plan.as_object() for plan in plans), whole_s, (*notes, *sent))

    def make(self, progress: Callable[..., None]) -> dict[str, Any]:
        """Make what is not there as it should be; return what became of each row, plainly.

        Args:
            progress: A ``Progress`` that takes as well what became of the rows so far.

        Raises:
            CftAudioError: If nothing can be made.
        """
        batch, estimates = self._checked()
        rows: list[dict[str, Any]] = []

        def tell(outcome: RowOutcome) -> None:
            rows.append(outcome.as_object(named=False))
            progress("rendering", len(rows) / len(batch.orders), rows)

        runners = runners_here(len(batch.orders))
        outcomes = batch.run(runners, estimates, Watch(tell, progress), anew=False)
        doubtful = [o.order.row.number for o in outcomes if o.warnings]
        notes = [note for outcome in outcomes for note in outcome.notes]
        if doubtful:
            told = ", ".join(map(str, sorted(doubtful)))
            notes.append(f"A voice may get words wrong in row {told}: listen to them first.")
        rows.sort(key=lambda row: row["row"])
        return {"rows": rows, "notes": list(dict.fromkeys(notes))}

    def hand_over(self, form: HandOverForm) -> list[Packed]:
        """Put together for each client what they get of it.

        Raises:
            CftAudioError: If it cannot be read any more.
        """
        batch, estimates = self._checked()
        manifest = batch.manifest()

        def outcome(plan: RowPlan) -> RowOutcome:
            if plan.why:
                return RowOutcome(plan.order, "failed", error=CftAudioError("it is not made"))
            return RowOutcome(plan.order, "kept", made=manifest.get(plan.order.name))

        plans = plan_rows(batch, estimates, anew=False)
        return list(pack_batch(batch, [outcome(plan) for plan in plans], form))

    def _checked(self) -> tuple[Batch, Estimates]:
        estimates = Estimates()
        read, reader = self._read()
        return self._batch(check_orders(read, reader, estimates, USUAL, lambda _: None)), estimates

    def _batch(self, orders: list[Order]) -> Batch:
        return Batch(tuple(orders), FolderTarget(self.output), self.folders)

    def _read(self) -> tuple[Orders, RosterReader]:
        agreed = frozenset({GOOGLE} if self.sends else ())
        reader = RosterReader(
            self.settings, self.folders, self.made_on, agreed, read_letter=read_no_letter
        )
        seal = ClientSeal(self.folders.data, self.folders.keys)
        roster = roster_of(seal.open(bytes_of(self.file)), self.file, ROSTER_COLUMNS)
        return reader.read(without_files(roster)), reader


def look_at(work: RosterWork) -> LookedRoster:
    """Look at a roster; for another process."""
    return work.look()


def make_roster(progress: Callable[..., None], work: RosterWork) -> dict[str, Any]:
    """Make a roster; what a process does."""
    return work.make(progress)


def hand_over(work: RosterWork, form: HandOverForm) -> list[Packed]:
    """Put together what a roster's clients get; for another process."""
    return work.hand_over(form)
