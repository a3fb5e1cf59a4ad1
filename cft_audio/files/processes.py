"""Other programs, started so that none opens a window of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    Stream = IO[bytes] | int | None


def run_program(
    command: Sequence[str],
    *,
    given: bytes = b"",
    into: Stream = subprocess.PIPE,
    patience: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end, and end it if this process is interrupted meanwhile.

    Args:
        command: The program and its arguments; no shell reads them.
        given: What it reads from its standard input.
        into: Where its output goes; by default it is returned.
        patience: Seconds after which it is ended; None to wait for ever.

    Raises:
        OSError: If it does not start.
        subprocess.TimeoutExpired: If it took longer than ``patience``.
    """
    return subprocess.run(  # noqa: S603 -- no shell
        command,
        input=given,
        stdout=into,
        stderr=subprocess.PIPE,
        timeout=patience,
        check=False,
        **_options(apart=True),
    )


def run_at_terminal(command: Sequence[str]) -> int:
    """Run a program that has the terminal to itself, such as an editor, and return its status.

    Ctrl-C is for the program meanwhile; where that ends it, this process goes on. A request to end
    this process ends the program.

    Args:
        command: The program and its arguments; no shell reads them.

    Returns:
        Its status; where a signal ended it, the signal's number below zero.

    Raises:
        OSError: If it does not start.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        process = subprocess.Popen(command)  # noqa: S603 -- no shell
        try:
            return process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
    finally:
        signal.signal(signal.SIGINT, before)


def start_program(
    command: Sequence[str],
    *,
    apart: bool,
    stdin: Stream = subprocess.DEVNULL,
    stdout: Stream = subprocess.DEVNULL,
    stderr: Stream = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a program and return it running.

    Args:
        command: The program and its arguments; no shell reads them.
        apart: Whether Ctrl-C and the closing of the terminal reach it only through this process,
            which then has to end it. A player is not apart: it must fall silent with the terminal.
        stdin: What it reads from.
        stdout: What it writes to.
        stderr: What it complains to.

    Raises:
        OSError: If it does not start.
    """
    return subprocess.Popen(  # noqa: S603 -- no shell
        command, stdin=stdin, stdout=stdout, stderr=stderr, **_options(apart=apart)
    )


def end_program(process: subprocess.Popen[bytes], patience: float) -> None:
    """Tell a program that nobody asks it any more, and see to it that it ends.

    Args:
        process: The program, which ends when its standard input does.
        patience: Seconds in which it may end by itself; it is killed then.
    """
    with process:
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()


def _options(*, apart: bool) -> dict[str, Any]:
    if sys.platform == "win32":
        group = subprocess.CREATE_NEW_PROCESS_GROUP if apart else 0
        return {"creationflags": subprocess.CREATE_NO_WINDOW | group}
    return {"start_new_session": apart}
