"""Files downloaded whole and checked, and continued where an earlier run was cut short."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cft_audio.errors import DownloadError
from cft_audio.files.locks import hold_lock
from cft_audio.files.remote import host_of, open_remote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from io import BufferedReader, BytesIO
    from pathlib import Path


_SHA256 = 64
"""Hexadecimal digits of a SHA-256 digest; one of MD5 has half as many."""


@dataclass(frozen=True)
class RemoteFile:
    """A file that is known before it is downloaded.

    Attributes:
        url: Its address: https, http, or file for a folder of this machine.
        size: Its bytes.
        digest: Its digest in hex: SHA-256, or MD5, which tells a damaged file and no forged one.
    """

    url: str
    size: int
    digest: str

    @property
    def name(self) -> str:
        """Its name without folders, whichever system's."""
        return re.split(r"[/\\:]", unquote(urlsplit(self.url).path))[-1]

    def check(self, content: BufferedReader | BytesIO) -> None:
        """Check that ``content`` is this file.

        Raises:
            DownloadError: If it is not.
        """
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        algorithm = "sha256" if len(self.digest) == _SHA256 else "md5"
        digest = partial(hashlib.new, algorithm, usedforsecurity=False)
        if size != self.size:
            fault = f"it has {size} bytes instead of {self.size}"
        elif hashlib.file_digest(content, digest).hexdigest() != self.digest:
            fault = "its checksum is not the one expected"
        else:
            return
        raise DownloadError(
            f"{self.name} came damaged from {host_of(self.url)}: {fault}",
            remedy="Try again; nothing of it was kept",
        )


def download(
    files: Sequence[RemoteFile], folder: Path, progress: Callable[[int], object]
) -> list[Path]:
    """Download ``files`` into ``folder``, each of which appears there whole and checked.

    What has come of a file is kept in ``NAME.part`` when the connection breaks or this process
    ends. A later run continues it if the server allows that, and trusts it only once the checksum
    of the whole file proves it. A file that is there already and whole is not downloaded again.

    Args:
        files: What to download; their names differ.
        folder: Where to; it is made if missing. Nobody else's files lie in it.
        progress: Called with the bytes of all files that have come so far.

    Returns:
        The files in ``folder``, in order.

    Raises:
        DownloadError: If a file cannot be had or comes damaged, or there is no room for it; its
            ``where`` is ``folder`` if the fault lies there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with hold_lock(folder, "downloads"):
            _check_room(files, folder)
            done = 0
            for file in files:
                _download(file, folder / file.name, partial(_tell, progress, done))
                done += file.size
                progress(done)
    except OSError as error:
        raise DownloadError(
            f"what is downloaded cannot be kept: {error.strerror or error}",
            remedy="See to the rights of that folder, or to room on its disk",
            where=str(folder),
        ) from error
    return [folder / file.name for file in files]


def _tell(progress: Callable[[int], object], before: int, size: int) -> None:
    progress(before + size)


def _check_room(files: Iterable[RemoteFile], folder: Path) -> None:
    here = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    needed = sum(file.size for file in files) - here
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DownloadError(
            f"the download takes {needed / 1e6:.0f} MB, and there are {free / 1e6:.0f} MB free",
            remedy="Make room there",
            where=str(folder),
        )


def _download(file: RemoteFile, target: Path, progress: Callable[[int], object]) -> None:
    with suppress(FileNotFoundError, DownloadError), target.open("rb") as content:
        file.check(content)
        return
    part = target.with_name(f"{target.name}.part")
    is_continued = _complete(file, part, progress)
    try:
        with part.open("rb") as content:
            file.check(content)
    except DownloadError:
        part.unlink()
        if not is_continued:
            raise
        # The file has changed since the earlier run, or what that run left is damaged.
        _download(file, target, progress)
    else:
        part.replace(target)


def _complete(file: RemoteFile, part: Path, progress: Callable[[int], object]) -> bool:
    """Append to ``part`` what it lacks, and return whether some of it was there before."""
    before = part.stat().st_size if part.exists() else 0
    if before >= file.size:
        part.touch()
        return before > 0
    with open_remote(file.url, before) as (start, blocks), part.open("ab") as content:
        content.truncate(start)
        size = start
        for block in blocks:
            content.write(block)
            size += len(block)
            progress(size)
            if size > file.size:
                break
        content.flush()
        os.fsync(content.fileno())
    return start > 0
