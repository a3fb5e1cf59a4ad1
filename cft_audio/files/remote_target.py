"""Finished files put where fsspec reaches: object stores, SFTP, shares; whole or not at all.

Nothing is ever written to the name of a file while it grows. In an object store an object appears
once all of it is there. Elsewhere a file is put under a name that says it is unfinished, and then
renamed. fsspec's own transactions do neither everywhere, and are not used. Credentials are found
by fsspec, as its documentation says, and are never asked for, kept or shown here.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.remote_faults import unusable
from cft_audio.files.target_names import finished, parts_of
from cft_audio.files.whole_file import unfinished_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OBJECT_STORES = frozenset(
    {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oci", "oss", "tos", "tosfs"}
)
"""Protocols whose ``put_file`` ends in one request that makes the object, or in one that completes
an upload in parts: until then, nobody sees it."""

_PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
    **dict.fromkeys(("sftp", "ssh"), "paramiko"),
    "smb": "smbprotocol",
    "webdav": "webdav4",
    "oci": "ocifs",
    "oss": "ossfs",
    "tos": "tosfs",
    "dropbox": "dropboxdrivefs",
    "box": "boxfs",
    "gdrive": "gdrive-fsspec",
    "hdfs": "pyarrow",
}
"""Which package of PyPI each needs (the registry of fsspec 2026.9)."""

_IN_PARTS = {"chunksize": 8 << 20, "max_concurrency": 2}
"""What s3fs is told: by itself it would hold up to 500 MB of a file at a time."""

_BLOCK = 1 << 20


@dataclass(frozen=True)
class RemoteTarget:
    """A place that fsspec reaches.

    Attributes:
        url: Its URL, such as ``s3://bucket/folder``.
    """

    url: str = field(repr=False)

    @property
    def shown(self) -> str:
        """The URL without a password and what else may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before files go there, as sentences."""
        if self._is_object_store or _renames(self._protocol):
            return ()
        said = f"{self._protocol}:// cannot rename a file: one is copied to its place"
        return (f"{said}, and may be seen in part meanwhile.",)

    def check(self) -> None:
        """Check that files can be written; nothing is left there."""
        with self._using() as (system, base):
            probe = f"{base}/{unfinished_name()}"
            self._make_room(system, base)
            system.pipe_file(probe, b"")
            system.rm_file(probe)

    def publish(self, local: Path, name: str) -> None:
        """Put a finished file there, in the place of one that has its name."""
        with self._using() as (system, base):
            *folders, last = parts_of(name)
            folder = "/".join([base, *folders])
            place = f"{folder}/{last}"
            if self._is_object_store:
                options = _IN_PARTS if self._package == "s3fs" else {}
                system.put_file(str(local), place, **options)
                return
            self._make_room(system, folder)
            beside = f"{folder}/{unfinished_name()}"
            try:
                system.put_file(str(local), beside)
                _move(system, beside, place)
            except BaseException:
                with suppress(Exception):
                    system.rm_file(beside)
                raise

    def names(self) -> list[str]:
        """Return the names of all files there, sorted; none of what is unfinished."""
        with self._using() as (system, base):
            found = system.find(base)
        return finished(path[len(base) :].lstrip("/") for path in found)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file; None where there is none."""
        with self._using(name) as (system, place), suppress(FileNotFoundError):
            about = system.info(place)
            return int(about["size"]) if about["type"] == "file" else None
        return None

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file, in hex; None where there is none. It is read whole."""
        told = hashlib.sha256()
        with self._using(name) as (system, place), suppress(FileNotFoundError):
            with system.open(place, "rb") as file:
                while block := file.read(_BLOCK):
                    told.update(block)
            return told.hexdigest()
        return None

    def read(self, name: str) -> bytes | None:
        """Return what is in a file; None where there is none."""
        with self._using(name) as (system, place), suppress(FileNotFoundError):
            return bytes(system.cat_file(place))
        return None

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with self._using(name) as (system, place), suppress(FileNotFoundError):
            system.rm_file(place)

    @property
    def _protocol(self) -> str:
        return urlsplit(self.url).scheme.lower()

    @property
    def _package(self) -> str:
        """The package that reaches it; empty where it comes with fsspec, or is not known."""
        return _PACKAGES.get(self._protocol, "")

    @property
    def _is_object_store(self) -> bool:
        return self._protocol in _OBJECT_STORES

    def _make_room(self, system: Any, folder: str) -> None:
        """Make a folder, where there are any; for an object store it would be a new bucket."""
        if not self._is_object_store:
            system.makedirs(folder, exist_ok=True)

    def _open(self) -> tuple[Any, str]:
        """Return what reaches the place, and the path of the place there."""
        from fsspec.core import url_to_fs

        system, base = url_to_fs(self.url)
        # What others changed meanwhile would be seen as it was.
        system.invalidate_cache()
        return system, base.rstrip("/")

    @contextmanager
    def _using(self, name: str = "") -> Iterator[tuple[Any, str]]:
        """Give what reaches the place, and the path of it, or of a file in it.

        Raises:
            OutputError: In the place of whatever goes wrong in the block.
        """
        parts = parts_of(name) if name else ()
        try:
            system, base = self._open()
            yield system, "/".join([base, *parts])
        except OutputError:
            raise
        except Exception as error:
            raise unusable(error, self.shown, self._package) from error


def is_protocol(name: str) -> bool:
    """Return whether URLs of places begin with ``name``."""
    return name in _PACKAGES


def check_protocol(protocol: str, text: str) -> None:
    """Check that files can be put where a URL leads.

    Args:
        protocol: What stands before its colon, in small letters.
        text: The URL.

    Raises:
        RequestError: If nothing can be written there.
        OutputError: If it takes a package that is not installed.
    """
    shown = RemoteTarget(text).shown
    if protocol in ("http", "https") or "::" in text:
        raise RequestError(
            f"nothing can be written to '{shown}'",
            remedy="Give a folder, or a place such as s3://bucket/folder or sftp://host/folder",
            field="output",
        )
    try:
        from fsspec import get_filesystem_class
    except ImportError as error:
        remedy = "Install it: pip install 'cft-audio[cluster]'"
        message = "files can go to a URL only where fsspec is installed"
        raise OutputError(message, remedy=remedy, where=shown) from error
    try:
        get_filesystem_class(protocol)
    except ImportError as error:
        package = _PACKAGES.get(protocol, "")
        remedy = f"Install it: pip install {package}" if package else f"fsspec says: {error}"
        message = f"the package {package or 'for it'} is not installed"
        raise OutputError(message, remedy=remedy, where=shown) from error
    except ValueError as error:
        remedy = "Give a folder, or a place such as s3://bucket/folder or sftp://host/folder"
        message = f"there is no kind of place called '{protocol}'"
        raise RequestError(message, remedy=remedy, field="output") from error


def _renames(protocol: str) -> bool:
    """Return whether a file can be renamed; where that is not offered, it is copied."""
    from fsspec import AbstractFileSystem, get_filesystem_class

    return get_filesystem_class(protocol).mv is not AbstractFileSystem.mv


def _move(system: Any, beside: str, place: str) -> None:
    """Give a file its name; some places rename none over another."""
    try:
        system.mv(beside, place)
    except Exception:
        if not (system.exists(place) and system.exists(beside)):
            raise
        system.rm_file(place)
        system.mv(beside, place)
