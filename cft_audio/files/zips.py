"""ZIP files that say nothing beside what is in them: stored, without dates or owners, and locked.

The same content gives the same bytes; a locked one differs in the salt of each entry, which is
drawn anew, and in all that follows from it. Entries are stored and not deflated: sound does not get
smaller, and macOS opens a locked ZIP only so. They are locked by AES with 256 bits (WinZip's AE-2,
which has no checksum of the content that could be compared). The names of entries are never locked.
"""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from cft_audio.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cft_audio.files.passwords import Password

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP can have (PKWARE, APPNOTE 4.4.6); it tells nobody when it was made."""

_UNIX = 3
"""The system whose permissions an entry has (APPNOTE 4.4.2)."""

_MODE = (stat.S_IFREG | 0o644) << 16
_BLOCK = 1 << 20
_AE_2 = 2
_LOCKED = 1
"""The bit of an entry that says so (APPNOTE 4.4.4)."""


def check_can_lock() -> None:
    """Check that a ZIP can be locked.

    Raises:
        OutputError: If the package is not installed that does it.
    """
    try:
        import pyzipper  # noqa: F401
    except ImportError as error:
        message = "a ZIP can be locked only where pyzipper is installed"
        remedy = "Install it: pip install 'cft-audio[private]'"
        raise OutputError(message, remedy=remedy) from error


def write_zip(
    file: Path, contents: Mapping[str, Path | bytes], password: Password | None = None
) -> None:
    """Write a ZIP.

    Args:
        file: The file, which is written over.
        contents: What is in it by the names of the entries, in their order.
        password: What it is locked with; None for nothing.

    Raises:
        OSError: If something cannot be read or written.
    """
    with _opened(file, "w", password) as whole:
        entry_of = getattr(whole, "zipinfo_cls", zipfile.ZipInfo)
        for name, content in contents.items():
            entry = entry_of(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr, entry.compress_type = _MODE, zipfile.ZIP_STORED
            entry.file_size = _size(content)  # whether it needs the fields for large files
            with _read(content) as read, whole.open(entry, "w") as written:
                shutil.copyfileobj(read, written, _BLOCK)


def zip_holds(
    file: Path, contents: Mapping[str, Path | bytes], password: Password | None = None
) -> bool:
    """Return whether a ZIP holds these very contents, in this order, locked with this password.

    Raises:
        OSError: If something cannot be read.
    """
    damaged: type[Exception] = zipfile.BadZipFile
    if password:
        import pyzipper

        damaged = pyzipper.BadZipFile
    try:
        with _opened(file, "r", password) as whole:
            entries = whole.infolist()
            if [entry.filename for entry in entries] != list(contents):
                return False
            return all(
                bool(entry.flag_bits & _LOCKED) == (password is not None)
                and entry.file_size == _size(content)
                and _is_same(whole, entry, content)
                for entry, content in zip(entries, contents.values(), strict=True)
            )
    except (damaged, ValueError, RuntimeError, EOFError, zlib.error):
        return False  # it is none, or was locked with another


def _opened(file: Path, mode: str, password: Password | None) -> Any:
    """Return an open ZIP."""
    if password is None:
        return zipfile.ZipFile(file, mode)  # type: ignore[call-overload]
    import pyzipper

    whole = pyzipper.AESZipFile(file, mode)
    whole.setpassword(password.text.encode())
    whole.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=_AE_2)
    return whole


@contextmanager
def _read(content: Path | bytes) -> Iterator[IO[bytes]]:
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as opened:
        yield opened


def _size(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _is_same(whole: Any, entry: Any, content: Path | bytes) -> bool:
    with whole.open(entry) as there, _read(content) as wanted:
        while True:
            blocks = there.read(_BLOCK), wanted.read(_BLOCK)
            if blocks[0] != blocks[1]:
                return False
            if not blocks[0]:
                return True
