"""The program as a person runs it, on a machine of its own, and an independent look at its MP3s."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from in_process import run_in_process

from cft_audio.cli.program import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PRACTICE = "soothing-rhythm-breathing"

PATIENCE = 600.0
"""Seconds after which a program that hangs is given up, however slow the machine."""

HELLO = """---
title: Hello
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## Hello

Hello, {{ name }}. Stop at any time.
"""
"""A practice of a few seconds."""

SHORT = (
    HELLO
    + """
There is nothing to get right. {% if minutes >= 2 %} You have all the time you need. {% endif %}

[pause]

## Breathing

Let the breath come and go.

[breathe 4]

Thank you for making this time, {{ name }}.

[pause x2]
"""
)
"""A practice of about a minute, with all that a session is made of."""


class Machine:
    """A machine of its own for the program: a home, a cache and a folder to work in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("XDG_", "CFT_", "ORT_", "COLUMNS"))
        }
        self.environment |= {"HOME": str(home), "SOURCE_DATE_EPOCH": "1800000000"}

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, which has to be ``status``, inside the tests' process."""
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 -- it is a device
            return self._run(arguments, status, nothing.fileno())

    def run_at_terminal(
        self, typed: str, *arguments: str, status: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run the program, as ``run`` does, at a terminal where somebody types ``typed``."""
        with terminal() as (person, program):
            os.write(person, typed.encode())
            return self._run(arguments, status, program)

    def _run(
        self, arguments: tuple[str, ...], status: int, stdin: int
    ) -> subprocess.CompletedProcess[str]:
        done = run_in_process(arguments, self.folder, self.environment, stdin)
        if done.returncode == INTERRUPTED != status:
            raise KeyboardInterrupt  # somebody stops the tests, and the program took it as meant
        return checked(done, status)

    def json(self, *arguments: str) -> Any:
        """Run the program and read what it prints."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def start(self, *arguments: str, **extra: Any) -> subprocess.Popen[str]:
        """Start the program in a process of its own, as a person's machine does.

        What it reaches is not counted: a signal that comes while lines are counted can stop the
        counting, and the program with it, for good.
        """
        uncounted = {
            name: value
            for name, value in self.environment.items()
            if name != "COVERAGE_PROCESS_CONFIG"
        }
        return subprocess.Popen(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=self.folder,
            env=uncounted,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **extra,
        )

    def run_apart(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, as ``run`` does, in a process of its own."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=PATIENCE)
        done = subprocess.CompletedProcess(arguments, process.returncode, out, err)
        return checked(done, status)

    def configure(self, content: str) -> Path:
        """Write the configuration file and return where it is.

        Raises:
            ValueError: If other tests would be configured by it too.
        """
        is_own = self.home.parent == self.folder.parent
        if not (is_own or "XDG_CONFIG_HOME" in self.environment):
            raise ValueError("this home is every test's: use a machine with one of its own")
        file = Path(self.json("config")["file"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def left_behind(self) -> list[str]:
        """Return every file in the folder it worked in."""
        return sorted(
            str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()
        )


def checked(
    done: subprocess.CompletedProcess[str], status: int
) -> subprocess.CompletedProcess[str]:
    """Return ``done``; fail unless it ended with ``status`` and showed no traceback."""
    assert done.returncode == status, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """Give both ends of a terminal: the person's and the program's."""
    pty = pytest.importorskip("pty", reason="a terminal cannot be played on this system")
    ends = pty.openpty()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def wait_for_line(process: subprocess.Popen[str], words: str) -> None:
    """Wait until ``process`` has written a line with ``words`` to standard error."""
    assert process.stderr is not None
    guard = threading.Timer(PATIENCE, process.kill)
    guard.start()
    try:
        assert any(words in line for line in process.stderr), "the program ended too early"
    finally:
        guard.cancel()


def wait_until(happened: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until ``happened()`` is true; fail if ``process`` ends before, or it takes for ever."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if process.poll() is not None:
            pytest.fail(f"the program ended too early: {process.communicate()}")
        if time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"it never happened: {process.communicate()}")
        time.sleep(0.01)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ffmpeg(*arguments: str) -> str:
    done = subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", *arguments], capture_output=True, text=True, check=False
    )
    return done.stderr


def decoded_seconds(path: Path) -> float:
    pcm = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-"],
        capture_output=True,
        check=True,
    ).stdout
    return len(pcm) / 2 / 44_100


def loudness_and_peak(path: Path) -> tuple[float, float]:
    report = ffmpeg("-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-")
    summary = report[report.rindex("Summary:") :]
    integrated = float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1])
    peak = float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1])
    return integrated, peak


def decoded(path: Path) -> np.ndarray:
    """Return both channels, shape (samples, 2), as an independent decoder gives them."""
    pcm = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "2", "-"],
        capture_output=True,
        check=True,
    ).stdout
    return np.frombuffer(pcm, "<f4").reshape(-1, 2)
