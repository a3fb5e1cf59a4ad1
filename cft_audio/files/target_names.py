"""The names of files in a target: paths with ``/``, which lead nowhere else."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cft_audio.errors import OutputError
from cft_audio.files.whole_file import PREFIX, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of the name of a file in a target.

    Raises:
        OutputError: If it leads out of there.
    """
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or "\\" in name or not {"..", "."}.isdisjoint(parts):
        raise OutputError(f"'{name}' is no name for a file in the folder")
    return parts


def finished(names: Iterable[str]) -> list[str]:
    """Return ``names``, sorted, without those of what is unfinished."""
    last = {name: name.rpartition("/")[2] for name in names}
    return sorted(n for n, end in last.items() if not _is_unfinished(end))


def _is_unfinished(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith(SUFFIX)
