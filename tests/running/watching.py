"""Whether a process still runs, and waiting for something to come true."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def is_alive(number: int) -> bool:
    """Return whether a process runs; one that ended and that nobody asked how does not."""
    status = Path(f"/proc/{number}/stat")
    with suppress(OSError):
        return status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def comes_true(condition: Callable[[], bool], within_s: float) -> bool:
    """Return whether ``condition`` holds within so many seconds, as soon as it does."""
    until = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
