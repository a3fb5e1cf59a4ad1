"""The clip cache: takes by what they were made from, safe for several processes at once.

One file a take, named by the hash of everything that decides its samples. A file is whole or not
there; it begins with a checksum of the rest, so that a damaged one is found out and made again.
Whatever goes wrong with the cache, a session is only slower for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import weakref
from dataclasses import dataclass
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np

from cft_audio.errors import CacheError
from cft_audio.files.private import make_private
from cft_audio.files.whole_file import OWNER_ONLY, PREFIX, SUFFIX, sweep, write_whole
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.files.folders import Seal

LARGEST = 1_000_000_000
"""Bytes the cache keeps: over two hundred sessions. The takes used longest ago go first."""

_ENDING = ".take"
_CHECKSUM = 32
"""Bytes of the checksum that a file begins with, of all that follows it: how many samples and how
many breaks there are, the breaks, and the samples."""

_FORMAT = b"2"
"""Goes into the checksum, so that a file of an earlier form counts as damaged."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Usage:
    """How much the cache holds."""

    entries: int
    bytes: int


class ClipCache:
    """Takes kept in a folder that only its owner can read.

    A take that the folder does not take, on a full disk for instance, is kept in a file without a
    name for as long as this object lives, so that nothing is spoken or sent twice.

    Args:
        folder: Where; it is made, with mode 0700, when the first take is kept.
        largest: Bytes it keeps at most, after ``prune``.
        seal: What closes each take; None for nothing.
    """

    def __init__(self, folder: Path, largest: int = LARGEST, seal: Seal | None = None) -> None:
        self._folder = folder
        self._largest = largest
        self._seal = seal
        self._overflow = _Overflow()

    def __contains__(self, key: str) -> bool:
        """Whether there is a take under ``key``; only ``get`` finds out whether it is whole."""
        if self._overflow.get(key) is not None:
            return True
        try:
            return self._path(key).is_file()
        except OSError:  # the folder may not be looked into
            return False

    def get(self, key: str) -> Take | None:
        """Return the take kept under ``key``, or None where there is none that is whole."""
        try:
            content = self._overflow.get(key) or self._path(key).read_bytes()
            take = unpack(self._seal.open(content) if self._seal else content)
        except (OSError, ValueError):
            return None
        # When it was last used decides what is pruned; access times are often off.
        with contextlib.suppress(OSError):
            os.utime(self._path(key))
        return take

    def put(self, key: str, take: Take) -> None:
        """Keep ``take`` under ``key``, in the folder or else while this object lives.

        Raises:
            CacheError: If neither is possible.
        """
        content = self._seal.close(pack(take)) if self._seal else pack(take)
        path = self._path(key)
        try:
            make_private(self._folder)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with write_whole(path, mode=OWNER_ONLY, durable=False) as unfinished:
                unfinished.write_bytes(content)
        except OSError as error:
            self._keep_elsewhere(key, content, error)

    def usage(self) -> Usage:
        """Return how many takes there are and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove every take and return how much that was.

        Raises:
            CacheError: If one cannot be removed.
        """
        usage = self.usage()
        takes = self._folder.glob(f"??/*{_ENDING}")
        try:
            for path in [*takes, *self._folder.glob(f"??/{PREFIX}*{SUFFIX}")]:
                path.unlink(missing_ok=True)
        except OSError as error:
            message = f"the cache in {self._folder} cannot be cleared: {error.strerror}"
            remedy = "Remove the folder yourself, or ask its owner to"
            raise CacheError(message, remedy=remedy) from error
        return usage

    def prune(self) -> None:
        """Remove the takes used longest ago until the rest fits, and files left half written."""
        for shard in self._folder.glob("??"):
            sweep(shard)
        entries = sorted(self._entries(), key=lambda entry: entry[2])
        excess = sum(size for _, size, _ in entries) - self._largest
        for path, size, _ in entries:
            if excess <= 0:
                return
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            excess -= size

    def _keep_elsewhere(self, key: str, content: bytes, error: OSError) -> None:
        if self._overflow.file is None:
            _LOG.warning("spoken lines cannot be kept in %s: %s", self._folder, error)
        try:
            self._overflow.put(key, content)
        except OSError as other:
            raise CacheError(
                f"a spoken line can be kept neither in {self._folder} ({error.strerror}) nor in "
                f"{tempfile.gettempdir()} ({other.strerror})",
                remedy="Make room on one of their disks",
            ) from other

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        for path in self._folder.glob(f"??/*{_ENDING}"):
            with contextlib.suppress(OSError):
                status = path.stat()
                yield path, status.st_size, status.st_mtime

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}{_ENDING}"


def key_of(*parts: str) -> str:
    """Return the key of a take made from ``parts``: a SHA-256 in hex."""
    encoded = [part.encode() for part in parts]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in encoded)).hexdigest()


class _Overflow:
    """What the cache's folder does not take, in a file that has no name and goes with its handle.

    Raises:
        OSError: From any method, if that disk fails as well.
    """

    def __init__(self) -> None:
        self.file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._turn = Lock()

    def put(self, key: str, content: bytes) -> None:
        with self._turn:
            if self.file is None:
                self.file = tempfile.TemporaryFile(prefix=PREFIX, suffix=SUFFIX)  # noqa: SIM115
                weakref.finalize(self, self.file.close)
            start = self.file.seek(0, os.SEEK_END)
            self.file.write(content)
            self.file.flush()
            self._places[key] = start, len(content)

    def get(self, key: str) -> bytes | None:
        with self._turn:
            if self.file is None or key not in self._places:
                return None
            start, size = self._places[key]
            self.file.seek(start)
            return self.file.read(size)


def pack(take: Take) -> bytes:
    """Return ``take`` as bytes that tell whether they are whole."""
    head = np.array([len(take.pcm), len(take.breaks), *take.breaks], "<u4")
    payload = head.tobytes() + take.pcm.astype("<i2").tobytes()
    return hashlib.sha256(_FORMAT + payload).digest() + payload


def unpack(content: bytes) -> Take:
    """Return the take that ``pack`` made ``content`` of.

    Raises:
        ValueError: If it is not whole.
    """
    payload = content[_CHECKSUM:]
    if hashlib.sha256(_FORMAT + payload).digest() != content[:_CHECKSUM]:
        raise ValueError("the take is damaged")
    length, count = np.frombuffer(payload, "<u4", 2).tolist()
    breaks = np.frombuffer(payload, "<u4", count, offset=8)
    pcm = np.frombuffer(payload, "<i2", length, offset=8 + 4 * count)
    return Take(pcm.astype(np.int16), tuple(breaks.tolist()))
