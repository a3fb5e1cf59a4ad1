"""Whose recordings are handed over: a client's, or those of everybody in a batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from cft_audio.application.batches.batch import work_for
from cft_audio.application.clients.found_recordings import find_recordings, order_to_practise
from cft_audio.application.clients.hand_over import hand_over_of
from cft_audio.application.clients.handing_over import (
    FOLDER,
    FORMS,
    HAND_OVER,
    ZIP,
    HandOverForm,
    place_of_hand_over,
    put_down,
)
from cft_audio.errors import CftAudioError, OutputError, RequestError
from cft_audio.files.passwords import Password, check_password, check_same, read_password
from cft_audio.files.targets import FolderTarget
from cft_audio.files.zips import check_can_lock
from cft_audio.people.clients.made import read_handed_over, read_made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from cft_audio.application.batches.batch import Batch
    from cft_audio.application.batches.checks import RowPlan
    from cft_audio.application.batches.orders import Order
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.clients.handing_over import PutDown
    from cft_audio.application.clients.kept import Kept
    from cft_audio.files.folders import Folders
    from cft_audio.files.targets import Target
    from cft_audio.people.clients.made import MadeFile

T = TypeVar("T")

_SHARED = (
    "All ZIPs have one password: whoever knows it opens every one. For a password each, pack them "
    "one by one: ‹pack client›."
)


@dataclass(frozen=True)
class Packed:
    """What became of the hand-over of one client.

    Attributes:
        code: The client.
        put_down: What is at its place; None where it could not be made.
        error: Why it could not; None where it could.
        notes: What a person should know of it, as sentences.
    """

    code: str
    put_down: PutDown | None = None
    error: CftAudioError | None = None
    notes: tuple[str, ...] = field(default=())

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON, without a name."""
        made = self.put_down.as_object() if self.put_down else {"state": "failed"}
        error = {"error": self.error.as_object()} if self.error else {}
        return {"code": self.code, **made, **error}


def hand_over_form(kind: str, password_file: Path | None, on: date | None) -> HandOverForm:
    """Return what becomes of hand-overs, checked before any work is done.

    Args:
        kind: One of ``FORMS``.
        password_file: The file whose first line a ZIP is locked with; None for no lock.
        on: The day; None for none.

    Raises:
        RequestError: If that cannot be meant, or the file has no password.
        OutputError: If nothing is installed that locks a ZIP.
    """
    if password_file is None:
        return HandOverForm(kind, on=on)
    if kind == FOLDER:
        message = "a folder cannot be locked"
        remedy = f"Ask for a {FORMS[1]}, or leave ‹password_file› out"
        raise RequestError(message, remedy=remedy, field="password_file")
    check_can_lock()
    return HandOverForm(kind, read_password(password_file), on)


def typed_form(kind: str, password: str, again: str, on: date | None) -> HandOverForm:
    """Return what becomes of hand-overs whose password was typed, twice since nobody sees it.

    Args:
        kind: One of ``FORMS``; with a password it is a ZIP in any case.
        password: What a ZIP is locked with; empty for no lock.
        again: The same.
        on: The day; None for none.

    Raises:
        RequestError: If that cannot be meant, or it cannot be a password.
        OutputError: If nothing is installed that locks a ZIP.
    """
    if kind not in FORMS:
        raise RequestError("it can be a folder or a ZIP", field="hand_over")
    check_same(password, again)
    if not password:
        return HandOverForm(kind, on=on)
    check_can_lock()
    check_password(password)
    return HandOverForm(ZIP, Password(password), on)


def place_beside(target: Target) -> Path:
    """Return the folder that hand-overs go to, beside the recordings of a batch.

    Raises:
        RequestError: If these go elsewhere than to a folder.
    """
    if not isinstance(target, FolderTarget):
        raise RequestError(
            "what is handed over is put together on this machine, and goes to a folder alone",
            remedy="Give a folder with ‹output›, or leave ‹hand_over› out",
            field="hand_over",
        )
    return target.path / HAND_OVER


