"""The program run inside the tests' process as if it had one of its own.

Breakpoints, coverage and a voice model that is loaded already serve it there. It is given a folder,
an environment and streams of its own, and whatever it changes of them is put back after it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from cft_audio.cli.program import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def run_in_process(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str], stdin: int
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end.

    Args:
        arguments: What follows its name on the command line.
        folder: Where it runs.
        environment: Its whole environment.
        stdin: The file descriptor that it reads from.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with (
            contextlib.chdir(folder),
            _environment(environment),
            _signals(),
            _logging(),
            _streams(stdin, out.fileno(), err.fileno()),
        ):
            status = run(list(arguments))
        texts = [_content(file.fileno()) for file in (out, err)]
    return subprocess.CompletedProcess(arguments, status, *texts)


def _content(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    with open(file, encoding="utf-8", closefd=False) as text:
        return text.read()


@contextlib.contextmanager
def _environment(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    # A fault of the program is raised here, and not worded as it is for a person. The runtime of
    # the voices is imported already, when the program could no longer ask it to report nothing.
    os.environ.update(environment, CFT_AUDIO_TRACEBACK="1", ORT_DISABLE_TELEMETRY="1")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _logging() -> Iterator[None]:
    """Take away the handlers of pytest, which keep warnings from standard error."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:], root.level = before


@contextlib.contextmanager
def _streams(*ends: int) -> Iterator[None]:
    """Make ``ends`` the standard streams, of Python and of whatever it starts."""
    streams = sys.stdin, sys.stdout, sys.stderr
    for stream in streams[1:]:
        stream.flush()
    before = [os.dup(number) for number in range(3)]
    for number, end in enumerate(ends):
        os.dup2(end, number)
    own = [open(number, mode, closefd=False) for number, mode in enumerate("rww")]  # noqa: SIM115
    sys.stdin, sys.stdout, sys.stderr = own
    try:
        yield
    finally:
        for stream in own:
            stream.close()
        sys.stdin, sys.stdout, sys.stderr = streams
        for number, end in enumerate(before):
            os.dup2(end, number)
            os.close(end)
