"""Names that Windows cannot keep as they are written, though other systems can."""

from __future__ import annotations

import re
import sys
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DEVICES = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
    *(f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"),
}
"""Names that Windows keeps for devices, whatever ending follows (Microsoft, "Naming Files, Paths,
and Namespaces"): what is written to NUL.mp3 is lost."""

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
"""What no name may hold there (same source). A colon is the worst: what is written to
``sam: evening.mp3`` goes into a hidden stream of a file ``sam``."""

LONGEST_PATH = 259
"""Characters of a path that Windows takes where long paths are not switched on (MAX_PATH, 260, with
its final zero). It says of a longer one that it does not exist."""


def is_device(name: str) -> bool:
    """Return whether Windows takes ``name`` for a device, whatever its ending."""
    return name.partition(".")[0].strip().upper() in _DEVICES


def windows_fault(path: Path, longest: int) -> str:
    """Return what Windows would not take of ``path``; nothing on another system, or if it does.

    Args:
        path: A file to be written.
        longest: Characters that the path has or will have, for a moment perhaps.
    """
    if sys.platform != "win32":
        return ""
    written = PureWindowsPath(str(path))
    for name in written.parts[bool(written.anchor) :]:
        if is_device(name):
            return f"Windows keeps the name '{name}' for a device"
        if found := _FORBIDDEN.search(name):
            return f"the name '{name}' holds {found[0]!r}, which Windows does not take"
        if name != ".." and name.endswith((".", " ")):
            return f"Windows takes away the dot or blank at the end of the name '{name}'"
    if longest > LONGEST_PATH and not _takes_long_paths():
        return f"that path has {longest} characters, and Windows takes {LONGEST_PATH} here"
    return ""


def _takes_long_paths() -> bool:
    """Return whether long paths are switched on, by the system and for this program."""
    if sys.platform != "win32":
        return True
    import ctypes

    are_on = getattr(ctypes.windll.ntdll, "RtlAreLongPathsEnabled", None)  # from Windows 10 on
    return bool(are_on and are_on())