def pack_client(
    kept: Kept, place: Path, form: HandOverForm, folders: Folders, *, no_name: bool
) -> Packed:
    """Hand over every recording that was made for a client and is there as it was made.

    Args:
        kept: The client.
        place: The folder that it goes to.
        form: What becomes of it.
        folders: Where everything is found and kept.
        no_name: Whether the letter names nobody; nor does it where a recording was made so.

    Raises:
        RequestError: If there is no recording, or the client has no code.
        OutputError: If it cannot be written.
        FileError: If what was made for them cannot be read.
    """
    if not kept.client.code:
        message = "somebody who is known by a name alone has no code to call a folder by"
        remedy = "‹new client›, with that name: what is kept under it goes along"
        raise RequestError(message, remedy=remedy, field="code")
    own, there = kept.folders(folders), files_made_for(kept)
    whole = [note.path for note in there if note.is_at(note.path)]
    recordings = order_to_practise(find_recordings(whole, own))
    if not recordings:
        called = kept.place.called
        message = f"no recording is there that was made for client {called}"
        remedy = f"Make one first: ‹make recording:{called}›"
        raise RequestError(message, remedy=remedy, field="code")
    name = str(kept.client.values.get("name", "")) or recordings[0].name
    greeted = "" if no_name or not all(r.named for r in recordings) else name
    packed = put_down(hand_over_of(kept.place.called, recordings, greeted), form, place, own)
    told = []
    if changed := len(there) - len(whole):
        one, several = "A file was changed since it was made", "files were changed since"
        what = one if changed == 1 else f"{changed} {several} they were made"
        told.append(f"{what}. What was changed is not handed over.")
    if no_name and any(r.named and r.name for r in recordings):
        told.append(
            "The name stands in the tags of recordings that were made without ‹no_name›, and any "
            "player shows it."
        )
    return Packed(kept.place.called, packed, notes=tuple(told))


@dataclass(frozen=True)
class HandOverPlan:
    """What the hand-over of one client would come to.

    Attributes:
        code: The client.
        path: The folder or the ZIP.
        recordings: How many recordings would be in it.
        why: Why it would be put together.
    """

    code: str
    path: Path
    recordings: int
    why: str

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        told = {"code": self.code, "path": str(self.path), "recordings": self.recordings}
        return {**told, "state": "planned" if self.why else "kept", "why": self.why or _SAME}


_SAME = "replaced only if it would be different"


def plan_hand_overs(
    batch: Batch, plans: Sequence[RowPlan], form: HandOverForm
) -> Iterator[HandOverPlan]:
    """Yield what would be handed over to each client of a batch, in the order of the rows.

    Nothing is read but whether something is there; what is in it is compared when it is made.

    Raises:
        RequestError: If the batch goes elsewhere than to a folder.
    """
    place = place_beside(batch.target)
    for own in _by_client(plans, lambda plan: plan.order):
        code = own[0].order.code
        path = place_of_hand_over(code, form, place)
        is_changed = any(plan.why for plan in own)
        why = "recordings in it are made" if is_changed else ""
        if not path.exists():
            why = "not put together before"
        yield HandOverPlan(code, path, len(own), why)


def files_made_for(kept: Kept) -> list[MadeFile]:
    """Return the files that were made for a client and are there, but for what was handed over.

    Raises:
        FileError: If what was made for them cannot be read.
        LockedError: If it is locked, and cannot be opened.
    """
    notes, seal = kept.place.made, kept.place.seal
    handed = {handed.path for handed in read_handed_over(notes, seal)}
    made = [n for n in read_made(notes, seal) if handed.isdisjoint((n.path, *n.path.parents))]
    return [note for note in made if note.path.exists()]


def pack_batch(
    batch: Batch, outcomes: Sequence[RowOutcome], form: HandOverForm
) -> Iterator[Packed]:
    """Hand over to each client of a batch what was made for them, in the order of the rows.

    A client of whom a row failed gets nothing yet: half of what was meant for somebody is not what
    was meant.

    Raises:
        RequestError: If the batch goes elsewhere than to a folder.
    """
    place = place_beside(batch.target)
    clients = _by_client(outcomes, lambda outcome: outcome.order)
    shared = (_SHARED,) if form.password and len(clients) > 1 else ()
    for own in clients:
        try:
            with work_for(outcome.order for outcome in own):
                packed = _pack_rows(own, place, form)
            yield replace(packed, notes=(*packed.notes, *shared))
        except CftAudioError as error:
            yield Packed(own[0].order.code, error=error)


def _by_client(rows: Sequence[T], order_of: Callable[[T], Order]) -> list[list[T]]:
    """Return what is of each client, in the order of the rows."""
    clients: dict[str, list[T]] = {}
    for row in sorted(rows, key=lambda row: order_of(row).row.number):
        clients.setdefault(order_of(row).code.casefold(), []).append(row)
    return list(clients.values())


def _pack_rows(rows: Sequence[RowOutcome], place: Path, form: HandOverForm) -> Packed:
    order = rows[0].order
    failed = [str(row.order.row.number) for row in rows if row.made is None or row.error]
    if failed:
        message = f"nothing is handed over to {order.code} yet: row {', '.join(failed)} failed"
        raise OutputError(message, remedy="See to it, and run the same again")
    found = []
    for row in rows:
        files = [place.parent / name for name in row.made.files] if row.made else []
        found += find_recordings(files, row.order.folders, row.order.practice)
    requests = [row.order.request for row in rows]
    names = {request.session.answers.get("name", "") for request in requests} - {""}
    is_named = len(names) == 1 and all(request.output.name_in_tags for request in requests)
    name = names.pop() if is_named else ""
    hand_over = hand_over_of(order.code, found, name)
    return Packed(order.code, put_down(hand_over, form, place, order.folders))
