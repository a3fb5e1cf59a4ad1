"""The program as a person runs it, on a machine of its own, and an independent look at its MP3s."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRACTICE = "soothing-rhythm-breathing"

HELLO = """---
title: Hello
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## Hello

Hello, {{ name }}. Stop at any time.
"""
"""A practice of a few seconds."""


class Machine:
    """A machine of its own for the program: a home, a cache and a folder to work in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CFT_"))
        }
        self.environment |= {"HOME": str(home), "SOURCE_DATE_EPOCH": "1800000000"}

    def start(self, *arguments: str, **extra: Any) -> subprocess.Popen[str]:
        """Start the program."""
        return subprocess.Popen(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **extra,
        )

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, which has to be ``status``."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == status, err
        assert "Traceback" not in err
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def json(self, *arguments: str) -> Any:
        """Run the program and read what it prints."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def left_behind(self) -> list[str]:
        """Return every file in the folder it worked in."""
        return sorted(
            str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()
        )


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


def answering(
    machine: Machine, answer: str, *arguments: str, status: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the program at a terminal where somebody types ``answer``."""
    with terminal() as (person, program):
        os.write(person, answer.encode())
        done = subprocess.run(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=machine.folder,
            env=machine.environment,
            stdin=program,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


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
    """Return the left channel as an independent decoder gives it."""
    pcm = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "2", "-"],
        capture_output=True,
        check=True,
    ).stdout
    return np.frombuffer(pcm, "<f4").reshape(-1, 2)[:, 0]
