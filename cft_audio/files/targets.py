"""Where finished files go: a folder, or a place elsewhere; each is there whole or not at all."""

from __future__ import annotations

import errno
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.digests import sha256_of
from cft_audio.files.faults import output_errors
from cft_audio.files.folders import expanded
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.placing import replace
from cft_audio.files.target_names import finished, parts_of
from cft_audio.files.whole_file import unfinished_name

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(//)?")
"""How a URL begins. A single letter is a drive of Windows."""


class Target(Protocol):
    """A place for finished files, each of which is known by a name: a path with ``/`` in it.

    A target can be pickled. Every method raises OutputError where the place cannot be used.
    """

    @property
    def shown(self) -> str:
        """The place as a person may be shown it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before files go there, as sentences."""

    def check(self) -> None:
        """Check that files can be written; nothing is left there."""

    def publish(self, local: Path, name: str) -> None:
        """Put a finished file there, in the place of one that has its name.

        Args:
            local: The file, which may be moved; an object store tells its kind by its ending.
            name: Its name there.
        """

    def names(self) -> list[str]:
        """Return the names of all files there, sorted; none of what is unfinished."""

    def size(self, name: str) -> int | None:
        """Return the bytes of a file; None where there is none."""

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file, in hex; None where there is none. It is read whole."""

    def read(self, name: str) -> bytes | None:
        """Return what is in a file; None where there is none."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""


@dataclass(frozen=True)
class FolderTarget:
    """A folder of this machine, or of a share that it sees as one.

    Attributes:
        path: The folder; it is made when the first file goes there.
    """

    path: Path

    @property
    def shown(self) -> str:
        """The folder."""
        return str(self.path)

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing: files are renamed to their places."""
        return ()

    def check(self) -> None:
        """Check that files can be written; nothing is left there."""
        try:
            check_writable(Destination(self.path / unfinished_name()))
        except OutputError as error:
            error.where = str(self.path)
            raise

    def publish(self, local: Path, name: str) -> None:
        """Put a finished file there, in the place of one that has its name."""
        place = self._place(name)
        with output_errors(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                replace(local, place)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
            else:
                return
        with new_file(Destination(place, overwrite=True)) as beside, output_errors(place):
            shutil.copyfile(local, beside)

    def names(self) -> list[str]:
        """Return the names of all files there, sorted; none of what is unfinished."""
        with output_errors(self.path):
            files = [path for path in self.path.rglob("*") if path.is_file()]
        return finished(path.relative_to(self.path).as_posix() for path in files)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file; None where there is none."""
        place = self._place(name)
        with output_errors(place), suppress(FileNotFoundError, NotADirectoryError):
            return place.stat().st_size if place.is_file() else None
        return None

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file, in hex; None where there is none."""
        place = self._place(name)
        with output_errors(place):
            return sha256_of(place) if place.is_file() else None

    def read(self, name: str) -> bytes | None:
        """Return what is in a file; None where there is none."""
        place = self._place(name)
        with output_errors(place):
            return place.read_bytes() if place.is_file() else None

    def remove(self, name: str) -> None:
        """Remove a file, if it is there, and each folder that is empty then."""
        place = self._place(name)
        with output_errors(place):
            place.unlink(missing_ok=True)
        with suppress(OSError):
            for folder in list(place.parents)[: len(PurePosixPath(name).parts) - 1]:
                folder.rmdir()

    def _place(self, name: str) -> Path:
        return self.path.joinpath(*parts_of(name))


def target_for(text: str) -> Target:
    """Return the place that a person means: a folder, or a URL that fsspec knows.

    A folder is absolute, so that it stays the same in other processes.

    Raises:
        RequestError: If it is a URL to which nothing can be written.
        OutputError: If it takes a package that is not installed.
    """
    begins = _URL.match(text)
    protocol = begins[1].lower() if begins else ""
    if protocol in ("file", "local"):
        return FolderTarget(expanded(f"file:{text.partition(':')[2]}").absolute())
    from cft_audio.files.remote_target import RemoteTarget, check_protocol, is_protocol

    if begins and begins[2]:
        check_protocol(protocol, text)
        return RemoteTarget(text)
    if is_protocol(protocol):
        remedy = f"Write it as {protocol}://…, or ./{text} for a folder of that name"
        raise RequestError(f"'{text}' lacks the // of a URL", remedy=remedy, field="output")
    return FolderTarget(expanded(text).absolute())
