"""Where the recordings of a batch go while it runs, and what of them is there already."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.application.batches.manifests import FILE, ManifestRow, plan_digest, read_manifest
from cft_audio.application.recordings import is_recording_of, made_before
from cft_audio.application.tags import SOUND_TAG, options_in
from cft_audio.errors import NameTakenError, OutputError
from cft_audio.files.faults import output_errors
from cft_audio.files.targets import FolderTarget
from cft_audio.master.tagging import read_tags

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cft_audio.application.batches.notes import BatchNotes
    from cft_audio.application.batches.orders import Order
    from cft_audio.application.rendering import Prepared
    from cft_audio.files.targets import Target


_ARRIVES_S = 60.0
"""Seconds after which whoever looks into a share sees what another machine wrote: of NFS, the
longest that it answers of a folder from memory, unless it was mounted otherwise."""


class Place:
    """Where the recordings of a batch go, while it runs.

    Args:
        target: Where they go.
        scratch: A folder for what is unfinished, on the disk where recordings go.
        shared: A folder for what several recordings have in common, on the disk of the cache.
        notes: What was asked for there before.

    Attributes:
        manifest: What was made there, now and before.

    Raises:
        OutputError: If the manifest there cannot be read.
    """

    def __init__(self, target: Target, scratch: Path, shared: Path, notes: BatchNotes) -> None:
        self.target, self.scratch, self.shared, self.notes = target, scratch, shared, notes
        self._seen = target.read(FILE)
        self.manifest = read_manifest(self._seen)
        self._has_arrived = False

    def keep(self, row: ManifestRow) -> None:
        """Write what was made of a row into the manifest.

        Raises:
            OutputError: If it cannot be written.
        """
        self.manifest.put(row)
        self.write()

    def write(self) -> None:
        """Write the manifest, whole or not at all.

        What another batch, on a machine that shares nothing but the folder, has written into it
        meanwhile stays in it.

        Raises:
            OutputError: If it cannot be written.
        """
        there = self.target.read(FILE)
        if there != self._seen:
            for row in read_manifest(there).without(row.name for row in self.manifest.rows):
                self.manifest.put(row)
        self._seen = self.manifest.as_text().encode()
        file = self.scratch / FILE
        with output_errors(file):
            file.write_bytes(self._seen)
        self.target.publish(file, FILE)

    def check_arrived(self, files: Mapping[str, str]) -> None:
        """Check that files which another machine wrote are where this one looks for them.

        The first time they are read, since older ones of the same names may be there.

        Args:
            files: SHA-256, in hex, of each by its name.

        Raises:
            OutputError: If they are not there even after a while, which a share may take.
        """
        stop = time.monotonic() + _ARRIVES_S
        while missing := self._missing(files):
            if time.monotonic() > stop:
                raise OutputError(
                    f"a machine of the cluster made {missing}, and it is not there on this one: "
                    "the folder is not the same for all of them",
                    remedy="Give a share that each of them has under that path, or a URL, as "
                    "‹output›",
                    where=self.target.shown,
                )
            time.sleep(min(1.0, _ARRIVES_S))
        self._has_arrived = True

    def _missing(self, files: Mapping[str, str]) -> str | None:
        """Return the first of files that is not there."""
        if self._has_arrived:
            return next((name for name in files if self.target.size(name) is None), None)
        return next((n for n, digest in files.items() if self.target.digest(n) != digest), None)

    def why(self, order: Order, prepared: Prepared) -> str:
        """Return why a recording has to be made; empty where it is there as it should be.

        Raises:
            OutputError: If what is there cannot be looked into, or is none of this program's.
        """
        known = self.manifest.get(order.name)
        if known is None or not known.files:
            known = self._found(order, prepared) or known
        if known is None:
            return "it is new"
        if known.outcome != "made":
            return "it failed before"
        if known.plan != plan_digest(prepared):
            same_sound = known.sound == prepared.tags.build[SOUND_TAG]
            return "its tags or what lies beside it change" if same_sound else "it sounds different"
        return self._why_of_files(known.files)

    def _why_of_files(self, files: Mapping[str, str]) -> str:
        digests = {name: self.target.digest(name) for name in files}
        if None in digests.values():
            return "a file of it is gone"
        return "" if digests == files else "a file of it was changed"

    def _found(self, order: Order, prepared: Prepared) -> ManifestRow | None:
        """Return what is at a place of which the manifest knows nothing, if it is that recording.

        Raises:
            OutputError: If it cannot be read, or is none of this program's.
        """
        if not isinstance(self.target, FolderTarget):
            return None
        path = self.target.path / order.name
        if not os.path.lexists(path):
            return None
        request = prepared.plan.request
        if request.output.split_chapters:  # a folder that was not finished, or lost its manifest
            return None
        if not options_in(read_tags(path)):
            message = "there is a file of its name, which is none of this program's"
            remedy = "Move it elsewhere, or let it be replaced: ‹overwrite›"
            raise NameTakenError(message, remedy=remedy, where=order.name)
        is_alone = not (request.beside.texts or request.beside.handouts)
        if not (is_alone and is_recording_of(path, prepared.tags)):
            return None
        there = made_before(path, prepared.plan)
        row = replace(
            row_of(order, prepared),
            files={order.name: self.target.digest(order.name) or ""},
            length_s=round(there.duration_s, 4),
            voice_lufs=there.voice_lufs,
            loudness_lufs=there.loudness_lufs,
            true_peak_dbtp=there.true_peak_dbtp,
        )
        self.keep(row)
        return row

    def remove_left_over(self, before: ManifestRow | None, after: ManifestRow) -> None:
        """Remove what a recording had beside it before and has no more, as far as it is unchanged.

        Raises:
            OutputError: If it cannot be removed.
        """
        for name, digest in before.files.items() if before else ():
            if name not in after.files and self.target.digest(name) == digest:
                self.target.remove(name)


def row_of(order: Order, prepared: Prepared) -> ManifestRow:
    """Return the row of a manifest for a recording of which nothing is made yet."""
    return ManifestRow(
        order.name,
        order.row.number,
        order.code,
        prepared.plan.practice.id,
        plan_digest(prepared),
        prepared.tags.build[SOUND_TAG],
    )
