"""The clip cache: takes by what they were made from, safe for several processes at once.

One file a take, named by the hash of everything that decides its samples. A file is whole or not
there; it begins with a checksum of the rest, so that a damaged one is found out and made again.
Whatever goes wrong with the cache, a session is only slower for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import struct
import tempfile
import weakref
from dataclasses import dataclass
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np

from cft_audio.errors import CacheError
from cft_audio.files.whole_file import OWNER_ONLY, PREFIX, SUFFIX, sweep, write_whole
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 1_000_000_000
"""Bytes the cache keeps: over two hundred sessions. The takes used longest ago go first."""

_ENDING = ".take"
_CHECKSUM = 32
_COUNTS = "<II"
"""A file holds the checksum of all that follows it, how many samples and how many breaks there are,
the breaks and the samples."""

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
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest
        self._overflow = _Overflow()

    def close(self) -> None:
        """Forget the takes that are not in the folder. The cache can still be used."""
        self._overflow.close()

    def get(self, key: str) -> Take | None:
        """Return the take kept under ``key``, or None where there is none that is whole."""
        try:
            with self._open(key) as file:
                checksum, payload = file.read(_CHECKSUM), file.read()
                if hashlib.sha256(payload).digest() != checksum:
                    return None
                length, breaks = _read_header(file)
        except (OSError, ValueError):
            return None
        # When it was last used decides what is pruned; access times are often off.
        with contextlib.suppress(OSError):
            os.utime(self._path(key))
        pcm = np.frombuffer(payload, "<i2", count=length, offset=len(payload) - 2 * length)
        return Take(pcm.astype(np.int16), breaks)

    def length(self, key: str) -> int | None:
        """Return the samples of the take kept under ``key``, None where there is none.

        Only its header is read. Where the samples themselves are damaged, ``get`` gives None all
        the same.
        """
        try:
            with self._open(key) as file:
                return _read_header(file)[0]
        except (OSError, ValueError):
            return None

    def put(self, key: str, take: Take) -> None:
        """Keep ``take`` under ``key``, in the folder or else while this object lives.

        Raises:
            CacheError: If neither is possible.
        """
        content = _pack(take)
        path = self._path(key)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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
            raise CacheError(
                f"the cache in {self._folder} cannot be cleared: {error.strerror}",
                remedy="Remove the folder yourself, or ask its owner to",
            ) from error
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
        if not self._overflow.is_used:
            _LOG.warning("spoken lines cannot be kept in %s: %s", self._folder, error)
        try:
            self._overflow.put(key, content)
        except OSError as other:
            raise CacheError(
                f"a spoken line can be kept neither in {self._folder} ({error.strerror}) nor in "
                f"{tempfile.gettempdir()} ({other.strerror})",
                remedy="Make room on one of their disks",
            ) from other

    def _open(self, key: str) -> IO[bytes]:
        content = self._overflow.get(key)
        return self._path(key).open("rb") if content is None else io.BytesIO(content)

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
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._turn = Lock()

    @property
    def is_used(self) -> bool:
        return self._file is not None

    def put(self, key: str, content: bytes) -> None:
        with self._turn:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix=PREFIX, suffix=SUFFIX)  # noqa: SIM115
                weakref.finalize(self, self._file.close)
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(content)
            self._file.flush()
            self._places[key] = start, len(content)

    def get(self, key: str) -> bytes | None:
        with self._turn:
            if self._file is None or key not in self._places:
                return None
            start, size = self._places[key]
            self._file.seek(start)
            return self._file.read(size)

    def close(self) -> None:
        with self._turn:
            if self._file is not None:
                self._file.close()
            self._file = None
            self._places.clear()


def _pack(take: Take) -> bytes:
    payload = struct.pack(_COUNTS, len(take.pcm), len(take.breaks))
    payload += np.array(take.breaks, "<u4").tobytes() + take.pcm.astype("<i2").tobytes()
    return hashlib.sha256(payload).digest() + payload


def _read_header(file: IO[bytes]) -> tuple[int, tuple[int, ...]]:
    """Return how many samples a kept take has, and its breaks.

    Raises:
        ValueError: If the file is not as long as it says.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(_CHECKSUM)
    counts = file.read(struct.calcsize(_COUNTS))
    try:
        length, count = struct.unpack(_COUNTS, counts)
    except struct.error as error:
        raise ValueError("the take is cut short") from error
    if size != _CHECKSUM + len(counts) + 4 * count + 2 * length:
        raise ValueError("the take is cut short")
    return length, tuple(np.frombuffer(file.read(4 * count), "<u4").tolist())
