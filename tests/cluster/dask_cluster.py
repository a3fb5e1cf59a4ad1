"""A scheduler and workers of Dask, each a process of its own, as somebody would start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from watching import comes_true

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class DaskCluster(AbstractContextManager["DaskCluster"]):
    """A cluster on this machine.

    Args:
        folder: Where its processes work, and what they say is kept.
        options: What each of them is started with, such as certificates.
        host: Where the scheduler listens.
        dashboard: Whether the scheduler has one, at a port of its own choice.
    """

    def __init__(
        self,
        folder: Path,
        options: tuple[str, ...] = (),
        host: str = "127.0.0.1",
        *,
        dashboard: bool = False,
    ) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self._options = options
        self._processes: list[subprocess.Popen[bytes]] = []
        shown = ["--dashboard-address", "127.0.0.1:0"] if dashboard else ["--no-dashboard"]
        arguments = ["--host", host, "--port", "0", "--scheduler-file", str(self.file), *shown]
        self.scheduler = self._start("scheduler", arguments)
        self.address = ""
        if not comes_true(self._has_address, within_s=30):
            self.__exit__()
            raise AssertionError(self.said())

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def start_worker(
        self, *, threads: int = 1, environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        """Start a worker without a nanny, which nobody starts again when it dies."""
        arguments = [self.address, "--no-nanny", "--no-dashboard", "--nthreads", str(threads)]
        scratch = ["--local-directory", str(self.folder / "scratch"), "--host", "127.0.0.1"]
        return self._start("worker", [*arguments, *scratch], environment)

    def said(self) -> str:
        """Return all that its processes wrote."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(log.read_text(encoding="utf-8", errors="replace") for log in logs)

    def _has_address(self) -> bool:
        with suppress(OSError, ValueError):  # it is not there yet, or not written to its end
            self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        return bool(self.address)

    def _start(
        self, kind: str, arguments: list[str], environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        log = self.folder / f"{len(self._processes)} {kind}.log"
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        places = [environment.get("PYTHONPATH", ""), *sys.path]
        variables = os.environ | dict(environment) | {"PYTHONPATH": os.pathsep.join(places)}
        with log.open("wb") as output:
            process: Any = subprocess.Popen(
                [*command, *self._options],
                env=variables,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._processes.append(process)
        return process
