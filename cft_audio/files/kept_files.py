"""Files that several processes keep for one another in a folder, each whole or not there."""

from __future__ import annotations

import mmap
from contextlib import suppress
from typing import TYPE_CHECKING

from cft_audio.files.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILES = 1000
"""Files that a folder holds at most; then no more are kept."""


class KeptFiles:
    """Reads and keeps files by name; a folder that takes none costs nothing but the time.

    Args:
        folder: The folder, which is made with the first file, for its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> memoryview | None:
        """Return what is in a file, not to be written to; None where there is none."""
        # An empty file cannot be mapped.
        with suppress(OSError, ValueError), (self._folder / name).open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return None

    def keep(self, name: str, content: memoryview) -> None:
        """Keep a file, if there is room."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sum(1 for _ in self._folder.iterdir()) < MOST_FILES:
                with write_whole(self._folder / name, durable=False) as unfinished:
                    unfinished.write_bytes(content)
