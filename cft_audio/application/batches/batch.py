"""A batch: every recording of a roster, each made where it is not there as it should be.

One process, this one, plans and decides. Lines are spoken first, each once, by a process of their
own; recordings are rendered by others, which get what is decided and load no voice.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.application.batches.manifests import FILE, Manifest, ManifestRow, read_manifest
from cft_audio.application.batches.notes import read_notes, sweep_notes
from cft_audio.application.batches.place import Place
from cft_audio.application.batches.run import BatchRun
from cft_audio.errors import RequestError
from cft_audio.files.faults import output_errors
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private
from cft_audio.files.targets import FolderTarget
from cft_audio.files.whole_file import PREFIX, SUFFIX, sweep
from cft_audio.people.clients.at_work import at_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.notes import BatchNotes
    from cft_audio.application.batches.orders import Order
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.batches.run import Runners, Watch
    from cft_audio.files.folders import Folders
    from cft_audio.files.targets import Target


@dataclass(frozen=True)
class Pruned:
    """What became of the files of rows that are no more.

    Attributes:
        removed: The names of those that went.
        left: The names of those that stay, since they were changed.
    """

    removed: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """The recordings of a roster, and where they go.

    Attributes:
        orders: What its rows ask for, each with the name of its file.
        target: Where they go.
        folders: Where everything is found and kept.
    """

    orders: tuple[Order, ...] = field(repr=False)
    target: Target
    folders: Folders = field(repr=False)

    def manifest(self) -> Manifest:
        """Return what was made there before.

        Raises:
            OutputError: If it cannot be read.
        """
        return read_manifest(self.target.read(FILE))

    def notes(self) -> BatchNotes:
        """Return what was asked for there before."""
        return read_notes(self.folders, self._key)

    def others(self) -> list[str]:
        """Return the files there that were made of rows that are no more in the roster.

        Those of another roster, which goes to the same place, are none of them.

        Raises:
            OutputError: If the target cannot be looked into.
        """
        digests = self._not_asked_for(self.manifest())
        return [name for name in digests if self.target.size(name) is not None]

    def prunable(self) -> Pruned:
        """Return what ``prune`` would do; nothing is removed.

        Raises:
            OutputError: If the target cannot be looked into.
        """
        return self._prunable(self.manifest())

    def _prunable(self, manifest: Manifest) -> Pruned:
        removed, left = list[str](), list[str]()
        for name, digest in self._not_asked_for(manifest).items():
            there = self.target.digest(name)
            if there is not None:
                (removed if there == digest else left).append(name)
        return Pruned(tuple(removed), tuple(left))

    def _not_asked_for(self, manifest: Manifest) -> dict[str, str]:
        """Return the digest of each file of rows that are no more, and of none that is, by name."""
        known = (manifest.get(order.name) for order in self.orders)
        wanted = {name for row in known if row for name in row.files}
        files = (pair for row in self._others(manifest) for pair in row.files.items())
        return {name: digest for name, digest in files if name not in wanted}

    def _others(self, manifest: Manifest) -> list[ManifestRow]:
        notes, rows = self.notes(), manifest.without(order.name for order in self.orders)
        return [row for row in rows if notes.is_of_roster(row.name, self.orders[0])]

    def run(
        self, runners: Runners, estimates: Estimates, watch: Watch, *, anew: bool
    ) -> list[RowOutcome]:
        """Make what is not there as it should be, and return what became of each row.

        Args:
            runners: Who does the work.
            estimates: What the rows would say.
            watch: Who is told.
            anew: Whether recordings that are there are made again.

        Raises:
            OutputError: If the target cannot be used, or is not what other machines write to.
        """
        with self._hold(watch.waiting) as place, work_for(self.orders):
            run = BatchRun(runners, place, watch, anew=anew)
            run.speak(self.orders, estimates)
            run.render(self.orders)
            return run.outcomes

    def prune(self, waiting: Callable[[], object]) -> Pruned:
        """Remove the files that were made of rows that are no more; one that was changed is left.

        Args:
            waiting: Told that another batch is running there, and that this one waits for it.

        Raises:
            OutputError: If one cannot be removed.
        """
        with self._hold(waiting) as place:
            pruned = self._prunable(place.manifest)
            for name in pruned.removed:
                self.target.remove(name)
            for row in self._others(place.manifest):
                place.manifest.remove(row.name)
            place.write()
        return pruned

    @property
    def _key(self) -> str:
        """What the target is told from others by; it says nothing of a person."""
        target = self.target
        shown = str(target.path.absolute()) if isinstance(target, FolderTarget) else target.shown
        return _hashed(shown)

    @contextmanager
    def _hold(self, waiting: Callable[[], object]) -> Iterator[Place]:
        """Keep other batches of this person away from the target while the block runs.

        What one that was killed left unfinished there is removed, and so is, in the end, a folder
        that was made for nothing.
        """
        data = self.folders.data
        with output_errors(data):
            make_private(data)
        with hold_lock(data, f"batch-{self._key}", waiting):
            beside = self.target.path if isinstance(self.target, FolderTarget) else data
            # Another person's batch, or another machine's, has folders of another name.
            name = f"{PREFIX}batch-{_hashed(f'{platform.node()} {data} {self._key}')}{SUFFIX}"
            scratch, shared = beside / name, self.folders.cache.with_name(name)
            missing = [folder for folder in (beside, *beside.parents) if not folder.exists()]
            with output_errors(beside):
                shutil.rmtree(scratch, ignore_errors=True)
                shutil.rmtree(shared, ignore_errors=True)
                scratch.mkdir(parents=True)
                sweep(beside)
            sweep_notes(self.folders)
            try:
                yield Place(self.target, scratch, shared, self.notes())
            finally:
                shutil.rmtree(shared, ignore_errors=True)
                _remove(scratch, missing)


@contextmanager
def work_for(orders: Iterable[Order]) -> Iterator[None]:
    """Keep the clients of rows from being forgotten while the block runs.

    Raises:
        RequestError: If one was, since the roster was read.
    """
    every = tuple(orders)
    with at_work(*(order.folders for order in every)):
        for order in every:
            own = order.folders.personal
            if order.is_of_client and own and not own.folder.parent.exists():
                message = f"nothing is kept any more of client {order.code}, of row"
                remedy = "Take the row out of the roster, or begin with ‹new client›"
                raise RequestError(
                    f"{message} {order.row.number}", remedy=remedy, where=order.row.file
                )
        yield


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def _remove(scratch: Path, missing: list[Path]) -> None:
    """Remove a folder, and each of those that were missing before it if nothing came into it."""
    shutil.rmtree(scratch, ignore_errors=True)
    with suppress(OSError):
        for folder in missing:
            folder.rmdir()
