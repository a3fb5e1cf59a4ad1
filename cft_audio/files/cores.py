"""How many cores this process may use."""

from __future__ import annotations

import math
import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def usable_cores(system: Path = Path("/")) -> int:
    """Return how many cores this process may use, at least 1.

    That is as many as it may be scheduled on, or fewer where a container's share of processor time
    is worth less (Linux, Control Group v2, ``cpu.max``, and v1, ``cpu.cfs_quota_us``). A share
    that is not a whole number of cores is rounded up, so that all of it can be used.

    Args:
        system: The root of the file system.
    """
    return max(1, min([_schedulable_cores(), *map(math.ceil, _shares(system))]))


def _schedulable_cores() -> int:
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shares(system: Path) -> Iterator[float]:
    """Yield the limit of every group that this process is in, in cores."""
    groups = system / "sys" / "fs" / "cgroup"
    for line in _text(system / "proc" / "self" / "cgroup").splitlines():
        _, controllers, name = line.split(":", 2)
        if not controllers:
            for folder in _folders(groups, name):
                yield from _share(_text(folder / "cpu.max"))
        elif "cpu" in controllers.split(","):
            mounted = (_folders(groups / each, name) for each in (controllers, "cpu"))
            for folder in chain.from_iterable(mounted):
                limit = (_text(folder / f"cpu.cfs_{value}_us") for value in ("quota", "period"))
                yield from _share(" ".join(limit))


def _folders(root: Path, name: str) -> list[Path]:
    """Return the folder of a group and of all that it is in, where they are mounted."""
    own = root / name.strip("/")
    return [folder for folder in (own, *own.parents) if folder.is_relative_to(root)]


def _share(text: str) -> list[float]:
    """Return ``quota period`` as one number of cores, none where there is no limit."""
    match text.split():
        case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
            return [int(quota) / int(period)]
    return []


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
