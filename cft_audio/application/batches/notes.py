"""What is noted of a batch in a person's own data folder: what was asked for, and how fast it went.

The manifest lies beside recordings that are given away, and a hash of a request can be guessed from
a name. So what was asked for is noted here.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.errors import FileError
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import write_private
from cft_audio.files.whole_file import sweep
from cft_audio.people.clients.places import LOCK
from cft_audio.schema.files import read_json
from cft_audio.schema.nodes import plain
from cft_audio.schema.plain import to_plain

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.batches.orders import Order
    from cft_audio.files.folders import Folders

_USUAL, _SLOWEST = 0.02, 0.1
"""Seconds of rendering for each second of a recording until it was measured: on two-core machines
that we know, and what is allowed for on those that we don't."""

_BATCHES = "batches"

_TICK_S = 5.0
"""Seconds by which the clock of a disk may be ahead; some shares count in twos."""


@dataclass
class BatchNotes:
    """What is noted of one target.

    Attributes:
        file: Where it is noted.
        asked: By the name of a recording the code of its client, a digest of what was asked for,
            and what the roster that asked for it is told from others by.
        rendered_s: Seconds of recordings that were rendered.
        took_s: Seconds that this took, by the clock.
        stamp: What the file was like when it was last read or written.
    """

    file: Path
    asked: dict[str, list[str]] = field(default_factory=dict, repr=False)
    rendered_s: float = 0.0
    took_s: float = 0.0
    stamp: tuple[int, ...] = ()

    @property
    def seconds_per_second(self) -> float:
        """Seconds of rendering for each second of a recording, as they were or as they may be."""
        return self.took_s / self.rendered_s if self.rendered_s else _USUAL

    @property
    def most_per_second(self) -> float:
        """The same as it has to be reckoned with."""
        return self.seconds_per_second if self.rendered_s else _SLOWEST

    def note(self, order: Order, length_s: float, took_s: float) -> None:
        """Note what was asked for and how long it took; where that cannot be, nothing is lost.

        What was forgotten of other clients meanwhile stays forgotten.
        """
        self.rendered_s += length_s
        self.took_s += took_s
        data = order.folders.data
        with suppress(OSError), hold_lock(data, LOCK):
            if _stamp(self.file) != self.stamp:
                there = _read(self.file).asked
                self.asked = {n: noted for n, noted in self.asked.items() if n in there}
            self.asked[order.name] = [order.code, asked_digest(order), _roster_of(order)]
            self.write()

    def write(self) -> None:
        """Write what is noted.

        Raises:
            OSError: If it cannot be written.
        """
        told = {"asked": self.asked, "rendered_s": self.rendered_s, "took_s": self.took_s}
        write_private(self.file, json.dumps(told))
        self.stamp = _stamp(self.file)

    def knows(self, order: Order) -> bool:
        """Return whether anything is noted of that name."""
        return order.name in self.asked

    def is_asked_again(self, order: Order) -> bool:
        """Return whether the same was asked for before under that name."""
        return self.asked.get(order.name, [])[1:2] == [asked_digest(order)]

    def is_of_roster(self, name: str, order: Order) -> bool:
        """Return whether a recording was asked for by the roster that ``order`` is of."""
        return self.asked.get(name, [])[2:] == [_roster_of(order)]


def _roster_of(order: Order) -> str:
    """Return what the roster of an order is told from others by; it says nothing of a person."""
    path = os.path.abspath(order.row.file)  # noqa: PTH100 -- a link may lead elsewhere next time
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:16]


def sweep_notes(folders: Folders) -> None:
    """Remove what a batch left unfinished that was killed while it noted something."""
    # Whoever writes there holds the lock, so that all that is unfinished was left.
    with suppress(OSError), hold_lock(folders.data, LOCK):
        sweep(folders.data / _BATCHES, older_s=-_TICK_S)


def forget_asked(code: str, folders: Folders, *, dry_run: bool) -> list[Path]:
    """Note no more what was asked for somebody, and return the files that it stood in.

    Args:
        code: What their files are called by; case makes no difference.
        folders: Where it is noted.
        dry_run: Whether it is only looked for.

    Raises:
        OSError: If one of them cannot be written.
    """
    changed = []
    for file in sorted((folders.data / _BATCHES).glob("*.json")):
        notes = read_notes(folders, file.stem)
        theirs = {n for n, noted in notes.asked.items() if noted and _is_same(noted[0], code)}
        if theirs:
            notes.asked = {n: noted for n, noted in notes.asked.items() if n not in theirs}
            changed.append(file)
            if not dry_run:
                notes.write()
    return changed


def _is_same(code: str, other: str) -> bool:
    return code.casefold() == other.casefold()


def read_notes(folders: Folders, key: str) -> BatchNotes:
    """Return what is noted of the target with that key."""
    return _read(folders.data / _BATCHES / f"{key}.json")


def _read(file: Path) -> BatchNotes:
    stamp = _stamp(file)
    with suppress(FileError, KeyError, TypeError, ValueError):
        if file.exists():
            entries = read_json(file, FileError).entries
            told: dict[str, Any] = {name: plain(node) for name, node in entries.items()}
            asked = {str(name): [*map(str, both)] for name, both in told["asked"].items()}
            spans = float(told["rendered_s"]), float(told["took_s"])
            return BatchNotes(file, asked, *spans, stamp)
    return BatchNotes(file, stamp=stamp)


def _stamp(file: Path) -> tuple[int, ...]:
    """Return what changes of a file when it is replaced; nothing where there is none."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def asked_digest(order: Order) -> str:
    """Return a SHA-256, in hex, of what is asked for, but for its date and its consent.

    A practice counts by its name: whether its script was changed is found out as it is planned.
    """
    request = order.request
    lasting = replace(
        request,
        session=replace(request.session, letters=()),
        voicing=replace(request.voicing, allow_online=False),
        output=replace(request.output, made_on=None),
    )
    return hashlib.sha256(json.dumps(to_plain(lasting), sort_keys=True).encode()).hexdigest()
