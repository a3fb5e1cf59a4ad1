"""The clip cache: takes by what they were made from, safe for several processes at once.

One file a take, named by the hash of everything that decides its samples. A file is written
beside its place and renamed, so that it is whole or not there; it begins with a checksum of the
rest, so that a damaged one is found out and made again. Whatever goes wrong with the cache, a
session is only slower for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import CacheError
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1_000_000_000
"""Bytes the cache keeps: over two hundred sessions. The takes used longest ago go first."""

_ENDING = ".take"
_PART = ".part"
_ABANDONED = 3600.0
"""Seconds after which a file half written belongs to a process that was ended."""

_CHECKSUM = 32
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Usage:
    """How much the cache holds."""

    entries: int
    bytes: int


class ClipCache:
    """Takes kept in a folder that only its owner can read.

    Args:
        folder: Where; it is made, with mode 0700, when the first take is kept.
        largest: Bytes it keeps at most, after ``prune``.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest
        self._warned = False

    def get(self, key: str) -> Take | None:
        """Return the take kept under ``key``, or None where there is none that is whole."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            take = _unpacked(content)
        except (OSError, ValueError):
            return None
        # When it was last used decides what is pruned; access times are often off.
        with contextlib.suppress(OSError):
            os.utime(path)
        return take

    def put(self, key: str, take: Take) -> None:
        """Keep ``take`` under ``key``; where that fails, go on without."""
        path = self._path(key)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, suffix=_PART)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_packed(take))
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise
        except OSError as error:
            if not self._warned:
                self._warned = True
                _LOG.warning("spoken lines cannot be kept in %s: %s", self._folder, error)

    def length(self, key: str) -> int | None:
        take = self.get(key)
        return None if take is None else len(take.pcm)

    def close(self) -> None:
        """Temporary."""

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
        for path in [*self._folder.glob(f"??/*{_ENDING}"), *self._folder.glob(f"??/*{_PART}")]:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise CacheError(
                    f"the cache in {self._folder} cannot be cleared: {error.strerror}",
                    remedy="Remove the folder yourself, or ask its owner to",
                ) from None
        return usage

    def prune(self) -> None:
        """Remove the takes used longest ago until the rest fits, and files left half written."""
        for part in self._folder.glob(f"??/*{_PART}"):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > _ABANDONED:
                    part.unlink()
        entries = sorted(self._entries(), key=lambda entry: entry[2])
        excess = sum(size for _, size, _ in entries) - self._largest
        for path, size, _ in entries:
            if excess <= 0:
                return
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            excess -= size

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        for path in self._folder.glob(f"??/*{_ENDING}"):
            with contextlib.suppress(OSError):
                status = path.stat()
                yield path, status.st_size, status.st_mtime

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}{_ENDING}"


def key_of(*parts: str) -> str:
    """Return the key of a take made from ``parts``: a SHA-256 in hex."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(f"{len(encoded)}:".encode() + encoded)
    return digest.hexdigest()


def _packed(take: Take) -> bytes:
    breaks = json.dumps(take.breaks).encode()
    payload = len(breaks).to_bytes(4, "little") + breaks + take.pcm.astype("<i2").tobytes()
    return hashlib.sha256(payload).digest() + payload


def _unpacked(content: bytes) -> Take:
    payload = content[_CHECKSUM:]
    if hashlib.sha256(payload).digest() != content[:_CHECKSUM]:
        raise ValueError("the take is damaged")
    size = 4 + int.from_bytes(payload[:4], "little")
    pcm = np.frombuffer(payload[size:], dtype="<i2").astype(np.int16)
    return Take(pcm, tuple(json.loads(payload[4:size])))
